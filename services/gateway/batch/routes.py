"""Several reads in one call, over HTTP."""

from fastapi import Request, Response

from services.contracts.gateway.batch import Batch, NewBatch
from services.gateway.batch import queries, rules
from services.kit.access import Acting, requires
from services.kit.app import router
from services.kit.problems import NotFound

batch = router("Batch")
READ = requires("gateway.batch:read")


@batch.post("/batch", response_model=Batch, dependencies=[READ])
async def read_batch(request: Request, actor: Acting, asked: NewBatch) -> Response:
    """Read several addresses.

    What a page needs in one call (gebündeltes Lesen). Each read is answered as it would have been
    alone: as you, with its own status, state and refusal; one that fails leaves the others as they
    are. Each counts against how often you may ask. Only reads of this municipality, of up to 2 MB
    of JSON each; nothing is changed and nothing kept, so it can be repeated.
    """
    if actor.municipality is None:
        raise NotFound("There is nothing here for you.")
    rules.check(asked.requests, actor.municipality.key)
    door, head = request.app.state.door, request.scope["planraum.head"]
    whole = await queries.answers(door, asked.requests, request.scope, head)
    headers = {"Cache-Control": "private, no-store"}
    return Response(whole, media_type="application/json", headers=headers)
