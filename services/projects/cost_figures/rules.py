"""What is spent, what of it counts and what is payable for it: pure functions."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from services.contracts.projects.figures import Figure, FigureStatus, Parameter, Rule, Unit
from services.projects.computing import Computation, euros, known
from services.projects.cost_options.rules import held_to_limits
from services.projects.eligibility.rules import Expense, Window, broken, eligible_amount
from services.projects.financing.rules import OWN
from services.projects.grant_facts.parts import Spending
from services.projects.grant_facts.rules import Facts
from services.projects.settlement import rules as settlement

ZERO = Decimal(0)
MOST = 100
"""So many expenditures that break a condition are told one by one; all are counted."""


def figures(facts: Facts) -> Iterator[Figure]:
    """What is spent, what breaks a condition, what came in beside it and what is payable."""
    yield from held_to_limits(facts.rules, facts.limits)
    yield from facts.flat_costs()
    flats = known(flat.amount for flat in facts.flats)
    checked = known(s.accepted for s in facts.really_counted)
    wrong = _broken_conditions(facts)
    doubtful = known(s.amount for s in wrong.doubtful)
    yield settlement.eligible_cost(
        [checked], [flats], unchecked=facts.spent - flats - checked, doubtful=doubtful
    )
    if facts.flat_rates is not None:
        yield _covered(facts)
    yield from wrong.figures
    yield from _categories(facts)
    yield _without_receipt(facts)
    yield from _incomes(facts)
    yield settlement.payable(
        facts.financing,
        facts.granted,
        facts.eligible_cost,
        facts.spent,
        own=facts.planned_of(OWN),
        third_party=facts.planned_of(("third_party", "other")),
        extra_income=_extra_income(facts),
    )
    yield from deviations(facts)


INCOMES: Mapping[str, tuple[str, ...]] = {
    "third_party": ("third_party",),
    "revenue": ("other",),
    "own": OWN,
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
            yield settlement.income(kind, facts.planned_of(sources), came)


def _extra_income(facts: Facts) -> Decimal | None:
    """Third-party money and revenue beyond the plan (neue Deckungsmittel, ANBest-P Nr. 2). More own
    money than planned covers more cost and takes nothing from the grant."""
    extra = ZERO
    for kind in ("third_party", "revenue"):
        came = received(facts, kind)
        if not came:
            continue
        planned = facts.planned_of(INCOMES[kind])
        if planned is None:
            return None
        extra += max(came - planned, ZERO)
    return extra


def deviations(facts: Facts) -> list[Figure]:
    """By how much each line of the budget is exceeded, and whether the others cover it."""
    planned = {line.category for line in facts.budget}
    lines = [
        settlement.Line(
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
    return settlement.deviations(lines, facts.rule(Parameter.deviation), facts.financing)


class _Wrong(NamedTuple):
    figures: list[Figure]
    doubtful: list[Spending]
    """Those that count for now, because nobody has checked them."""


def _broken_conditions(facts: Facts) -> _Wrong:
    """How many expenditures break a condition of eligibility, which conditions, and of each, by
    which clause."""
    early, final = facts.rule(Parameter.early_start), facts.rule(Parameter.final_expenditure)
    window = Window(
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        pay_until=_pay_until(final),
        final=final,
        categories={line.category for line in facts.budget} or None,
        approved_on=facts.approved_on,
        early_start=early,
        allowed=facts.eligible_categories,
    )
    expenses = [(spending, _expense(spending)) for spending in facts.spendings]
    found = [broken(expense, window) for _, expense in expenses]
    of_each = Counter(chain.from_iterable(found))
    wrong = [one for one, why in zip(expenses, found, strict=True) if why]
    counted = {spending.key for spending in facts.really_counted}
    doubtful = [s for s, _ in wrong if s.accepted is None and s.key in counted]
    ineligible = Computation(
        "ineligible_expenditures",
        Unit.number,
        "expenditures that break a condition",
        {
            "expenditures": len(found),
            **of_each,
            "amount": euros(known(spending.amount for spending, _ in wrong)),
        },
    )
    status = FigureStatus.review if wrong else FigureStatus.ok
    each = [
        eligible_amount(expense, window).model_copy(update={"scope": spending.key})
        for spending, expense in wrong[:MOST]
    ]
    return _Wrong([ineligible.gives(Decimal(len(wrong)), status), *each], doubtful)


def _pay_until(final: Rule | None) -> date | None:
    """The last day of payments where the notice says one, which may be after the period; that of a
    programme only limits it."""
    if final is None or final.text is None or final.clause.notice is None:
        return None
    return date.fromisoformat(final.text)


def _categories(facts: Facts) -> Iterator[Figure]:
    """Which categories the rules name as eligible, and what of the plan and of what is spent is of
    another: money spent on it breaks the rule, a plan for it is for review. Then what they name as
    not eligible within a category, which nobody but a person can tell in a receipt."""
    allowed = facts.eligible_categories
    real = {spending.category for spending in facts.really_counted}
    if allowed:
        planned = {line.category for line in facts.budget}
        other, beyond = sorted(real - allowed.keys()), sorted(planned - allowed.keys())
        named = Computation(
            "eligible_categories",
            Unit.text,
            "every category spent and planned is one that the rules name as eligible",
            {
                "spent_on_others": ", ".join(other) or None,
                "planned_for_others": ", ".join(beyond) or None,
                **{f"eligible_{name}": allowed[name] for name in sorted(allowed)},
            },
        )
        status = FigureStatus.review if beyond else FigureStatus.ok
        yield named.gives(", ".join(sorted(allowed)), FigureStatus.breach if other else status)
    for rule in facts.rules.values():
        if rule.parameter is Parameter.ineligible_cost and rule.text is not None:
            charged = rule.scope in real or (rule.scope is None and bool(real))
            excluded = Computation(
                "ineligible_cost",
                Unit.text,
                "not in what is charged",
                {"ineligible_cost": rule},
                scope=rule.scope,
            )
            yield excluded.gives(rule.text, FigureStatus.review if charged else FigureStatus.ok)


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
