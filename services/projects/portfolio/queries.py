"""What is known of all grants on a day, in as many statements however many there are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.figures import Parameter, Rule
from services.contracts.projects.grants import Financing, GrantState
from services.contracts.projects.portfolio import Portfolio, PortfolioAxis
from services.contracts.projects.terms import RuleOverride
from services.kit.database import municipality_of
from services.kit.native import statement
from services.kit.sql import run
from services.projects.commitments.rules import divided
from services.projects.deadlines.rules import land_of
from services.projects.drawdowns.rules import Flow
from services.projects.funding_rules import queries as funding_rules
from services.projects.funding_rules import rules as ruling
from services.projects.grant_facts import rules as facts
from services.projects.grant_facts.rules import Facts, InForce
from services.projects.notices.rules import state_on
from services.projects.portfolio import rules
from services.projects.portfolio.rules import PAYING, Step, Told

FORECASTING = (
    Parameter.monthly_pay,
    Parameter.social_security_rate,
    Parameter.staff_rate,
    Parameter.indirect_rate,
    Parameter.remaining_cost_rate,
)
"""What the portfolio asks rules for."""
SPENT = f"""{statement(facts.__package__, "booked")}
UNION ALL
{statement(__package__, "receipts")}"""
"""Which bookings count is said once, for single grants and for all of them."""


async def portfolio(session: AsyncSession, on: date, by: PortfolioAxis) -> Portfolio:
    """Everything that is funded on a day, in groups; five statements."""
    grants = await told(session, on)
    named = {} if by is PortfolioAxis.programme else await groups(session, by)
    return rules.portfolio(grants, on, by, named)


async def told(
    session: AsyncSession,
    on: date,
    step: Step = Step.year,
    parameters: Collection[Parameter] | None = FORECASTING,
) -> list[Told]:
    """Every grant that is granted on a day, with what is paid summed by `step`.

    Four statements. Everything stored counts: only the administration may ask.
    """
    rows = await _rows(session, "grants", on=on)
    spent = _by_grant(await _run(session, SPENT, on=on, step=step, grant=None))
    cash, orders = _cash(await _rows(session, "cash", on=on))
    held = await funding_rules.by_programme(session, parameters)
    usual: dict[str, list[Rule]] = {}
    bound: dict[tuple[str, date], InForce] = {}
    land = land_of(municipality_of(session).id)
    found = []
    for row in rows:
        key, programme = row["key"], row["programme"]
        state = _state(row, on)
        if state not in PAYING:
            continue
        overrides = [RuleOverride.model_validate(one) for one in row["overrides"]]
        every = usual.get(programme)
        if overrides or every is None:
            every = ruling.over_time(held[programme], overrides, row["notice"])
        since = row["effective_from"] or row["granted_on"] or row["starts_on"] or on
        if overrides:
            rules_held = facts.binding(every, since, on)
        else:
            usual[programme] = every
            if (programme, since) not in bound:
                bound[programme, since] = facts.binding(every, since, on)
            rules_held = bound[programme, since]
        money = cash[key]
        found.append(
            Told(
                project=row["project"],
                programme=programme,
                claimed=sum((flow.amount for flow in money["claimed"]), Decimal(0)),
                facts=Facts(
                    grant=key,
                    notice=row["notice"],
                    today=on,
                    land=land,
                    starts_on=row["starts_on"],
                    ends_on=row["ends_on"],
                    approved_on=row["granted_on"],
                    state=state,
                    eligible_cost=row["eligible_cost"],
                    granted=row["amount"],
                    rate=row["rate"],
                    financing=Financing(row["financing"]),
                    sources=[
                        facts.Source(one["kind"], one.get("year"), _decimal(one.get("amount")))
                        for one in row["sources"]
                    ],
                    budget=[
                        facts.Budget(one["category"], one.get("year"), Decimal(one["amount"]))
                        for one in row["budget_lines"]
                    ],
                    spendings=[_spending(one) for one in spent[key]],
                    orders=orders[key],
                    payouts=money["paid_out"],
                    repayments=money["repaid"],
                    demands=[],
                    bound_on=since,
                    requests=[],
                    staff=[_staff(one) for one in row["positions"]],
                    rules=rules_held,
                    all_rules=every,
                    ended_on=row["ended_on"] if row["ended_on"] and row["ended_on"] <= on else None,
                ),
            )
        )
    return found


async def groups(session: AsyncSession, axis: PortfolioAxis) -> Mapping[str, Collection[str]]:
    """Project -> the groups it belongs to; one statement."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in await _rows(session, "groups", axis=axis):
        found[row["project"]].append(row["group"])
    return found


def _state(row: RowMapping, on: date) -> GrantState:
    """As `notices.queries.as_of` tells it."""
    by_notice = row["notice_state"]
    return state_on(
        GrantState(row["state"]),
        GrantState(by_notice) if by_notice else None,
        ended=row["ended_on"] is not None and row["ended_on"] <= on,
        noticed=row["noticed"],
    )


def _cash(
    rows: Sequence[RowMapping],
) -> tuple[Mapping[str, Mapping[str, list[Flow]]], Mapping[str, list[facts.Order]]]:
    cash: dict[str, dict[str, list[Flow]]] = defaultdict(lambda: defaultdict(list))
    orders: dict[str, list[facts.Order]] = defaultdict(list)
    for row in rows:
        if row["kind"] != "ordered":
            cash[row["grant"]][row["kind"]].append(Flow(row["day"], row["amount"]))
            continue
        shares = row["shares"]
        amounts = divided(max(row["amount"], Decimal(0)), [Decimal(s["share"]) for s in shares])
        for share, amount in zip(shares, amounts, strict=True):
            if amount:
                orders[share["grant"]].append(facts.Order(amount, row["day"]))
    return cash, orders


def _spending(row: RowMapping) -> facts.Spending:
    return facts.Spending(
        key="",
        category=row["category"],
        invoiced_on=None,
        paid_on=row["paid_on"],
        amount=row["amount"],
        accepted=row["accepted"],
        evidence=True,
    )


def _staff(said: Mapping[str, Any]) -> facts.Staff:
    return facts.Staff(
        key=said["key"],
        grade=said["grade"],
        fte=Decimal(said["fte"]),
        starts_on=date.fromisoformat(said["starts_on"]),
        ends_on=_day(said["ends_on"]),
        share=Decimal(said["share"]),
        funded_from=date.fromisoformat(said["funded_from"]),
        funded_until=_day(said["funded_until"]),
        staffings=[
            facts.Staffing(
                starts_on=date.fromisoformat(one["starts_on"]),
                ends_on=_day(one["ends_on"]),
                fte=Decimal(one["fte"]),
                step=one["step"],
                monthly=_decimal(one["monthly"]),
                liable=_decimal(one["liable"]),
            )
            for one in said["staffings"]
        ],
    )


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)


def _decimal(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _by_grant(rows: Sequence[RowMapping]) -> Mapping[str, list[RowMapping]]:
    found: dict[str, list[RowMapping]] = defaultdict(list)
    for row in rows:
        found[row["grant"]].append(row)
    return found


async def _rows(session: AsyncSession, name: str, **values: Any) -> Sequence[RowMapping]:
    return await _run(session, statement(__package__, name), **values)


async def _run(session: AsyncSession, asked: str, **values: Any) -> Sequence[RowMapping]:
    values["town"] = municipality_of(session).id
    return (await run(session, text(asked), values)).mappings().all()
