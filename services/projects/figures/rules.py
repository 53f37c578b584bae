"""All figures of a grant on a day: which rule is asked about what. Pure functions."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from services.contracts.projects.figures import Figure, FigureStatus, Parameter, Reason, Unit
from services.contracts.projects.grants import Financing
from services.projects.absorption import rules as absorption
from services.projects.allocation.rules import cents
from services.projects.computing import Computation, known, missing, on
from services.projects.cost_options.rules import simplified_required
from services.projects.deadlines import rules as deadlines
from services.projects.drawdowns import rules as drawdowns
from services.projects.eligibility.rules import Expense, Window, broken
from services.projects.financing import rules as financing
from services.projects.forecasts import rules as forecasts
from services.projects.grant_facts.rules import GIVEN, Facts, Spending, Staff
from services.projects.positions.rules import eligible_part
from services.projects.repayments import rules as repayments
from services.projects.staff_costs import rules as staff_costs
from services.projects.staff_costs.rules import Post, months_between
from services.projects.unit_costs.rules import leverage

ZERO = Decimal(0)
LONGEST = 40
"""Years of a grant that are looked at one by one; none lasts longer but by a slip of the pen."""


def all_figures(facts: Facts) -> list[Figure]:
    """Every figure of the grant, in the order in which an office reads them."""
    parts = (_financing, _money, _staff, _cash, _deadlines, _progress, _forecast)
    return list(chain.from_iterable(part(facts) for part in parts))


def _financing(facts: Facts) -> Iterator[Figure]:
    yield financing.share(
        "grant", facts.granted, facts.eligible_cost, facts.rule(Parameter.max_rate)
    )
    for kind in sorted({source.kind for source in facts.sources}):
        amounts = [source.amount for source in facts.sources if source.kind == kind]
        amount = None if missing(*amounts) else known(amounts)
        limit = facts.rule(Parameter.max_rate, kind)
        yield financing.share(kind, amount, facts.eligible_cost, limit)
        yield from _shares_by_year(facts, kind)
    yield financing.uncovered(facts.eligible_cost, [source.amount for source in facts.sources])
    if facts.sources:
        sums = [_sum_of(facts, kinds) for kinds in (("third_party", "other"), ("own", "municipal"))]
        yield leverage(*sums)
    below = facts.rule(Parameter.simplified_below)
    if below is not None:
        yield simplified_required(facts.eligible_cost, below)


def _shares_by_year(facts: Facts, kind: str) -> Iterator[Figure]:
    """The share of a source in the cost planned for each year, by the rates of that year; not
    known where lines of the budget have no year."""
    for year in sorted({s.year for s in facts.sources if s.kind == kind and s.year is not None}):
        amounts = [s.amount for s in facts.sources if (s.kind, s.year) == (kind, year)]
        whole = all(line.year is not None for line in facts.budget)
        lines = [line.amount for line in facts.budget if whole and line.year == year]
        limits = facts.rules_of(Parameter.max_rate)
        yield financing.share(
            f"{kind}.{year}",
            None if missing(*amounts) else known(amounts),
            known(lines) if lines else None,
            on(limits, date(year, 12, 31), kind),
        )


def _sum_of(facts: Facts, kinds: tuple[str, ...]) -> Decimal | None:
    amounts = [source.amount for source in facts.sources if source.kind in kinds]
    return None if missing(*amounts) else known(amounts)


def _money(facts: Facts) -> Iterator[Figure]:
    yield from facts.flat_costs()
    flats = known(flat.amount for flat in facts.flats)
    yield financing.eligible_cost([facts.spent - flats], [flats])
    if facts.flat_rates is not None:
        yield _covered(facts)
    yield _broken_conditions(facts)
    yield _without_receipt(facts)
    yield from _incomes(facts)
    yield financing.payable(
        facts.financing,
        facts.granted,
        facts.eligible_cost,
        facts.spent,
        own=_sum_of(facts, ("own", "municipal")),
        third_party=_sum_of(facts, ("third_party", "other")),
        extra_income=_extra_income(facts),
    )
    yield from deviations(facts)


INCOMES: Mapping[str, tuple[str, ...]] = {
    "third_party": ("third_party",),
    "revenue": ("other",),
    "own": ("own", "municipal"),
}
"""Which sources of the financing plan say what of a kind of income was planned."""


def received(facts: Facts, kind: str) -> Decimal | None:
    """What came in of a kind; not known where nobody has entered any income of the grant."""
    if not facts.incomes:
        return None
    return known(one.amount for one in facts.incomes if one.kind == kind) + Decimal("0.00")


def _incomes(facts: Facts) -> Iterator[Figure]:
    for kind, sources in INCOMES.items():
        came = received(facts, kind)
        if came or any(source.kind in sources for source in facts.sources):
            yield financing.income(kind, _sum_of(facts, sources), came)


def _extra_income(facts: Facts) -> Decimal | None:
    """Third-party money and revenue beyond the plan (neue Deckungsmittel, ANBest-P Nr. 2). More own
    money than planned covers more cost and takes nothing from the grant."""
    extra = ZERO
    for kind in ("third_party", "revenue"):
        came = received(facts, kind)
        if not came:
            continue
        planned = _sum_of(facts, INCOMES[kind])
        if planned is None:
            return None
        extra += max(came - planned, ZERO)
    return extra


def deviations(facts: Facts) -> list[Figure]:
    """By how much each line of the budget is exceeded, and whether the others cover it."""
    planned = {line.category for line in facts.budget}
    lines = [
        financing.Line(
            category,
            known(line.amount for line in facts.budget if line.category == category)
            if category in planned
            else None,
            known(s.counts for s in facts.paid if s.category == category),
        )
        for category in sorted(planned | {spending.category for spending in facts.paid})
    ]
    if not lines:
        return []
    return financing.deviations(lines, facts.rule(Parameter.deviation), facts.financing)


def _broken_conditions(facts: Facts) -> Figure:
    """How many expenditures break a condition of eligibility, and which conditions."""
    early = facts.rule(Parameter.early_start)
    window = Window(
        starts_on=facts.starts_on or date.min,
        ends_on=facts.ends_on or date.max,
        final=facts.rule(Parameter.final_expenditure),
        categories={line.category for line in facts.budget} or None,
        approved_on=facts.approved_on,
        early_start=None if early is None else early.text == "yes",
    )
    found = [broken(_expense(spending), window) for spending in facts.spendings]
    of_each = Counter(chain.from_iterable(found))
    count = sum(map(bool, found))
    ineligible = Computation(
        "ineligible_expenditures",
        Unit.number,
        "expenditures that break a condition",
        {"expenditures": len(found), **of_each},
    )
    return ineligible.gives(Decimal(count), FigureStatus.review if count else FigureStatus.ok)


def _covered(facts: Facts) -> Figure:
    """Real cost that a flat rate covers: it does not count, and must not be claimed beside it."""
    double = Computation(
        "covered_by_flat_rate", Unit.euro, "sum(real cost of the categories covered)", {}
    )
    amount = facts.covered
    return double.gives(amount, FigureStatus.review if amount else FigureStatus.ok)


def _without_receipt(facts: Facts) -> Figure:
    """What the finance system booked and nobody made a receipt of: it counts as spent, and nothing
    of it can be claimed or proven until somebody does."""
    booked = known(booking.amount for booking in facts.bookings)
    lacking = Computation(
        "without_receipt",
        Unit.euro,
        "sum(bookings without receipt)",
        {"sums_of_bookings": len(facts.bookings)},
    )
    return lacking.gives(booked, FigureStatus.review if facts.bookings else FigureStatus.ok)


def _expense(spending: Spending) -> Expense:
    return Expense(
        invoice_date=spending.invoiced_on,
        payment_date=spending.paid_on,
        category=spending.category,
        net=spending.amount,
        vat=ZERO,
        vat_recoverable=False,
        shares=spending.shares,
        evidence=spending.evidence,
    )


def _staff(facts: Facts) -> Iterator[Figure]:
    if not facts.staff:
        return
    first = facts.starts_on or min(one.starts_on for one in facts.staff)
    last = facts.ends_on or max(one.ends_on or facts.today for one in facts.staff)
    caps = [rule for rule in facts.rules_of(Parameter.max_positions) if rule.scope is None]
    yield staff_costs.fte_cap(facts.posts(), caps, first, last)
    limits = (facts.rule(Parameter.lowest_grade), facts.rule(Parameter.highest_grade))
    for key in dict.fromkeys(one.key for one in facts.staff):
        parts = [one for one in facts.staff if one.key == key]
        found = [staff_costs.grade_kept(parts[0].grade, *limits), *_vacancy(facts, parts)]
        yield from (figure.model_copy(update={"scope": key}) for figure in found)
    yield from _pay(facts)


def _vacancy(facts: Facts, parts: list[Staff]) -> list[Figure]:
    """What of a position was not filled by the day while the grant paid for it, and the money that
    this leaves."""
    planned, filled = [], []
    for one in parts:
        planned.append(Post(one.fte, one.funded_from, one.funded_until))
        for there in one.staffings:
            begin = max(there.starts_on, one.funded_from)
            end = min(there.ends_on or date.max, one.funded_until or date.max)
            if begin <= end:
                filled.append(Post(there.fte, begin, end))
    said = bool(parts[0].staffings)
    first = min(one.funded_from for one in parts)
    vacant = staff_costs.vacancy(planned, filled if said else None, first, facts.today)
    month = facts.monthly_cost(replace(parts[-1], fte=Decimal(1)))
    by = [rule for rule in facts.pay_rules(parts[-1]) if rule is not None]
    return [vacant, staff_costs.unspent_by_vacancy(vacant, month, by)]


def _pay(facts: Facts) -> Iterator[Figure]:
    """What staff may cost by the day, of what was filled: the part that is in the project."""
    pays, silent = [], False
    rates = {facts.grant: facts.rate if facts.financing is Financing.share else None}
    for one in facts.staff:
        silent |= not one.staffings and one.funded_from <= facts.today
        share = eligible_part({facts.grant: one.share}, rates) * 100
        for there in one.staffings:
            begin = max(there.starts_on, one.funded_from)
            ends = (there.ends_on, one.funded_until, facts.today)
            end = min(day for day in ends if day is not None)
            if begin <= end:
                pays.append(
                    staff_costs.Pay(
                        starts_on=begin,
                        ends_on=end,
                        monthly=there.monthly,
                        fte=there.fte,
                        share=share,
                        grade=one.grade,
                        step=there.step,
                        liable=there.liable,
                    )
                )
    if silent:
        pays.append(staff_costs.Pay(facts.today, facts.today, None, ZERO, ZERO))
    pay = staff_costs.eligible_pay(pays, facts.rules_of(Parameter.monthly_pay))
    lump = staff_costs.social_security(pays, facts.rules_of(Parameter.social_security_rate))
    charged = known(spending.counts for spending in facts.paid if spending.category == "staff")
    yield from (pay, lump, staff_costs.staff_cost(pay, lump, charged))


def late_money(facts: Facts) -> Figure:
    """What was drawn and not used in time."""
    settled = facts.settled()
    if settled is None:
        lacking = Computation("unspent_after_deadline", Unit.euro, "rate is not known", {})
        return lacking.lacks(Reason.no_rule)
    within = facts.rule(Parameter.spend_within)
    return drawdowns.unspent_after_deadline(facts.payouts, settled, within, facts.land, facts.today)


def lapses(facts: Facts) -> list[Figure]:
    """What lapses of each year."""
    return [figure for figure in _forecast(facts) if figure.key == "lapse"]


def _cash(facts: Facts) -> Iterator[Figure]:
    payouts = facts.payouts
    drawn = known(flow.amount for flow in payouts) - facts.repaid
    left = drawdowns.remaining(facts.granted, drawn)
    yield left
    paid_out = known(flow.amount for flow in payouts)
    yield repayments.repayment(facts.granted, paid_out, facts.demands, facts.today)
    yield repayments.repayment_interest(
        facts.granted,
        payouts,
        facts.demands,
        facts.bound_on,
        facts.rule(Parameter.interest_margin),
        facts.rules_of(Parameter.base_rate),
        facts.today,
    )
    settled = facts.settled()
    if settled is None:
        lacking = Computation("unspent_cash", Unit.euro, "max(paid_out - used, 0)", {"rate": None})
        yield lacking.lacks(Reason.no_rule)
        return
    within = facts.rule(Parameter.spend_within)
    cash = drawdowns.unspent_cash(payouts, settled, facts.today)
    yield cash
    yield late_money(facts)
    yield drawdowns.interest(
        payouts,
        settled,
        within,
        facts.rule(Parameter.interest_margin),
        facts.rules_of(Parameter.base_rate),
        facts.rule(Parameter.interest_from),
        facts.land,
        facts.today,
    )
    used = known(flow.amount for flow in settled)
    advanced = max(used - known(flow.amount for flow in payouts), ZERO)
    yield drawdowns.next_claim(_due(facts), facts.share, cash, left, within, advanced)


def _due(facts: Facts) -> list[Decimal | None]:
    """What has to be paid within the period for which money may be drawn: open invoices, and
    orders that are due by then. An order without a day makes the sum unknown."""
    within = facts.rule(Parameter.spend_within)
    until = deadlines.after(facts.today, within) if within else None
    if until is None:
        return [None]
    invoices: list[Decimal | None] = [
        s.amount for s in facts.spendings if s.paid_on is None or s.paid_on > facts.today
    ]
    orders = [
        order.amount if order.due_on else None
        for order in facts.orders
        if order.due_on is None or order.due_on <= until
    ]
    return invoices + orders


def _deadlines(facts: Facts) -> Iterator[Figure]:
    rule, land, today = facts.rule, facts.land, facts.today
    yield deadlines.proof_of_use_due(
        facts.ended_on,
        facts.ends_on,
        rule(Parameter.proof_due),
        land,
        today=today,
        done=facts.closed or facts.proved_on is not None,
    )
    if facts.starts_on and facts.ends_on:
        for year in [year for year in _years(facts) if year < facts.ends_on.year]:
            period = rule(Parameter.interim_proof_due)
            yield deadlines.interim_proof_due(year, period, land, today=None)
    paid = [spending.paid_on for spending in facts.paid if spending.paid_on]
    yield deadlines.keep_until(
        facts.proved_on,
        rule(Parameter.retention),
        max(paid, default=None),
        rule(Parameter.retention, "eu"),
    )
    for reporting in facts.rules.values():
        if reporting.parameter is Parameter.reporting:
            yield from deadlines.reporting_days(reporting, today.year, land)
    for request in facts.requests:
        yield deadlines.due(
            "payment_by_authority",
            request.submitted_on,
            rule(Parameter.payment_by_authority),
            land,
            today=today,
            scope=request.key,
        )


def _progress(facts: Facts) -> Iterator[Figure]:
    plan = facts.plan()
    expected = absorption.expected(plan, facts.today)
    gone = absorption.elapsed(facts.starts_on, facts.ends_on, facts.today)
    spent = absorption.spent_of_plan(facts.spent, facts.eligible_cost)
    planned = expected.value if isinstance(expected.value, Decimal) else None
    ordered = known(order.amount for order in facts.orders)
    yield gone
    yield absorption.absorption(facts.of_grant(facts.certified), facts.granted)
    yield absorption.commitment(facts.spent, ordered, facts.eligible_cost)
    yield expected
    yield spent
    yield absorption.difference_from_plan(facts.spent, planned)
    yield from absorption.schedule_variance(plan, facts.spent, facts.today)
    speed = absorption.pace(spent, gone, facts.rule(Parameter.pace_tolerance))
    yield speed.model_copy(update={"scope": "money"})


def _forecast(facts: Facts) -> Iterator[Figure]:
    """In the grant's own money: its share of cost, and what it pays of positions."""
    if facts.starts_on is None or facts.ends_on is None:
        return
    contracts = _contracts(facts, facts.ends_on)
    staff = forecasts.remaining_staff(contracts, facts.today, facts.ends_on)
    material = forecasts.remaining_material(
        _planned_material(facts),
        _used_material(facts),
        facts.starts_on,
        facts.today,
        facts.ends_on,
    )
    whole = forecasts.at_completion(facts.of_grant(facts.spent), staff, material)
    yield from (staff, material, whole)
    yield forecasts.expected_underspend(facts.granted, whole)
    rest = material.value if isinstance(material.value, Decimal) else None
    yield from forecasts.lapses(_allotted(facts), _claimed(facts, contracts, rest))


@dataclass(frozen=True)
class Outlook:
    """What will be spent of a grant and what lapses, as plain values; None is not known."""

    forecast: Decimal | None
    allotted: Mapping[int, Decimal | None]
    claimed: Mapping[int, Decimal | None]
    lapses: Mapping[int, Decimal | None]


def outlook(facts: Facts) -> Outlook:
    """The values of the forecast's figures without their explanations, for sums over many."""
    first, last = facts.starts_on, facts.ends_on
    if first is None or last is None:
        return Outlook(None, {}, {}, {})
    contracts = _contracts(facts, last)
    cost = forecasts.staff_cost(contracts, facts.today + timedelta(days=1), last)
    staff = None if cost is None else cents(cost)
    material = _material(facts, first, last)
    spent = facts.of_grant(facts.spent)
    allotted, claimed = _allotted(facts), _claimed(facts, contracts, material)
    return Outlook(
        None if missing(spent, staff, material) else known([spent, staff, material]),
        allotted,
        claimed,
        {
            year: None
            if money is None or (claims := claimed[year]) is None
            else forecasts.lapsed(money, claims)
            for year, money in allotted.items()
        },
    )


def _material(facts: Facts, first: date, last: date) -> Decimal | None:
    plan, used = _planned_material(facts), _used_material(facts)
    if plan is None or used is None:
        return None
    return cents(forecasts.material_cost(plan, used, first, facts.today, last))


def _planned_material(facts: Facts) -> Decimal | None:
    plan = known(line.amount for line in facts.budget if line.category != "staff")
    return facts.of_grant(plan) if facts.budget else None


def _used_material(facts: Facts) -> Decimal | None:
    return facts.of_grant(known(s.counts for s in facts.paid if s.category != "staff"))


def _contracts(facts: Facts, last: date) -> list[forecasts.Contract]:
    """The contracts of a position where they are known, else the position as it is planned."""
    return [
        forecasts.Contract(
            max(one.funded_from, there.starts_on) if there else one.funded_from,
            min(day for day in (one.funded_until, there and there.ends_on, last) if day),
            facts.monthly_cost(one, there),
            [r for r in facts.pay_rules(one, there.step if there else None) if r is not None],
        )
        for one in facts.staff
        for there in one.staffings or (None,)
    ]


def _years(facts: Facts) -> range:
    first, last = facts.starts_on or facts.today, facts.ends_on or facts.today
    return range(first.year, min(last.year, first.year + LONGEST) + 1)


def _allotted(facts: Facts) -> dict[int, Decimal | None]:
    """The grant's money by year, where its sources say years."""
    given = [source for source in facts.sources if source.kind in GIVEN]
    found: dict[int, Decimal | None] = {}
    for year in _years(facts):
        amounts = [source.amount for source in given if source.year == year]
        found[year] = known(amounts) if amounts and not missing(*amounts) else None
    return found


def _claimed(
    facts: Facts, contracts: list[forecasts.Contract], material: Decimal | None
) -> dict[int, Decimal | None]:
    """What will have been claimed in each year: what came, and from today on what will be spent."""
    tomorrow = facts.today + timedelta(days=1)
    last = facts.ends_on or facts.today
    staff = forecasts.cost_by_year(contracts, max(tomorrow, facts.starts_on or tomorrow), last)
    left = months_between(tomorrow, last)
    found: dict[int, Decimal | None] = {}
    for year in _years(facts):
        came = known(f.amount for f in facts.payouts if f.day.year == year)
        if date(year, 12, 31) <= facts.today:
            found[year] = came
            continue
        inside = months_between(max(tomorrow, date(year, 1, 1)), min(last, date(year, 12, 31)))
        rest = staff.get(year, ZERO)
        if rest is None or material is None:
            found[year] = None
            continue
        part = cents(Fraction(material) * inside / left) if left else ZERO
        found[year] = came + rest + part
    return found


def scoped(figures: list[Figure], key: str) -> list[Figure]:
    """The figures of one key."""
    return [figure for figure in figures if figure.key == key]
