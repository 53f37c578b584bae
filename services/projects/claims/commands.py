"""What a person does with claims. The grant is locked first, then the claim, then expenditures."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.claims import (
    Claim,
    ClaimClosing,
    ClaimState,
    ClaimSubmission,
    NewClaim,
    NewPayout,
    Payout,
    PayoutCorrection,
)
from services.contracts.projects.expenditures import Expenditure
from services.contracts.shared.base import Visibility
from services.kit.days import today
from services.kit.patches import Patch
from services.kit.problems import Conflict, Invalid
from services.kit.resources import aside
from services.projects import keys
from services.projects.claims import queries, rules
from services.projects.claims.queries import CLAIMS
from services.projects.claims.rules import Ground
from services.projects.claims.tables import ClaimRow
from services.projects.cost_options.rules import chosen
from services.projects.envelopes.commands import hold
from services.projects.envelopes.rules import check_paid
from services.projects.expenditures.queries import EXPENDITURES
from services.projects.expenditures.queries import locked as locked_expenditures
from services.projects.expenditures.rules import state_of
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.notices import queries as notices
from services.projects.recoveries.commands import check_demands
from services.projects.rules_in_force.rules import by_figure, over_time


async def draft(session: AsyncSession, new: NewClaim) -> ClaimRow:
    """Prepare a claim."""
    stands_on = await _checked(session, new)
    return await CLAIMS.add(
        session,
        new,
        visibility=Visibility.administration,
        state=ClaimState.draft,
        payouts=[],
        paid_out=rules.ZERO,
        **stands_on._asdict(),
    )


async def change(
    session: AsyncSession, key: str, patch: Patch[NewClaim], expected: int
) -> ClaimRow:
    """Change a claim that was not submitted yet."""
    row = await CLAIMS.locked(session, key, expected)
    rules.check_state(ClaimState(row.state), ClaimState.draft)
    new = patch.onto(row, "grant")
    stands_on = await _checked(session, new)
    return await CLAIMS.store(session, row, new, **stands_on._asdict())


async def submit(session: AsyncSession, key: str, new: ClaimSubmission) -> ClaimRow:
    """Send a claim to the funder: its expenditures are claimed from now on."""
    row = await _held(session, key)
    claim = Claim.model_validate(row)
    rules.check_state(claim.state, ClaimState.draft)
    expenditures = await locked_expenditures(session, claim.expenditures)
    try:
        stands_on = await _ground(session, claim, expenditures)
        rules.check_requested(claim, stands_on)
    except Invalid as refused:
        raise Conflict(refused.detail, faults=refused.faults) from None
    envelope = await hold(session, claim.grant)
    waiting = await queries.outstanding(session, claim.grant)
    rules.check_room(envelope, waiting, claim.requested)
    await _mark(session, expenditures, claim.grant, claim.key)
    fields = {**stands_on._asdict(), **new.model_dump()}
    row = await CLAIMS.store(session, row, claim, **{**fields, "state": ClaimState.submitted})
    await CLAIMS.tell(session, row, "submitted", requested=str(row.requested))
    return row


async def pay_out(session: AsyncSession, key: str, new: NewPayout) -> ClaimRow:
    """Enter money that came."""
    row = await _held(session, key)
    claim = Claim.model_validate(row)
    rules.check_state(claim.state, ClaimState.submitted)
    return await _pay(session, row, rules.with_payout(claim, new), "paid-out")


async def correct(session: AsyncSession, key: str, new: PayoutCorrection) -> ClaimRow:
    """Correct a payout that was entered wrong."""
    row = await _held(session, key)
    claim = Claim.model_validate(row)
    rules.check_state(claim.state, *rules.PAYING)
    return await _pay(session, row, rules.with_correction(claim, new), "payout-corrected")


async def close(session: AsyncSession, key: str, new: ClaimClosing) -> ClaimRow:
    """Close a claim of which nothing more will come. What it brought nothing for is free again."""
    row = await _held(session, key)
    claim = Claim.model_validate(row)
    state = rules.closed(claim, new)
    if claim.state is ClaimState.submitted and not claim.paid_out:
        expenditures = await locked_expenditures(session, claim.expenditures)
        await _mark(session, expenditures, claim.grant, None)
    row = await CLAIMS.store(session, row, claim, state=state, closed_on=new.closed_on)
    await CLAIMS.tell(session, row, str(new.outcome))
    return row


async def _held(session: AsyncSession, key: str) -> ClaimRow:
    """The claim, locked behind its grant, so that nobody waits in a circle."""
    await hold(session, (await CLAIMS.one(session, key)).grant)
    row = await CLAIMS.one(session, key, lock=True)
    await session.refresh(row)
    session.info["revision"] = row.revision
    return row


async def _pay(
    session: AsyncSession, row: ClaimRow, payouts: Sequence[Payout], what: str
) -> ClaimRow:
    claim = Claim.model_validate(row)
    row = await CLAIMS.store(
        session,
        row,
        claim,
        payouts=payouts,
        paid_out=rules.paid(payouts),
        state=rules.state_after(claim, payouts),
    )
    envelope = await hold(session, row.grant)
    if row.paid_out > claim.paid_out:
        check_paid(envelope)
    await check_demands(session, row.grant)
    await CLAIMS.tell(session, row, what, paid_out=str(row.paid_out))
    return row


async def _checked(session: AsyncSession, new: NewClaim) -> Ground:
    """What a claim in preparation stands on; refuses (422) to ask for more."""
    await keys.check(session, GrantRow, [new.grant], "/grant")
    found = await queries.expenditures(session, new.expenditures)
    stands_on = await _ground(session, new, found)
    rules.check_requested(new, stands_on)
    return stands_on


async def _ground(
    session: AsyncSession, new: NewClaim, expenditures: Sequence[ExpenditureRow]
) -> Ground:
    with aside(session):
        grant = await GRANTS.one(session, new.grant)
    found = {row.key: Expenditure.model_validate(row) for row in expenditures}
    notice = await notices.effective(session, grant.key, today()) if grant.notice else None
    said = notices.said(notice).overrides if notice else ()
    flat = chosen(by_figure(over_time((), said, notice.key if notice else None)))
    return rules.ground(new, found, grant.financing, grant.rate, flat)


async def _mark(
    session: AsyncSession, rows: Sequence[ExpenditureRow], grant: str, claim: str | None
) -> None:
    """The part of the grant stands in the claim, or in none any more."""
    pairs = []
    for row in rows:
        now = Expenditure.model_validate(row)
        parts = [
            part.model_copy(update={"claim": claim}) if part.grant == grant else part
            for part in now.parts
        ]
        pairs.append((row, now.model_copy(update={"parts": parts, "state": state_of(parts)})))
    with aside(session):
        await EXPENDITURES.store_all(session, pairs)
