"""The proof of use of a grant over HTTP."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.proofs_of_use import ProofOfUse
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.kit.languages import InGermanOrEnglish
from services.projects.printed_proofs import sending
from services.projects.proof_drafts import queries

proof_drafts = router("Proofs of use")
INSPECT = requires("projects.money:inspect")


@proof_drafts.get(
    "/grants/{key}/proof-of-use",
    response_model=ProofOfUse,
    responses=sending.RESPONSES,
    dependencies=[INSPECT],
)
async def read_proof_of_use(
    session: Reading,
    key: str,
    lang: InGermanOrEnglish,
    form: sending.InForm,
    on: Annotated[date | None, Query(description="As of this day; today when missing.")] = None,
) -> Any:
    """Read the proof of use of a grant as of a day.

    The numerical proof in the order of the financing plan with deviations and what is payable, the
    list of receipts, onward grants with their own proofs, what the written report has to speak of,
    and what is missing (Verwendungsnachweis: zahlenmäßiger Nachweis, Belegliste, Sachbericht), as
    JSON, workbook or accessible PDF (PDF/UA). For the administration: it names who was paid.
    """
    proof = await queries.of_grant(session, key, on or today())
    return await sending.sent(proof, proof, proof.grant, form=form, lang=lang)
