"""What a service tells others of its journal, for the gateway."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from services.contracts.shared.events import Scan
from services.kit.database import Reading, UnitOfWork
from services.kit.telling.queries import MOST, scan
from services.kit.telling.rules import Told


def events_router(told: Sequence[Told]) -> APIRouter:
    """What the actor may know, for the gateway. Never reachable through it."""
    router = APIRouter(prefix="/internal/events", include_in_schema=False, route_class=UnitOfWork)

    @router.get("/{municipality}")
    async def events(
        session: Reading,
        after: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=0, le=MOST)] = MOST,
        types: str = "*",
        until: Annotated[int | None, Query(ge=0)] = None,
    ) -> Scan:
        return await scan(session, told, after, limit, types.split(","), until)

    return router
