"""The difference of two notices, one entry for each thing: pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from services.contracts.projects.notices import NewNotice, NoticeDifference
from services.contracts.projects.terms import (
    BudgetLine,
    FinancingSource,
    NoticeCondition,
    PartnerBudget,
    RuleOverride,
)


class _Word(NamedTuple):
    german: str
    english: str


_FIELDS = {
    "starts_on": _Word("Beginn", "First day"),
    "ends_on": _Word("Ende", "Last day"),
    "eligible_cost": _Word("Zuwendungsfähige Gesamtausgaben", "Eligible cost"),
    "amount": _Word("Zuwendung", "Grant"),
    "rate": _Word("Fördersatz in Prozent", "Rate in per cent"),
    "financing": _Word("Finanzierungsart", "Kind of financing"),
    "reference": _Word("Aktenzeichen", "File reference"),
}
_SOURCES = _Word("Finanzierungsplan", "Financing plan")
_BUDGET = _Word("Kostenplan", "Budget")
_PARTNERS = _Word("Teilbudget", "Budget of a partner")
_SOURCE_RATE = _Word("Fördersatz einer Quelle in Prozent", "Rate of a source in per cent")
_PARTNER_AMOUNT = _Word("Zuwendungsanteil eines Partners", "Part of the grant of a partner")
_OVERRIDES = _Word("Abweichung von der Richtlinie", "Deviation from the rules")
_CONDITIONS = _Word("Auflage", "Condition")
_UNKNOWN = "?"
"""Of a source that is in the plan without an amount."""

Place = tuple[str, ...]
Value = Decimal | str | None
Said = Mapping[Place, tuple[_Word, Value]]
"""What a notice says: place -> word for it and value."""


def changes(before: NewNotice, after: NewNotice) -> list[NoticeDifference]:
    """What `after` says otherwise than `before`, in the order of the fields."""
    old, new = dict(_said(before)), dict(_said(after))
    return [
        _change(place, old, new)
        for place in _both(old, new)
        if _value(old, place) != _value(new, place)
    ]


def _both(old: Said, new: Said) -> list[Place]:
    order = [*_FIELDS, "sources", "budget_lines", "partner_budgets", "overrides", "conditions"]
    return sorted({*old, *new}, key=lambda place: (order.index(place[0]), place))


def _value(said: Said, place: Place) -> Value:
    return said[place][1] if place in said else None


def _change(place: Place, old: Said, new: Said) -> NoticeDifference:
    word, _ = new.get(place) or old[place]
    before, after = _value(old, place), _value(new, place)
    about = place[1:-1] if word in (_SOURCE_RATE, _PARTNER_AMOUNT) else place[1:]
    named = ", ".join(part for part in about if part != "-")
    between = ": " if named else ""
    return NoticeDifference(
        pointer="/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in place),
        label={
            "de": f"{word.german}{between}{named}"[:300],
            "en": f"{word.english}{between}{named}"[:300],
        },
        before=None if before is None else str(before),
        after=None if after is None else str(after),
        difference=_difference(word, place, before, after),
    )


def _difference(word: _Word, place: Place, before: Value, after: Value) -> Decimal | None:
    """Of amounts. What is not in the plan is nothing; what is there and not known is not."""
    money = place[0] in ("eligible_cost", "amount", "sources", "budget_lines", "partner_budgets")
    if not money or word is _SOURCE_RATE or _UNKNOWN in (before, after):
        return None
    if word is _PARTNER_AMOUNT and None in (before, after):
        return None
    return _number(after) - _number(before)


def _number(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal("0.00")


def _said(notice: NewNotice) -> Iterator[tuple[Place, tuple[_Word, Value]]]:
    for name, word in _FIELDS.items():
        value = getattr(notice, name)
        yield (name,), (word, value if isinstance(value, Decimal | None) else str(value))
    yield from _numbered(_SOURCES, "sources", [_source(one) for one in notice.sources])
    rates = [(_source(one)[0], one.rate) for one in notice.sources]
    yield from _numbered(_SOURCE_RATE, "sources", rates, "rate")
    yield from _numbered(_BUDGET, "budget_lines", [_line(one) for one in notice.budget_lines])
    yield from _numbered(
        _PARTNERS, "partner_budgets", [_partner(o) for o in notice.partner_budgets]
    )
    parts = [(_partner(one)[0], one.amount) for one in notice.partner_budgets]
    yield from _numbered(_PARTNER_AMOUNT, "partner_budgets", parts, "amount")
    yield from _numbered(_OVERRIDES, "overrides", [_override(one) for one in notice.overrides])
    yield from _numbered(_CONDITIONS, "conditions", [_condition(one) for one in notice.conditions])


def _numbered(
    word: _Word, field: str, entries: Sequence[tuple[Place, Value]], *part: str
) -> Iterator[tuple[Place, tuple[_Word, Value]]]:
    """Entries that are about the same are told apart by their number."""
    seen: dict[Place, int] = {}
    for about, value in entries:
        seen[about] = seen.get(about, 0) + 1
        again = (str(seen[about]),) if seen[about] > 1 else ()
        yield (field, *about, *again, *part), (word, value)


def _source(one: FinancingSource) -> tuple[Place, Value]:
    return (one.kind.value, one.organisation or "-", str(one.year or "-")), (
        _UNKNOWN if one.amount is None else one.amount
    )


def _line(one: BudgetLine) -> tuple[Place, Value]:
    return (one.category.value, str(one.year or "-")), one.amount


def _partner(one: PartnerBudget) -> tuple[Place, Value]:
    return (one.organisation,), one.eligible_cost


def _override(one: RuleOverride) -> tuple[Place, Value]:
    said = one.text if one.value is None else f"{one.value.normalize():f}"
    said = f"{said} {one.unit}" if one.unit else said
    return (one.parameter.value, one.scope or "-"), f"{said} ({one.clause})"


def _condition(one: NoticeCondition) -> tuple[Place, Value]:
    due = f" (bis {one.due_on:%d.%m.%Y})" if one.due_on else ""
    return (one.clause or one.text["de"],), f"{one.text['de']}{due}"
