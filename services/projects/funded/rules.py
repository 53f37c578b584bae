"""What stored rows say of grants on a day: pure functions, and a memory of what they said."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from services.contracts.projects.figures import Rule
from services.contracts.projects.grants import Financing, GrantState
from services.contracts.projects.terms import RuleOverride
from services.projects.drawdowns.rules import Flow
from services.projects.grant_facts import parts
from services.projects.grant_facts.rules import Facts, InForce, binding
from services.projects.notices.rules import state_on
from services.projects.portfolio.rules import PAYING, Told
from services.projects.rules_in_force.rules import over_time
from services.projects.stored_facts import rules as stored

Usual = dict[str, tuple[list[Rule], dict[date, InForce]]]
"""Programme -> its rules of every day, and those that bind from a day."""
MOST = 2_000
"""So many grants are remembered in all; the towns and days asked for last."""


class Stored(NamedTuple):
    """What is stored of a grant and its notice; a tuple, because its fields are read fast."""

    key: str
    project: str
    programme: str
    state: str
    granted_on: date | None
    ended_on: date | None
    noticed: bool
    notice: str | None
    notice_state: str | None
    effective_from: date | None
    financing: str
    starts_on: date | None
    ends_on: date | None
    eligible_cost: Decimal | None
    amount: Decimal | None
    rate: Decimal | None
    sources: Sequence[Mapping[str, Any]]
    budget_lines: Sequence[Mapping[str, Any]]
    overrides: Sequence[Mapping[str, Any]]
    positions: Sequence[Mapping[str, Any]]


class Paid(NamedTuple):
    """What is paid of a category in a step of time, and what of it is accepted."""

    category: str
    paid_on: date
    amount: Decimal
    accepted: Decimal | None


class Cash(NamedTuple):
    """What was claimed, paid out or repaid."""

    kind: str
    day: date
    amount: Decimal


_PLACE = itemgetter(0, 1, 2)
"""What tells rows apart that are stored of one grant; of the rest something is not known."""


class Given(NamedTuple):
    """All that is stored of a grant."""

    grant: Stored
    paid: Sequence[Paid]
    cash: Sequence[Cash]
    orders: Sequence[parts.Order]

    def says_the_same_as(self, other: "Given") -> bool:
        """Is the same stored? In whichever order: with another plan the database finds the rows in
        another one."""
        return self == other or self._in_order() == other._in_order()

    def _in_order(self) -> tuple[object, ...]:
        paid, cash = sorted(self.paid, key=_PLACE), sorted(self.cash, key=_PLACE)
        return self.grant, paid, cash, sorted(self.orders, key=repr)


class Memory:
    """What grants said, kept as long as they are stored the same.

    What is stored is compared every time: what was said is never older than what it was said of.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def told(
        self,
        asked: Hashable,
        given: Sequence[Given],
        on: date,
        land: str | None,
        rules: Mapping[str, list[Rule]],
    ) -> list[Told]:
        """What the grants say that are granted on the day; `asked` is the town, the day and how."""
        held = {one.grant.programme: rules[one.grant.programme] for one in given}
        kept = self._kept.pop(asked, None)
        before = kept.grants if kept is not None and kept.held == held else {}
        usual: Usual = {}
        grants: dict[str, tuple[Given, Told | None]] = {}
        for one in given:
            known = before.get(one.grant.key)
            if known is not None and known[0].says_the_same_as(one):
                said = known[1]
            else:
                said = told(one, on, land, held, usual)
            grants[one.grant.key] = one, said
        self._kept[asked] = _Kept(held, grants)
        while sum(len(entry.grants) for entry in self._kept.values()) > MOST:
            self._kept.popitem(last=False)
        return [said for _, said in grants.values() if said is not None]


class _Kept(NamedTuple):
    held: Mapping[str, list[Rule]]
    grants: Mapping[str, tuple[Given, Told | None]]


def told(
    given: Given,
    on: date,
    land: str | None,
    held: Mapping[str, list[Rule]],
    usual: Usual,
) -> Told | None:
    """What a grant says on the day, by the rules of its programme in `held`; nothing while it is
    not granted. `usual` keeps what programmes say to grants that override nothing."""
    row = given.grant
    state = _state(row, on)
    if state not in PAYING:
        return None
    every, bound = _said(row, on, held, usual)
    return Told(
        project=row.project,
        programme=row.programme,
        claimed=_sum(given.cash, "claimed"),
        facts=Facts(
            grant=row.key,
            notice=row.notice,
            today=on,
            land=land,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            approved_on=row.granted_on,
            state=state,
            eligible_cost=row.eligible_cost,
            granted=row.amount,
            rate=row.rate,
            financing=Financing(row.financing),
            sources=[
                parts.Source(one["kind"], one.get("year"), _decimal(one.get("amount")))
                for one in row.sources
            ],
            budget=[
                parts.Budget(one["category"], one.get("year"), Decimal(one["amount"]))
                for one in row.budget_lines
            ],
            spendings=[_spending(one) for one in given.paid],
            orders=given.orders,
            payouts=_flows(given.cash, "paid_out"),
            repayments=_flows(given.cash, "repaid"),
            demands=[],
            bound_on=_bound_on(row, on),
            requests=[],
            staff=[stored.staff(one) for one in row.positions],
            rules=bound,
            all_rules=every,
            ended_on=row.ended_on if row.ended_on and row.ended_on <= on else None,
        ),
    )


def _said(
    row: Stored, on: date, held: Mapping[str, list[Rule]], usual: Usual
) -> tuple[list[Rule], InForce]:
    since = _bound_on(row, on)
    if row.overrides:
        overrides = [RuleOverride.model_validate(one) for one in row.overrides]
        every = over_time(held[row.programme], overrides, row.notice)
        return every, binding(every, since, on)
    if row.programme not in usual:
        usual[row.programme] = over_time(held[row.programme], (), None), {}
    every, bound = usual[row.programme]
    if since not in bound:
        bound[since] = binding(every, since, on)
    return every, bound[since]


def _bound_on(row: Stored, on: date) -> date:
    return row.effective_from or row.granted_on or row.starts_on or on


def _state(row: Stored, on: date) -> GrantState:
    """As `notices.queries.as_of` tells it."""
    return state_on(
        GrantState(row.state),
        GrantState(row.notice_state) if row.notice_state else None,
        ended=row.ended_on is not None and row.ended_on <= on,
        noticed=row.noticed,
    )


def _sum(cash: Iterable[Cash], wanted: str) -> Decimal:
    return sum((amount for kind, _, amount in cash if kind == wanted), Decimal(0))


def _flows(cash: Iterable[Cash], wanted: str) -> list[Flow]:
    return [Flow(day, amount) for kind, day, amount in cash if kind == wanted]


def _spending(one: Paid) -> parts.Spending:
    return parts.Spending(
        key="",
        category=one.category,
        invoiced_on=None,
        paid_on=one.paid_on,
        amount=one.amount,
        accepted=one.accepted,
        evidence=True,
    )


def _decimal(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)
