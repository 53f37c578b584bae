"""Proofs of use over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.proofs_of_use import FrozenProof, NewProofOfUse, ProofEdition
from services.contracts.shared.base import Key, Page
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.languages import InGermanOrEnglish
from services.kit.paging import PageOf
from services.projects.printed_proofs import sending
from services.projects.printed_proofs.rules import Frozen
from services.projects.proofs_of_use import commands, queries
from services.projects.proofs_of_use.tables import ProofOfUseRow

proofs_of_use = router("Proofs of use")
INSPECT, WRITE = requires("projects.money:inspect"), requires("projects.proofs_of_use:write")


@proofs_of_use.get("/proofs-of-use", response_model=Page[ProofEdition], dependencies=[INSPECT])
async def list_proofs_of_use(
    session: Reading,
    paging: PageOf,
    grant: Annotated[Key | None, Query(description="Of this grant only.")] = None,
) -> Mapping[str, Any]:
    """List proofs of use.

    As they were made for funders, by key, without what they say.
    """
    return await queries.page(session, paging, grant=grant)


@proofs_of_use.post(
    "/grants/{key}/proofs-of-use",
    status_code=201,
    response_model=ProofEdition,
    dependencies=[WRITE],
)
async def create_proof_of_use(session: Writing, key: str, new: NewProofOfUse) -> ProofOfUseRow:
    """Make the proof of use of a grant.

    What it says on the day is frozen with its SHA-256, with the reasons that you give, so that it
    can be printed again identically whatever changes later (Ausfertigung). The obligation to send
    it is named and stays open: say there when it was sent. Refused (422) are a day that has not
    come, and reasons for a category or a target that the proof does not have.
    """
    return await commands.make(session, key, new)


@proofs_of_use.get(
    "/proofs-of-use/{key}",
    response_model=FrozenProof,
    responses=sending.RESPONSES,
    dependencies=[INSPECT],
)
async def read_made_proof_of_use(
    session: Reading,
    key: str,
    lang: InGermanOrEnglish,
    form: sending.InForm,
) -> Any:
    """Read a proof of use as it was made.

    By its key or its UUID, as JSON, workbook or accessible PDF (PDF/UA): the same bytes whenever
    it is asked for. Workbook and PDF are for the funder: what was missing is in the JSON alone.
    """
    told = await queries.one(session, key)
    frozen = Frozen(told.number, told.sha256)
    return await sending.sent(told, told.content, told.key, form=form, lang=lang, frozen=frozen)
