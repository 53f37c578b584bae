"""What is known of all grants on a day, in four statements however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.figures import Parameter
from services.kit.database import municipality_of
from services.kit.native import statement
from services.kit.sql import run
from services.projects.deadlines.rules import land_of
from services.projects.funded.rules import Cash, Given, Memory, Paid, Stored
from services.projects.funding_rules import queries as funding_rules
from services.projects.grant_facts import queries as facts
from services.projects.grant_facts.parts import Order
from services.projects.portfolio.rules import Step, Told
from services.projects.stored_facts import rules as stored

FORECASTING = (
    Parameter.monthly_pay,
    Parameter.social_security_rate,
    Parameter.staff_rate,
    Parameter.indirect_rate,
    Parameter.remaining_cost_rate,
)
"""What a forecast asks rules for."""
GRANTS = f"WITH staff AS ({facts.STAFF})\n{statement(__package__, 'grants')}"
CASH = f"WITH ordered AS ({facts.ORDERED})\n{statement(__package__, 'cash')}"
SPENT = f"{facts.BOOKED}\nUNION ALL\n{statement(__package__, 'receipts')}"
_MEMORY = Memory()


async def told(
    session: AsyncSession,
    on: date,
    step: Step = Step.year,
    parameters: Collection[Parameter] | None = FORECASTING,
) -> list[Told]:
    """Every grant that is granted on a day, with what is paid summed by `step`.

    Everything stored counts: only the administration may ask.
    """
    town = municipality_of(session).id
    grants = [Stored(*row) for row in await _run(session, GRANTS, on=on)]
    paid: dict[str, list[Paid]] = defaultdict(list)
    for row in await _run(session, SPENT, on=on, step=step):
        paid[row[0]].append(Paid(*row[1:]))
    cash, orders = _cash(await _run(session, CASH, on=on))
    held = await funding_rules.by_programme(session, parameters)
    given = [Given(one, paid[one.key], cash[one.key], orders[one.key]) for one in grants]
    asked = town, on, step, None if parameters is None else tuple(parameters)
    return _MEMORY.told(asked, given, on, land_of(town), held)


def _cash(
    rows: Iterable[tuple[Any, ...]],
) -> tuple[Mapping[str, list[Cash]], Mapping[str, list[Order]]]:
    cash: dict[str, list[Cash]] = defaultdict(list)
    orders: dict[str, list[Order]] = defaultdict(list)
    for kind, grant, day, amount, shares in rows:
        if kind != "ordered":
            cash[grant].append(Cash(kind, day, amount))
            continue
        for of_grant, order in stored.orders(amount, day, shares).items():
            orders[of_grant].append(order)
    return cash, orders


async def _run(session: AsyncSession, asked: str, **values: Any) -> Sequence[tuple[Any, ...]]:
    found = await run(
        session, text(asked), {**values, "grant": None, "town": municipality_of(session).id}
    )
    return found.all()
