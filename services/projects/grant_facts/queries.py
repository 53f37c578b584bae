"""Gathering what is known of a grant on a day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, func, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.claims import ClaimState
from services.contracts.projects.commitments import CommitmentState
from services.contracts.projects.grants import Financing, GrantState
from services.contracts.projects.notices import GrantAsOf
from services.contracts.projects.obligations import ObligationKind
from services.contracts.projects.staffings import WorkedHours
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.native import statement
from services.projects.claims.tables import ClaimRow
from services.projects.commitments.rules import told
from services.projects.commitments.tables import CommitmentRow
from services.projects.deadlines.rules import land_of
from services.projects.drawdowns.rules import Flow
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.funding_rules import queries as funding_rules
from services.projects.funding_rules import rules as ruling
from services.projects.grant_facts import rules
from services.projects.grant_facts.rules import Facts
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.incomes.tables import IncomeRow
from services.projects.notices import queries as notices
from services.projects.notices.tables import NoticeRow
from services.projects.obligations.tables import ObligationRow
from services.projects.positions.tables import PositionRow
from services.projects.recoveries.tables import RecoveryRow
from services.projects.repayments.rules import Demand, Grants, over_time
from services.projects.staffings.tables import StaffingRow


async def of(session: AsyncSession, key: str, today: date) -> Facts:
    """What is known of a grant on a day; 404 when it is not there or not to be seen.

    Everything stored counts, whoever asks: only the administration may ask.
    """
    grant = await GRANTS.one(session, key)
    state = await notices.as_of(session, grant.key, today, None)
    return await _gathered(session, grant, state, today)


async def by_newest_notice(session: AsyncSession, key: str, today: date) -> Facts | None:
    """What is known of a grant by its newest notice, also before that takes effect, so that nobody
    is told too late what it will demand. Whoever asks; None when there is no such grant."""
    statement = select(GrantRow).where(
        col(GrantRow.municipality_id) == municipality_of(session).id, col(GrantRow.key) == key
    )
    grant = (await session.exec(statement)).one_or_none()
    if grant is None:
        return None
    newest = await notices.last(session, key)
    state = notices.told(grant, newest, today)
    state = state.model_copy(update={"state": GrantState(grant.state)})
    return await _gathered(session, grant, state, today)


async def _gathered(session: AsyncSession, grant: GrantRow, state: GrantAsOf, today: date) -> Facts:
    every = await funding_rules.of_programme(session, grant.programme)
    held = ruling.over_time(every, state.overrides, state.notice_key)
    bound_on = state.effective_from or grant.granted_on or grant.starts_on or today
    claims = (await session.exec(_of(session, ClaimRow, col(ClaimRow.grant) == grant.key))).all()
    demands = await _demands(session, grant.key, today)
    return Facts(
        grant=grant.key,
        notice=state.notice_key,
        today=today,
        land=land_of(municipality_of(session).id),
        starts_on=state.starts_on,
        ends_on=state.ends_on,
        ended_on=grant.ended_on if grant.ended_on and grant.ended_on <= today else None,
        approved_on=grant.granted_on,
        state=state.state,
        eligible_cost=state.eligible_cost,
        granted=state.amount,
        rate=state.rate,
        financing=state.financing or Financing(grant.financing),
        sources=[rules.Source(one.kind, one.year, one.amount) for one in state.sources],
        budget=[rules.Budget(o.category, o.year, o.amount) for o in state.budget_lines],
        conditions=state.conditions,
        spendings=await _spendings(session, grant.key, today),
        bookings=await _bookings(session, grant.key, today),
        orders=await _orders(session, grant.key, today),
        payouts=[flow for claim in claims for flow in _payouts(claim) if flow.day <= today],
        repayments=[flow for demand in demands for flow in demand.repayments],
        demands=demands,
        incomes=await _incomes(session, grant.key, today),
        bound_on=bound_on,
        grants=await _grants(session, grant, state, bound_on),
        requests=[
            rules.Request(claim.key, claim.submitted_on)
            for claim in claims
            if claim.state == ClaimState.submitted
            and claim.submitted_on is not None
            and claim.submitted_on <= today
        ],
        staff=await _staff(session, grant.key),
        rules=rules.binding(held, bound_on, today),
        all_rules=held,
        limits=rules.binding(ruling.over_time(every, (), None), bound_on, today),
        proved_on=await _proved_on(session, grant.key, today),
    )


async def _grants(
    session: AsyncSession, grant: GrantRow, state: GrantAsOf, bound_on: date
) -> list[Grants]:
    """What was granted from which day on, as far as the notice that holds knows it."""
    if state.notice is None:
        return [Grants(bound_on, state.amount)]
    said = select(NoticeRow.number, col(NoticeRow.effective_from), col(NoticeRow.amount)).where(
        col(NoticeRow.municipality_id) == municipality_of(session).id,
        col(NoticeRow.grant) == grant.key,
        col(NoticeRow.number) <= state.notice,
    )
    return over_time((await session.exec(said)).all())


async def _proved_on(session: AsyncSession, grant: str, today: date) -> date | None:
    done = select(col(ObligationRow.done_on)).where(
        col(ObligationRow.municipality_id) == municipality_of(session).id,
        col(ObligationRow.grant) == grant,
        col(ObligationRow.kind) == ObligationKind.proof_of_use,
        col(ObligationRow.done_on) <= today,
    )
    return (await session.exec(done)).one_or_none()


async def _spendings(session: AsyncSession, grant: str, today: date) -> list[rules.Spending]:
    named = col(ExpenditureRow.parts).contains([{"grant": grant}])
    rows = await session.exec(_of(session, ExpenditureRow, named))
    return [_spending(row, grant, today) for row in rows]


def _spending(row: ExpenditureRow, grant: str, today: date) -> rules.Spending:
    part = next(part for part in row.parts if part["grant"] == grant)
    checked = part.get("verification")
    if checked is not None and date.fromisoformat(checked["verified_on"]) > today:
        checked = None
    return rules.Spending(
        key=row.key,
        category=row.category,
        invoiced_on=row.invoice_date,
        paid_on=row.payment_date,
        amount=Decimal(part["amount"]),
        accepted=Decimal(checked["accepted"]) if checked else None,
        evidence=bool(row.evidence),
        shares=_shares(row.shares, grant),
    )


def _shares(shares: Sequence[Mapping[str, Any]], grant: str) -> list[Decimal]:
    """Per cent put to each grant, this one first."""
    mine = [Decimal(share["share"]) for share in shares if share["grant"] == grant]
    return mine + [Decimal(share["share"]) for share in shares if share["grant"] != grant]


async def _orders(session: AsyncSession, grant: str, today: date) -> list[rules.Order]:
    invoiced = (
        select(func.coalesce(func.sum(col(ExpenditureRow.gross)), 0))
        .where(
            col(ExpenditureRow.municipality_id) == col(CommitmentRow.municipality_id),
            col(ExpenditureRow.commitment) == col(CommitmentRow.key),
        )
        .scalar_subquery()
    )
    statement = select(CommitmentRow, invoiced).where(
        col(CommitmentRow.municipality_id) == municipality_of(session).id,
        col(CommitmentRow.shares).contains([{"grant": grant}]),
        col(CommitmentRow.state) == CommitmentState.open,
        func.coalesce(CommitmentRow.ordered_on, today) <= today,
    )
    found = []
    for row, gross in await session.exec(statement):
        parts = told(row.model_dump(), Decimal(gross)).parts
        amount = next(part.amount for part in parts if part.grant == grant)
        found.append(rules.Order(amount, row.due_on))
    return [order for order in found if order.amount]


async def _bookings(session: AsyncSession, grant: str, today: date) -> list[rules.Spending]:
    values = {"town": municipality_of(session).id, "grant": grant, "on": today, "step": "day"}
    found = await sql.run(session, text(statement(__package__, "booked")), values)
    return [booked(row) for row in found.mappings()]


def booked(row: RowMapping) -> rules.Spending:
    """Bookings of which no receipt was made, as `booked.sql` sums them."""
    return rules.Spending(
        key="",
        category=row["category"],
        invoiced_on=None,
        paid_on=row["paid_on"],
        amount=row["amount"],
        accepted=row["accepted"],
        evidence=False,
    )


async def _demands(session: AsyncSession, grant: str, today: date) -> list[Demand]:
    of_it = col(RecoveryRow.grant) == grant, col(RecoveryRow.decided_on) <= today
    rows: Sequence[RecoveryRow] = (await session.exec(_of(session, RecoveryRow, *of_it))).all()
    return [
        Demand(
            key=row.key,
            amount=row.amount,
            decided_on=row.decided_on,
            due_on=row.due_on,
            repayments=[
                Flow(day, Decimal(back["amount"]))
                for back in row.repayments
                if (day := date.fromisoformat(back["repaid_on"])) <= today
            ],
            waived_on=row.waived_on if row.waived_on and row.waived_on <= today else None,
        )
        for row in rows
    ]


async def _staff(session: AsyncSession, grant: str) -> list[rules.Staff]:
    named = col(PositionRow.funding).contains([{"grant": grant}])
    rows = (await session.exec(_of(session, PositionRow, named))).all()
    filled = await _staffings(session, [row.key for row in rows])
    return [
        rules.Staff(
            key=row.key,
            grade=row.pay_grade,
            fte=row.fte * row.count,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            share=Decimal(part["share"]),
            funded_from=date.fromisoformat(part["starts_on"]),
            funded_until=date.fromisoformat(part["ends_on"]) if part["ends_on"] else row.ends_on,
            staffings=filled[row.key],
        )
        for row in rows
        for part in row.funding
        if part["grant"] == grant
    ]


async def _staffings(
    session: AsyncSession, positions: Sequence[str]
) -> Mapping[str, list[rules.Staffing]]:
    found: dict[str, list[rules.Staffing]] = defaultdict(list)
    for row in await session.exec(
        _of(session, StaffingRow, col(StaffingRow.position).in_(positions))
    ):
        found[row.position].append(
            rules.Staffing(
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                fte=row.fte,
                step=row.pay_step,
                monthly=row.monthly_pay,
                liable=row.pension_liable_pay,
                annual_cost=row.annual_cost,
                hours=[WorkedHours.model_validate(one) for one in row.hours],
            )
        )
    return found


async def _incomes(session: AsyncSession, grant: str, today: date) -> list[rules.Income]:
    came = col(IncomeRow.grant) == grant, col(IncomeRow.received_on) <= today
    rows = await session.exec(_of(session, IncomeRow, *came))
    return [rules.Income(row.kind, row.received_on, row.amount) for row in rows]


def _payouts(claim: ClaimRow) -> list[Flow]:
    return [
        Flow(date.fromisoformat(payout["paid_on"]), Decimal(payout["amount"]))
        for payout in claim.payouts
        if Decimal(payout["amount"])
    ]


def _of(session: AsyncSession, row: Any, *where: Any) -> Any:
    return (
        select(row)
        .where(col(row.municipality_id) == municipality_of(session).id, *where)
        .order_by(col(row.key))
    )
