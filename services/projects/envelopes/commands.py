"""Binding money of a grant: lock it, look, and let the rules decide.

await hold(session, key)          # before anything is stored
...                               # store
await keep_within(session, key)   # refuses what does not fit; the transaction rolls back
"""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.projects.envelopes import queries, rules
from services.projects.envelopes.rules import Envelope


async def hold(session: AsyncSession, grant: str) -> Envelope:
    """Lock the grant until the end of the transaction; what is bound of it. 404 when missing.

    Lock the grant before any row that binds money of it, so that nobody waits in a circle.
    """
    await session.flush()  # reading the locked row again would lose what is not yet stored
    return await queries.of(session, await queries.locked(session, grant))


async def keep_within(session: AsyncSession, grant: str, pointer: str = "/amount") -> Envelope:
    """Refuse (409) when what is stored by now binds more than the grant; the grant is locked."""
    envelope = await hold(session, grant)
    rules.check(envelope, pointer)
    return envelope
