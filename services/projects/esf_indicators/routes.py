"""Common indicators of the ESF Plus over HTTP."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from services.contracts.projects.esf import EsfIndicator
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.projects.esf_indicators import rules

esf_indicators = router("Targets")
READ = requires("projects.targets:read")


@esf_indicators.get("/esf-indicators", response_model=list[EsfIndicator], dependencies=[READ])
async def list_esf_indicators(
    _: Reading,
    verified: Annotated[
        bool | None, Query(description="Whose code was seen with its text, or the others.")
    ] = None,
    proposed_for_planning: Annotated[
        bool | None, Query(description="That fit projects without participants, or the others.")
    ] = None,
) -> Sequence[EsfIndicator]:
    """List the common indicators of the ESF Plus.

    Code, text, when it is measured, whether it is made of personal data or of a special category
    (Annex I of Regulation (EU) 2021/1057). A code that is not `verified` is to be compared with the
    notice (Zuwendungsbescheid).
    """
    return [
        one
        for one in rules.LIST
        if verified in (None, one.verified)
        and proposed_for_planning in (None, one.proposed_for_planning)
    ]
