"""Batches over HTTP."""

from datetime import UTC, datetime

from services.boards.harvests.batches import commands, queries
from services.boards.harvests.sources.queries import SOURCES
from services.contracts.boards.harvests import OparlBatch, OparlMissing, OparlReport
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing

batches = router("OParl sources")
WRITE = requires("boards.oparl-sources:write")


@batches.post("/oparl-sources/{key}/batches", response_model=OparlReport, dependencies=[WRITE])
async def take_oparl_batch(session: Writing, key: str, batch: OparlBatch) -> OparlReport:
    """Take a batch of OParl objects.

    Objects as a server answered them, whatever is wrong with them. Organizations become bodies or
    organisations (Gremien, Organisationen), meetings come with their agendas, papers with the
    bodies they go through, all of them with links to their files; what a server withdrew is kept
    from the public. Persons are not taken. An object that names others which were not read waits
    for them. The same object again changes nothing. The answer says what was done and which
    mistakes were put right; with `started_at` the place of the reading is kept, so that it can go
    on after a break.
    """
    return await commands.take(session, key, batch, datetime.now(UTC))


@batches.get("/oparl-sources/{key}/missing", response_model=OparlMissing, dependencies=[WRITE])
async def list_missing_oparl_objects(session: Reading, key: str) -> OparlMissing:
    """List what is missing.

    Addresses that objects of the source name and that were not read: to be fetched one by one.
    """
    source = await SOURCES.one(session, key)
    return await queries.missing(session, source.key)
