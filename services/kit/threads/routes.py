"""The threads of one service for the others. Never reachable through the gateway."""

import json

from fastapi import APIRouter, Request, Response

from services.contracts.shared.thread_walks import (
    Followed,
    FollowedQuestion,
    GapQuestion,
    Lacking,
    ThreadQuestion,
)
from services.kit.access import Acting
from services.kit.database import Database, Reading, UnitOfWork
from services.kit.threads import queries
from services.kit.threads.queries import InCharges, Tellings


def threads_router(tellings: Tellings, in_charges: InCharges | None = None) -> APIRouter:
    """Where the other services ask for links, as the person who asks them; and for who is in
    charge, where that is known."""
    router = APIRouter(prefix="/internal", include_in_schema=False, route_class=UnitOfWork)

    @router.post("/threads/{municipality}")
    async def walk_threads(request: Request, actor: Acting, question: ThreadQuestion) -> Response:
        database: Database = request.app.state.database
        part = await queries.part(database, actor, question, tellings, in_charges)
        # As it is: whoever asked checks the hundreds of nodes.
        charge = part.charge and part.charge.model_dump(mode="json")
        told = {**part._asdict(), "charge": charge}
        return Response(json.dumps(told), media_type="application/json")

    @router.post("/gaps/{municipality}")
    async def find_gaps(session: Reading, question: GapQuestion) -> Lacking:
        return await queries.lacking(session, question, tellings())

    @router.post("/followed/{municipality}")
    async def find_followed(session: Reading, question: FollowedQuestion) -> Followed:
        return await queries.followed(session, question, in_charges)

    return router
