"""What was spent, over HTTP."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from services.contracts.projects.spending import Spending
from services.contracts.shared.base import Key
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.projects.spending import queries

spending = router("Money")


@spending.get(
    "/spending", response_model=list[Spending], dependencies=[requires("projects.money:inspect")]
)
async def list_spending(
    session: Reading,
    grant: Annotated[Key | None, Query(description="Of this grant.")] = None,
    project: Annotated[Key | None, Query(description="Of the grants of this project.")] = None,
    programme: Annotated[Key | None, Query(description="Of grants of this programme.")] = None,
) -> Sequence[Spending]:
    """List what was spent.

    By grant, year and category (Mittelabfluss): bookings of the finance system and expenditures
    together, each euro once, and what of the receipts was claimed and checked. Sums of all grants
    in one answer; for the administration alone.
    """
    asked = await queries.grants(session, grant=grant, project=project, programme=programme)
    return await queries.of_grants(session, asked)
