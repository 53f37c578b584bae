"""What the office does with contributions."""

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.answers.queries import link, went_into
from services.boards.contributions import rules
from services.boards.contributions.commands import remove as withdrawn
from services.boards.contributions.queries import CONTRIBUTIONS, alone
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.contracts.boards.contributions import (
    Contribution,
    ContributionState,
    Moderation,
    NewAnswer,
)
from services.kit.days import today
from services.kit.problems import Invalid
from services.kit.resources import seen_keys


async def moderate(session: AsyncSession, key: str, new: Moderation) -> Contribution:
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
    return await alone(session, row)


async def answer(session: AsyncSession, key: str, new: NewAnswer) -> Contribution:
    """Say what is made of a contribution, why, and what it went into; it can be said anew."""
    row = await CONTRIBUTIONS.one(session, key, lock=True)
    rules.check_kept(row.erased_at is not None)
    seen = (await seen_keys(session, (RECOMMENDATIONS, new.recommendations))).get(
        RECOMMENDATIONS.collection, set()
    )
    for place, named in enumerate(new.recommendations):
        if named not in seen:
            detail = f"There is no recommendation {named!r}."
            raise Invalid(detail, pointer=f"/recommendations/{place}", code="unknown")
    before = (await went_into(session, [row.key], everything=True)).get(row.key, [])
    row.decision, row.reason = new.decision, {str(k): v for k, v in new.reason.items()}
    linked = before != sorted(new.recommendations)
    if linked or session.is_modified(row):
        row.answered_on = today()
        flag_modified(row, "decision")
        await session.flush()
        await link(session, row.key, new.recommendations)
        await CONTRIBUTIONS.tell(session, row, "answered", decision=new.decision)
    session.info["revision"] = row.revision
    return await alone(session, row)


async def remove(session: AsyncSession, key: str) -> Contribution:
    """Take a contribution out for somebody who has lost the token."""
    row = await CONTRIBUTIONS.one(session, key, lock=True)
    rules.check_kept(row.erased_at is not None)
    await withdrawn(session, row)
    session.info["revision"] = row.revision
    return await alone(session, row)
