"""Persons over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.persons import commands, queries
from services.boards.persons.tables import PersonRow
from services.contracts.boards.persons import NewPerson, Person
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

persons = router("Persons")
READ, WRITE = requires("boards.persons:read"), requires("boards.persons:write")
HISTORY = requires("boards.persons:history")


@persons.get("/persons", response_model=Page[Person], dependencies=[READ])
async def list_persons(
    session: Reading,
    paging: PageOf,
    organisation: Annotated[Key | None, Query(description="Of this organisation only.")] = None,
) -> Mapping[str, Any]:
    """List persons.

    Those whom you may see (Personen), in the order of their keys. Of each you get what they agreed
    to show you; the rest is null or empty.
    """
    return await queries.page(session, paging, organisation)


@persons.post("/persons", status_code=201, response_model=Person, dependencies=[WRITE])
async def create_person(session: Writing, new: NewPerson) -> PersonRow:
    """Create a person.

    Only the administration sees a person unless `visibility` says otherwise. Even then everybody
    sees a name only with the person's consent or by law (`consents`, `public_by_law`), and ways to
    reach them only with a consent for each. Without a `key` the person gets one that says nothing
    about them; one that holds a part of the name is refused.
    """
    return await commands.enter(session, new)


@persons.get("/persons/{key}", response_model=Person, dependencies=[READ])
async def read_person(session: Reading, key: str) -> Mapping[str, Any]:
    """Read a person.

    By key or UUID; what they agreed to show you. A person sees everything about themselves.
    """
    return await queries.one(session, key)


@persons.patch("/persons/{key}", response_model=Person, dependencies=[WRITE])
async def change_person(
    session: Writing, key: str, patch: Patch[NewPerson], expected: Expected
) -> PersonRow:
    """Change a person.

    Send only what changes, with the ETag that you have read as If-Match. Who hides a person hides
    the person's memberships with them. A consent is withdrawn by its `withdrawn_on`. Refused (409)
    once the data were erased.
    """
    return await commands.change(session, key, patch, expected)


@persons.get("/persons/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_person_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a person.

    Every state of the entry, newest first, with the identifier of who made the change; contact
    data only for those who keep the register. What was erased is gone from here, too.
    """
    return await queries.history(session, key)
