"""How a service tells what planning has produced, for the view of the planning cycle."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.outcomes import Outcome, OutcomeList
from services.kit.access import decide
from services.kit.database import Reading, UnitOfWork, actor_of, municipality_of

Produced = Callable[[AsyncSession, date, int], Awaitable[Iterable[Outcome]]]


@dataclass(frozen=True)
class Producing:
    """A source of outcomes: the newest up to a day, as many as asked for, that the actor may see;
    for those who have the permission to read such things."""

    permission: str
    newest: Produced


async def told(
    session: AsyncSession, sources: Sequence[Producing], until: date, most: int
) -> OutcomeList:
    """The newest of each source, newest first."""
    found: list[Outcome] = []
    for source in sources:
        if decide(actor_of(session), source.permission, municipality_of(session)) is None:
            found += await source.newest(session, until, most)
    found.sort(key=lambda one: (one.on or date.min, one.kind, one.key), reverse=True)
    return OutcomeList(items=found)


def outcomes_router(sources: Sequence[Producing]) -> APIRouter:
    """What was produced, for the gateway. Never reachable through it."""
    router = APIRouter(prefix="/internal/outcomes", include_in_schema=False, route_class=UnitOfWork)

    @router.get("/{municipality}")
    async def outcomes(
        session: Reading, until: date, most: Annotated[int, Query(ge=1, le=1000)] = 100
    ) -> OutcomeList:
        return await told(session, sources, until, most)

    return router
