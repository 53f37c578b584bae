"""Threads over HTTP."""

from typing import Annotated

from fastapi import Query, Response

from services.contracts.shared.threads import NodeRef, Ref, Thread
from services.gateway.peers import Behind
from services.kit.access import Acting, Allowed
from services.kit.app import router
from services.kit.days import today
from services.kit.problems import NotFound
from services.kit.threads import composing
from services.kit.threads.walk import among, walk

threads = router("Threads")
READ = Allowed("gateway.threads:read")
_OWN = {"Cache-Control": "private, no-cache"}
"""Not kept by the gateway: it changes with what any of the services journals."""


@threads.get("/thread", response_model=Thread, dependencies=[READ])
async def read_thread(
    response: Response,
    actor: Acting,
    peers: Behind,
    of: Annotated[
        Ref,
        Query(
            description="Type and key of anything in it; a series of figures is "
            "`observation:{indicator}/{area}`.",
            examples=["recommendation:familienzentren-2026"],
        ),
    ],
) -> Thread:
    """Read the thread of something.

    Where it comes from and what became of it (roter Faden): from figures over findings,
    recommendations and resolutions to measures, their money and what came of it, on the same
    figures. What is not for you to see is counted in `hidden`, and nothing behind it is told. A
    thread begins and ends at figures; what is missing is named in `gaps`. Refused (404) is what is
    not there or not for you to see.
    """
    if actor.municipality is None:
        raise NotFound("There is nothing here for you.")
    ground = await walk(NodeRef.read(of), among(peers, actor))
    response.headers.update(_OWN)
    return composing.thread(ground, today())
