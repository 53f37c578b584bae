"""Results of checks over HTTP."""

from services.contracts.projects.expenditures import (
    Expenditure,
    NewVerification,
    ParkedRelease,
)
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Writing
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.verifications import commands

verifications = router("Money")
WRITE = requires("projects.expenditures:write")


@verifications.post(
    "/expenditures/{key}/verifications", response_model=Expenditure, dependencies=[WRITE]
)
async def verify_expenditure(session: Writing, key: str, new: NewVerification) -> ExpenditureRow:
    """Enter the result of a check.

    What the funder accepted, reduced and parked of the part of one grant (Prüfergebnis); the three
    make the part to the cent. A second result corrects the first; the journal keeps both. Refused:
    a cut without a reason.
    """
    return await commands.verify(session, key, new)


@verifications.post(
    "/expenditures/{key}/releases", response_model=Expenditure, dependencies=[WRITE]
)
async def release_parked_money(session: Writing, key: str, new: ParkedRelease) -> ExpenditureRow:
    """Decide about parked money.

    Some or all of what was parked is accepted or reduced now (Freigabe des Zurückgestellten).
    Refused: more than is parked, a cut without a reason, and (409) where nothing is parked.
    """
    return await commands.release(session, key, new)
