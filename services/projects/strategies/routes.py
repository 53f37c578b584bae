"""Strategies and plans over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.strategies import (
    NewStrategy,
    Strategy,
    StrategyKind,
    StrategyState,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.references.commands import Peers
from services.projects.strategies import commands, queries
from services.projects.strategies.queries import STRATEGIES
from services.projects.strategies.tables import StrategyRow

strategies = router("Strategies")
READ, WRITE = requires("projects.planning:read"), requires("projects.planning:write")
HISTORY = requires("projects.planning:history")


@strategies.get("/strategies", response_model=Page[Strategy], dependencies=[READ])
async def list_strategies(
    session: Reading,
    paging: PageOf,
    kind: Annotated[StrategyKind | None, Query(description="Of this kind.")] = None,
    state: Annotated[StrategyState | None, Query(description="In this state.")] = None,
    prepared_by: Annotated[Key | None, Query(description="Prepared by this organisation.")] = None,
    deciding_body: Annotated[Key | None, Query(description="Decided by this body.")] = None,
    planning_field: Annotated[Key | None, Query(description="Of this planning field.")] = None,
    area: Annotated[Key | None, Query(description="For this area.")] = None,
    target_group: Annotated[Key | None, Query(description="For this target group.")] = None,
    review_until: Annotated[
        date | None, Query(description="To be looked at again by this day.")
    ] = None,
) -> Mapping[str, Any]:
    """List strategies and plans.

    Strategies, specialist plans and action plans (Strategien, integrierte Fachpläne), in the
    order of their keys.
    """
    return await queries.page(
        session,
        paging,
        kind=kind,
        state=state,
        prepared_by=prepared_by,
        deciding_body=deciding_body,
        planning_field=planning_field,
        area=area,
        target_group=target_group,
        review_until=review_until,
    )


@strategies.post("/strategies", status_code=201, response_model=Strategy, dependencies=[WRITE])
async def create_strategy(session: Writing, peers: Peers, new: NewStrategy) -> StrategyRow:
    """Create a strategy.

    The key is for good. A strategy can be entered in any state; an adopted one needs the day of
    its decision, one that is not yet adopted has none. A specialist plan (Fachplan) says for whom
    and where it plans, by which law, when it is to be looked at again, and which criteria of
    quality it meets. What it names must be there (422), and the resolution must hold unless the
    strategy is superseded: one that is void, repealed or replaced is refused (`void`, ...), and
    so is one that turned the matter down (`refusal`).
    """
    return await commands.enter(session, peers, new)


@strategies.get("/strategies/{key}", response_model=Strategy, dependencies=[READ])
async def read_strategy(session: Reading, key: str) -> StrategyRow:
    """Read a strategy.

    By its key or its UUID.
    """
    return await STRATEGIES.one(session, key)


@strategies.patch("/strategies/{key}", response_model=Strategy, dependencies=[WRITE])
async def change_strategy(
    session: Writing, peers: Peers, key: str, patch: Patch[NewStrategy], expected: Expected
) -> StrategyRow:
    """Change a strategy.

    Send only what changes, with the ETag that you have read as If-Match.
    A draft is consulted and adopted; what was consulted can go back to drafting; what was adopted
    can only be superseded. Any other step is refused (409). Another resolution has to hold as a new
    one has, and so has the one by which it is adopted (422).
    """
    return await commands.change(session, peers, key, patch, expected)


@strategies.get("/strategies/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_strategy_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a strategy.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await STRATEGIES.history(session, key)
