"""What the groups of the portfolio are, and what is in them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.portfolio import Portfolio, PortfolioAxis
from services.kit.database import municipality_of
from services.kit.native import statement
from services.kit.sql import run
from services.projects.funded import queries as funded
from services.projects.portfolio import rules


async def portfolio(session: AsyncSession, on: date, by: PortfolioAxis) -> Portfolio:
    """Everything that is funded on a day, in groups; five statements."""
    grants = await funded.told(session, on)
    named = {} if by is PortfolioAxis.programme else await groups(session, by)
    return rules.portfolio(grants, on, by, named)


<<<<<<< HEAD
=======
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


>>>>>>> five-a
async def groups(session: AsyncSession, axis: PortfolioAxis) -> Mapping[str, Collection[str]]:
    """Project -> the groups it belongs to; one statement."""
    asked = text(statement(__package__, "groups"))
    values = {"town": municipality_of(session).id, "axis": axis}
    found: dict[str, list[str]] = defaultdict(list)
    for row in await run(session, asked, values):
        found[row.project].append(row.group)
    return found
