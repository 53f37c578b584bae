"""The rights of people to their data, over HTTP."""

from collections.abc import Mapping
from typing import Any

from services.boards.erasures import commands, queries
from services.contracts.boards.erasures import Deletion, Erasure, NewErasure, PersonData
from services.contracts.shared.base import Page
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.days import today
from services.kit.paging import PageOf

erasures = router("Persons")
DATA, ERASE = requires("boards.persons:data"), requires("boards.persons:erase")


@erasures.get("/persons/deletions", response_model=Page[Deletion], dependencies=[DATA])
async def list_person_deletions(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List persons to be erased.

    Whose deletion date has come (`due`: erased in the next night; `postponed`: a membership lasts,
    end it or move the date), and who has none though no membership of theirs lasts (`unplanned`:
    set one).
    """
    return await queries.deletions(session, paging, today())


@erasures.get("/persons/{key}/data", response_model=PersonData, dependencies=[DATA])
async def read_person_data(session: Reading, key: str) -> PersonData:
    """Read everything that is kept of a person.

    To answer the person (Auskunft, Art. 15 GDPR): the entry with purpose and deletion date, who
    may see which of its fields, every state it had, all rows that name the person or one of their
    memberships, and what the journal notes. For those who keep the register.
    """
    return await queries.everything(session, key)


@erasures.post("/persons/{key}/erasure", response_model=Erasure, dependencies=[ERASE])
async def erase_person(session: Writing, key: str, new: NewErasure) -> Erasure:
    """Erase what is kept of a person.

    At once and for good (Löschung, Art. 17 GDPR): name and contact leave the entry and every state
    it had, reasons of absence and of conflicts of interest too, but for approved minutes, which
    name nobody then. That there was somebody, and which seats they held, stays without a name.
    Refused (409) while a membership lasts or begins later, and a second time.
    """
    return await commands.erase(session, key, new.ground)
