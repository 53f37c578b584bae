"""What is known of a grant on a day: plain data, and what follows from it at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from services.contracts.projects.figures import Figure, Parameter, Rule
from services.contracts.projects.grants import Financing, GrantState
from services.contracts.projects.terms import NoticeCondition
from services.projects.allocation.rules import cents
from services.projects.computing import known, missing, on
from services.projects.cost_options.rules import (
    FlatRates,
    amounts_on,
    chosen,
    covered,
    flats_on,
)
from services.projects.drawdowns.rules import Flow, without_reversals
from services.projects.grant_facts.parts import (
    Budget,
    Income,
    Order,
    Passed,
    Request,
    Source,
    Spending,
    Staff,
    Staffing,
)
from services.projects.repayments.rules import Demand, Grants
from services.projects.rules_in_force.rules import on_day
from services.projects.staff_costs.rules import cap

GIVEN = ("eu", "federal", "state")
"""Sources whose money the grant is; everything else stands beside it."""
ZERO = Decimal(0)
LONGEST = 40
"""Years of a grant that are looked at one by one; none lasts longer but by a slip of the pen."""
InForce = Mapping[tuple[Parameter, str | None], Rule]


def binding(held: Sequence[Rule], bound_on: date, today: date) -> InForce:
    """The rules that bind a grant: those of the day from which its notice holds, which it was made
    under; where there was none then, that of today. Later rules do not move what was granted."""
    return {**on_day(held, today), **on_day(held, bound_on)}


@dataclass(frozen=True)
class Facts:
    """What is known of a grant on a day."""

    grant: str
    notice: str | None
    """Key of the notice that holds."""
    today: date
    land: str | None
    starts_on: date | None
    ends_on: date | None
    approved_on: date | None
    state: GrantState
    eligible_cost: Decimal | None
    granted: Decimal | None
    rate: Decimal | None
    financing: Financing
    sources: Sequence[Source]
    budget: Sequence[Budget]
    spendings: Sequence[Spending]
    """Receipts."""
    orders: Sequence[Order]
    payouts: Sequence[Flow]
    """What came of the grant by the day."""
    repayments: Sequence[Flow]
    """What of it went back by the day."""
    demands: Sequence[Demand]
    """What the funder demands back by the day."""
    requests: Sequence[Request]
    staff: Sequence[Staff]
    rules: InForce
    """Those that bind the grant."""
    all_rules: Sequence[Rule]
    """Those of every day."""
    proved_on: date | None = None
    """When the proof of use was handed in, as its obligation says."""
    proof_waived: bool = False
    """Need it not be handed in, as its obligation says?"""
    bookings: Sequence[Spending] = ()
    """What the finance system booked and nobody made a receipt of, summed by day and category."""
    bound_on: date | None = None
    """The day from which its notice holds."""
    ended_on: date | None = None
    """Day of the closing: the purpose was fulfilled by then."""
    conditions: Sequence[NoticeCondition] = ()
    incomes: Sequence[Income] = ()
    """What came in beside the grant by the day."""
    grants: Sequence[Grants] = ()
    """What was granted from which day on, as its notices say."""
    outputs: Collection[str] = frozenset()
    """The indicators that count what the money brings about."""
    passed_on: Sequence[Passed] = ()
    """What of it is passed on or applied for."""
    limits: InForce = field(default_factory=dict)
    """What binds the grant where its notice says nothing: the law beneath it."""

    @property
    def closed(self) -> bool:
        """Has a final notice closed it?"""
        return self.state is GrantState.closed

    @property
    def repaid(self) -> Decimal:
        """What went back to the funder by the day."""
        return known(flow.amount for flow in self.repayments)

    def rule(self, parameter: Parameter, scope: str | None = None) -> Rule | None:
        """The rule that binds the grant."""
        return self.rules.get((parameter, scope))

    def rules_of(self, parameter: Parameter) -> list[Rule]:
        """The rules of every day about a parameter."""
        return [rule for rule in self.all_rules if rule.parameter is parameter]

    @property
    def years(self) -> range:
        """The years of the grant, that of the day where its period is not known."""
        first, last = self.starts_on or self.today, self.ends_on or self.today
        return range(first.year, min(last.year, first.year + LONGEST) + 1)

    def planned_of(self, kinds: Collection[str]) -> Decimal | None:
        """What sources of these kinds plan to pay; None where one does not say."""
        amounts = [source.amount for source in self.sources if source.kind in kinds]
        return None if missing(*amounts) else known(amounts)

    @property
    def share(self) -> Decimal | None:
        """What of the cost the grant pays, in per cent; the whole unless it pays a share."""
        if self.financing is not Financing.share:
            return Decimal(100)
        return self.rate

    @cached_property
    def paid(self) -> list[Spending]:
        """What is paid by the day: receipts, and bookings of which none was made. Each euro counts
        once, since a booking of which a receipt was made counts as the receipt. Where the notice
        grants a flat rate, that stands for the real cost that it covers."""
        if self.flat_rates is None:
            return self._really_paid
        return [*self.really_counted, *self.flats]

    @cached_property
    def _really_paid(self) -> list[Spending]:
        found = [*self.spendings, *self.bookings]
        return [s for s in found if s.paid_on is not None and s.paid_on <= self.today]

    @cached_property
    def flat_rates(self) -> FlatRates | None:
        """The flat rates that the notice grants."""
        return chosen(self.rules)

    @cached_property
    def covered(self) -> Decimal:
        """Real cost that a flat rate covers and that therefore does not count."""
        return known(s.counts for s in self._really_paid if s.category in self.flat_categories)

    @cached_property
    def really_counted(self) -> list[Spending]:
        """What is really paid by the day and counts, without flat amounts."""
        return [s for s in self._really_paid if s.category not in self.flat_categories]

    @property
    def unpaid(self) -> list[Spending]:
        """Receipts that are not paid by the day and will count: what a flat rate covers will not,
        so that nobody draws money for it or waits for its payment."""
        gone = self.flat_categories
        return [
            spending
            for spending in self.spendings
            if (spending.paid_on is None or spending.paid_on > self.today)
            and spending.category not in gone
        ]

    @cached_property
    def flat_categories(self) -> Collection[str]:
        """Categories of which a flat rate stands for the real cost."""
        return covered(self.flat_rates) if self.flat_rates else ()

    @property
    def eligible_categories(self) -> dict[str, Rule]:
        """The categories that the rules or the notice name as eligible, each with its rule; empty
        where they name none."""
        named = (r for r in self.rules.values() if r.parameter is Parameter.eligible_category)
        return {rule.scope: rule for rule in named if rule.scope is not None}

    def flat_costs(self) -> list[Figure]:
        """The flat amounts of what is paid by the day."""
        if self.flat_rates is None:
            return []
        return flats_on([(s.category, s.counts) for s in self._really_paid], self.flat_rates)

    @cached_property
    def flats(self) -> list[Spending]:
        """The flat amounts as cost of the days on which the cost they rest on was paid; together
        they are those of the day, to the cent."""
        if self.flat_rates is None:
            return []
        rates, gone = self.flat_rates, self.flat_categories
        by_day = defaultdict[date, list[Spending]](list)
        for spending in self._really_paid:
            if spending.paid_on is not None and spending.category not in gone:
                by_day[spending.paid_on].append(spending)
        found, cost, before = [], dict[str, Decimal](), dict[str, Decimal]()
        for day in sorted(by_day):
            for spending in by_day[day]:
                cost[spending.category] = cost.get(spending.category, ZERO) + spending.counts
            for category, amount in amounts_on(cost, rates).items():
                more = amount - before.get(category, ZERO)
                before[category] = amount
                if more:
                    found.append(Spending("", category, None, day, more, None, True))
        return found

    @cached_property
    def spent(self) -> Decimal:
        """The cost that is paid by the day."""
        return known(spending.counts for spending in self.paid)

    @property
    def certified(self) -> Decimal:
        """The cost that the funder has accepted, with the flat amounts that rest on it. What a
        flat rate covers is nothing beside it, whoever accepted its receipt."""
        gone = self.flat_categories
        accepted = [
            (spending.category, spending.accepted)
            for spending in self.spendings
            if spending.accepted is not None and spending.category not in gone
        ]
        flats = flats_on(accepted, self.flat_rates) if self.flat_rates else []
        return known(amount for _, amount in accepted) + known(flat.known for flat in flats)

    def of_grant(self, cost: Decimal) -> Decimal | None:
        """The grant's money in a cost."""
        share = self.share
        return None if share is None else cents(cost * share / 100)

    def payments(self) -> list[Flow] | None:
        """The grant's money in each payment, by its day. Rounded so that the parts up to any day
        are the grant's share of all that was paid by then, to the cent."""
        if self.share is None:
            return None
        flows, total, before = [], ZERO, ZERO
        for day, amount in sorted((s.paid_on, s.counts) for s in self.paid if s.paid_on):
            total += amount
            until = self.of_grant(total) or ZERO
            flows.append(Flow(day, until - before))
            before = until
        return without_reversals(flows)

    def settled(self) -> list[Flow] | None:
        """What payouts went into, by its day: payments, and what went back to the funder, which
        need not be used any more and bears no interest. None where the share is not known."""
        payments = self.payments()
        return None if payments is None else [*payments, *self.repayments]

    def plan(self) -> list[tuple[date, Decimal]]:
        """The cost that the plan expects by days: by the years of the budget where all lines have
        one, else evenly over the period."""
        if self.starts_on is None or self.ends_on is None:
            return []
        before = max(self.starts_on, date.min + timedelta(days=1)) - timedelta(days=1)
        years = {line.year for line in self.budget}
        if years and None not in years:
            steps, total = [(before, Decimal(0))], Decimal(0)
            for year in sorted(year for year in years if year is not None):
                total += known(line.amount for line in self.budget if line.year == year)
                steps.append((min(date(year, 12, 31), self.ends_on), total))
            return steps
        if self.eligible_cost is None:
            return []
        return [(before, Decimal(0)), (self.ends_on, self.eligible_cost)]

    def pay_rules(self, staff: Staff, step: int | None = None) -> tuple[Rule | None, Rule | None]:
        """The rules of the day about the pay of the position's grade and about the lump for social
        security."""
        pay = cap(self.rules_of(Parameter.monthly_pay), staff.grade, step, self.today)
        return pay, on(self.rules_of(Parameter.social_security_rate), self.today)

    def monthly_cost(self, staff: Staff, filled: Staffing | None = None) -> Decimal | None:
        """What of a position a month costs the grant: recognised pay of the grade with the lump
        for social security; where it is known what is filled and paid, that, at most what is
        recognised; what is charged by hours, a twelfth of its annual cost. None where none is
        known."""
        if filled is not None and filled.annual_cost is not None:
            return cents(Fraction(filled.annual_cost) / 12 * Fraction(staff.share) / 100)
        pay, lump = self.pay_rules(staff, filled.step if filled else None)
        amounts = [pay.value if pay else None, filled.monthly if filled else None]
        known_pay = [amount for amount in amounts if amount is not None]
        if not known_pay or lump is None or lump.value is None:
            return None
        monthly = min(known_pay)
        liable = monthly if filled is None or filled.liable is None else filled.liable
        gross = Fraction(monthly) + Fraction(liable) * Fraction(lump.value) / 100
        fte = filled.fte if filled else staff.fte
        return cents(gross * Fraction(fte) * Fraction(staff.share) / 100)
