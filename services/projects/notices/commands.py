"""What a person does with notices."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import GrantState
from services.contracts.projects.notices import NewNotice, NoticeKind
from services.contracts.projects.terms import Terms
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound
from services.kit.resources import aside
from services.projects.envelopes.commands import keep_within
from services.projects.envelopes.queries import locked
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.notices import queries, rules
from services.projects.notices.queries import NOTICES
from services.projects.notices.tables import NoticeRow
from services.projects.references.commands import Owners, check_references


async def enter(session: AsyncSession, peers: Owners, new: NewNotice) -> NoticeRow:
    """Enter a notice: from now on the grant is what it says."""
    grant = await _grant(session, new)
    before = await queries.last(session, grant.key)
    now = GrantState(grant.state)
    rules.check_kind(now, new.kind, first=before is None)
    await _check(session, peers, new, before)
    number = before.number + 1 if before else 1
    row = await NOTICES.add(session, new, number=number, state=rules.state_after(new.kind, now))
    await _follow(session, grant, row, new)
    return row


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewNotice], expected: int
) -> NoticeRow:
    """Correct a notice; once another has followed, only what is said about it."""
    grant = await locked(session, (await NOTICES.one(session, key)).grant)
    row = await NOTICES.locked(session, key, expected)
    new = patch.onto(row, "grant", "kind")
    if row.number != grant.notice:
        rules.check_lasting(queries.said(row), new)
        return await NOTICES.store(session, row, new)
    await _check(session, peers, new, await queries.numbered(session, grant.key, row.number - 1))
    row = await NOTICES.store(session, row, new)
    await _follow(session, grant, row, new)
    return row


async def _grant(session: AsyncSession, new: NewNotice) -> GrantRow:
    try:
        return await locked(session, new.grant)
    except NotFound:
        raise Invalid("There is no such grant.", pointer="/grant", code="unknown") from None


async def _check(
    session: AsyncSession, peers: Owners, new: NewNotice, before: NoticeRow | None
) -> None:
    rules.check_notice(new, queries.said(before) if before else None)
    await check_references(session, peers, rules.references(new))


async def _follow(session: AsyncSession, grant: GrantRow, row: NoticeRow, new: NewNotice) -> None:
    """The grant is what its newest notice says, and what is passed on of it still fits. What was
    paid out beyond it has to go back; its obligation follows."""
    terms = Terms.model_validate(new.model_dump(include=set(Terms.model_fields)))
    now: dict[str, object] = {"notice": row.number, "state": row.state}
    if row.number == 1:
        now["granted_on"] = row.issued_on
    if new.kind is NoticeKind.final:
        now["ended_on"] = row.issued_on
    with aside(session):
        await GRANTS.store(session, grant, terms, **now)
        await keep_within(session, grant.key)
