"""May an expenditure be charged to a grant? Pure functions over days and exact decimals.

Every condition is a figure of its own (yes, no, unknown), so that a refusal can be explained.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.projects.computing import Computation, euros, law

YES, NO = "yes", "no"
WINDOW = law("Zuwendungsbescheid", "Bewilligungszeitraum")
EARLY = law("VV Nr. 1.3 zu § 44 LHO", "vorzeitiger Maßnahmebeginn")
DOUBLE = law("Verbot der Doppelförderung", "Art. 63 Abs. 9 Verordnung (EU) 2021/1060")
VOUCHERS = law("ANBest-P Nr. 6", "Belege zum Verwendungsnachweis")
PLAN = law("ANBest-P Nr. 1.2", "Verbindlichkeit des Finanzierungsplans")
_EVIDENCE = Computation("evidence", Unit.text, "a voucher is attached", {}, law=[VOUCHERS])
TAX = law("ANBest-P Nr. 6", "Umsatzsteuer nach § 15 UStG")


@dataclass(frozen=True)
class Expense:
    """An expenditure (Ausgabe); null is not known."""

    invoice_date: date | None
    payment_date: date | None
    category: str | None
    net: Decimal | None
    vat: Decimal | None
    vat_recoverable: bool | None
    shares: Sequence[Decimal] = (Decimal(100),)
    """Per cent charged to each grant; the first is the one that is asked about."""
    evidence: bool = False


@dataclass(frozen=True)
class Window:
    """When and for what a grant pays; null is not known."""

    starts_on: date | None
    ends_on: date | None
    pay_until: date | None = None
    """Last day of payments; null is the last day of the period."""
    final: Rule | None = None
    """Last day of the programme (`final_expenditure`)."""
    categories: Collection[str] | None = None
    """Categories of the plan; null is not known."""
    allowed: Mapping[str, Rule] = field(default_factory=dict)
    """Categories that the rules say are eligible; empty where no rule says any."""
    approved_on: date | None = None
    early_start: Rule | None = None
    """Was an early start allowed (vorzeitiger Maßnahmebeginn), and by which clause?"""


Condition = tuple[Computation, bool | Reason]
"""What is asked, and the answer, or why there is none."""


def conditions(expense: Expense, window: Window) -> list[Figure]:
    """Every condition of eligibility: is it met?"""
    return [_figure(asked, met) for asked, met in _conditions(expense, window)]


def broken(expense: Expense, window: Window) -> list[str]:
    """The conditions that are not met, by their keys; without figures, for many expenditures."""
    return [asked.key for asked, met in _conditions(expense, window) if met is False]


def _figure(asked: Computation, met: bool | Reason) -> Figure:
    if isinstance(met, Reason):
        return asked.lacks(met)
    return asked.gives(YES if met else NO, FigureStatus.ok if met else FigureStatus.breach)


def _conditions(expense: Expense, window: Window) -> list[Condition]:
    until = window.pay_until or window.ends_on
    return [
        _between("invoice_in_period", expense.invoice_date, window.starts_on, window.ends_on),
        _between("payment_in_period", expense.payment_date, window.starts_on, until),
        _before_final(expense.payment_date, window.final),
        _begun_after_approval(expense, window),
        _not_double_funded(expense.shares),
        _category(expense.category, window.categories),
        _allowed(expense.category, window.allowed),
        (_EVIDENCE, expense.evidence),
    ]


def eligible_amount(expense: Expense, window: Window) -> Figure:
    """What of an expenditure counts: the grant's share of the net amount, and of the tax only where
    nobody gives it back. Nothing counts when a condition is not met; when one is not known, the
    amount is not known either."""
    met = conditions(expense, window)
    charged = None
    if expense.net is not None:
        charged = expense.net if expense.vat_recoverable else _gross(expense)
    amount = Computation(
        "eligible_amount",
        Unit.euro,
        "(net + vat if not recoverable) * share if all conditions are met",
        {
            "net": euros(expense.net),
            "vat": euros(expense.vat),
            "vat_recoverable": _word(expense.vat_recoverable),
            "share": (expense.shares[0] if expense.shares else None, Unit.percent),
            "invoice_date": expense.invoice_date,
            "payment_date": expense.payment_date,
            "first": window.starts_on,
            "last": window.ends_on,
            "approved_on": window.approved_on,
            "category": expense.category,
            **{condition.key: condition for condition in met},
        },
        law=[TAX],
    )
    if any(condition.status is FigureStatus.breach for condition in met):
        return amount.gives(Decimal(0), FigureStatus.breach)
    open_ = [c.reason or Reason.no_rule for c in met if c.status is FigureStatus.unknown]
    if open_:
        return amount.lacks(open_[0])
    if charged is None or not expense.shares or expense.vat_recoverable is None:
        return amount.lacks(Reason.no_amount)
    return amount.gives(Fraction(charged) * Fraction(expense.shares[0]) / 100)


def _gross(expense: Expense) -> Decimal | None:
    if expense.net is None or expense.vat is None:
        return None
    return expense.net + expense.vat


def _word(answer: bool | None) -> str | None:
    return None if answer is None else YES if answer else NO


def _between(key: str, day: date | None, first: date | None, last: date | None) -> Condition:
    found = Computation(
        key,
        Unit.text,
        "first <= day <= last",
        {"day": day, "first": first, "last": last},
        law=[WINDOW],
    )
    if day is not None and ((first and day < first) or (last and day > last)):
        return found, False
    return found, Reason.no_date if None in (day, first, last) else True


def _before_final(day: date | None, final: Rule | None) -> Condition:
    found = Computation(
        "payment_before_final_day",
        Unit.text,
        "payment_date <= final_expenditure",
        {"payment_date": day, "final_expenditure": final},
    )
    if final is None or final.text is None:
        return found, True
    if day is None:
        return found, Reason.no_date
    return found, day <= date.fromisoformat(final.text)


def _begun_after_approval(expense: Expense, window: Window) -> Condition:
    found = Computation(
        "begun_after_approval",
        Unit.text,
        "invoice_date >= approved_on or early start allowed",
        {
            "invoice_date": expense.invoice_date,
            "approved_on": window.approved_on,
            "early_start": window.early_start,
        },
        law=[EARLY] if window.early_start is None else [],
    )
    if window.early_start is not None and window.early_start.text == YES:
        return found, True
    if window.approved_on is None or expense.invoice_date is None:
        return found, Reason.no_date
    return found, expense.invoice_date >= window.approved_on


def _not_double_funded(shares: Sequence[Decimal]) -> Condition:
    total = sum(shares, Decimal(0))
    found = Computation(
        "not_double_funded",
        Unit.text,
        "sum of shares <= 100 %",
        {"shares": (total, Unit.percent)},
        law=[DOUBLE],
    )
    return found, total <= 100


def _category(category: str | None, planned: Collection[str] | None) -> Condition:
    found = Computation(
        "category_in_plan",
        Unit.text,
        "category is in the plan",
        {"category": category, "plan": None if planned is None else ", ".join(sorted(planned))},
        law=[PLAN],
    )
    if category is None or planned is None:
        return found, Reason.no_plan
    return found, category in planned


def _allowed(category: str | None, allowed: Mapping[str, Rule]) -> Condition:
    """Is it of a category that the rules name? What a rule names closes the list: the notice opens
    it again by naming one more. Where no rule names any, none is refused."""
    found = Computation(
        "category_allowed",
        Unit.text,
        "category is one that the rules name as eligible",
        {"category": category, **{f"eligible_{name}": allowed[name] for name in sorted(allowed)}},
    )
    if not allowed:
        return found, True
    return found, Reason.no_plan if category is None else category in allowed
