"""What the office does with contributions."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contributions import rules
from services.boards.contributions.commands import remove as withdrawn
from services.boards.contributions.queries import CONTRIBUTIONS, shown
from services.boards.days import today
from services.contracts.boards.contributions import ContributionState, Moderation, NewAnswer


async def moderate(session: AsyncSession, key: str, new: Moderation) -> Mapping[str, Any]:
    """Publish a contribution, or hide it with a reason."""
    row = await CONTRIBUTIONS.one(session, key, lock=True)
    rules.check_kept(row.erased_at is not None)
    row.state = new.state
    row.visibility = rules.visibility(ContributionState(new.state))
    row.hiding_reason, row.published_text = new.reason, new.published_text
    if session.is_modified(row):
        await session.flush()
        await CONTRIBUTIONS.tell(session, row, str(new.state))
    session.info["revision"] = row.revision
    return shown(session, row)


async def answer(session: AsyncSession, key: str, new: NewAnswer) -> Mapping[str, Any]:
    """Say what is made of a contribution, and why; an answer can be given anew."""
    row = await CONTRIBUTIONS.one(session, key, lock=True)
    rules.check_kept(row.erased_at is not None)
    row.decision, row.reason = new.decision, {str(k): v for k, v in new.reason.items()}
    if session.is_modified(row):
        row.answered_on = today()
        await session.flush()
        await CONTRIBUTIONS.tell(session, row, "answered", decision=new.decision)
    session.info["revision"] = row.revision
    return shown(session, row)


async def remove(session: AsyncSession, key: str) -> Mapping[str, Any]:
    """Take a contribution out for somebody who has lost the token."""
    row = await CONTRIBUTIONS.one(session, key, lock=True)
    rules.check_kept(row.erased_at is not None)
    await withdrawn(session, row)
    session.info["revision"] = row.revision
    return shown(session, row)
