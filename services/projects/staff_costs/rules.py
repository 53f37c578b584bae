"""What staff may cost: pure functions over exact decimals, grades and days.

Pay at most that of the grade, the lump for social security, no better grade than comparable staff
of the state (Besserstellungsverbot, ANBest-P Nr. 1.3).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.projects.computing import (
    Computation,
    Given,
    euros,
    judged,
    known,
    law,
    months_between,
    on,
    rounded,
    stretches,
)

COMPARATOR = law("ANBest-P Nr. 1.3", "Thüringer Landesverwaltungsamt", verified=True)
_GRADE = re.compile(
    r"(?:TV-?L|TVÖD|TVOED)?\s*(EG|E|S|P|A|B)?\s*(\d{1,2})\s*([ABCÜ]?)", re.IGNORECASE
)


@dataclass(frozen=True)
class Pay:
    """What somebody is paid for some time: full-time pay of a month, and how much of it counts."""

    starts_on: date
    ends_on: date
    monthly: Decimal | None
    fte: Decimal
    share: Decimal
    """Per cent of the working time that is for the project."""
    grade: str | None = None
    step: int | None = None
    liable: Decimal | None = None
    """What of full-time pay of a month is liable to the supplementary pension."""


def eligible_pay(pays: Sequence[Pay], table: Sequence[Rule]) -> Figure:
    """Pay that may be charged: actual pay, at most that of the grade on each day.

    `table` holds the recognised monthly pay by grade and step (`E13.3`, or `E13` for every step);
    it may change within the time. Without a table actual pay counts; with a table, but without
    this grade in it, nothing is known. What single persons are paid is no input.
    """
    eligible = Computation(
        "eligible_pay",
        Unit.euro,
        "paid, for each staffing at most recognised_pay * fte * months in the project",
        {
            **_staffed(pays),
            "paid": euros(_sum_of((pay, pay.monthly) for pay in pays)),
            **{f"recognised_pay.{rule.scope}": rule for rule in _recognised(pays, table)},
        },
    )
    total = Fraction(0)
    for pay in pays:
        part = _eligible(pay, table)
        if isinstance(part, Reason):
            return eligible.lacks(part)
        total += part
    return eligible.gives(total)


def _eligible(pay: Pay, table: Sequence[Rule]) -> Fraction | Reason:
    if pay.monthly is None:
        return Reason.no_pay
    if table and pay.grade is None:
        return Reason.no_grade
    total = Fraction(0)
    for first, last in stretches(table, pay.starts_on, pay.ends_on):
        held = cap(table, pay.grade, pay.step, first)
        if table and (held is None or held.value is None):
            return Reason.no_rule
        monthly = min(pay.monthly, held.value) if held and held.value is not None else pay.monthly
        total += Fraction(monthly) * months_between(first, last)
    return total * Fraction(pay.fte) * Fraction(pay.share) / 100


def social_security(pays: Sequence[Pay], rates: Sequence[Rule]) -> Figure:
    """The lump for the employer's social security: pension-liable pay (zusatzversorgungspflichtiges
    Entgelt) by the rate of each day."""
    turns_of = {
        first: on(rates, first)
        for pay in pays
        for first, _ in stretches(rates, pay.starts_on, pay.ends_on)
    }
    held = list(dict.fromkeys(rule for _, rule in sorted(turns_of.items()) if rule is not None))
    lump = Computation(
        "social_security",
        Unit.euro,
        "pension_liable_pay * social_security_rate, by days where rates differ",
        {
            **_staffed(pays),
            "pension_liable_pay": euros(_sum_of((pay, pay.liable) for pay in pays)),
            **{f"social_security_rate.{rule.starts_on or 'first'}": rule for rule in held},
        },
    )
    total = Fraction(0)
    for pay in pays:
        if pay.liable is None:
            return lump.lacks(Reason.no_pay)
        for first, last in stretches(rates, pay.starts_on, pay.ends_on):
            rate = on(rates, first)
            if rate is None or rate.value is None:
                return lump.lacks(Reason.no_rule)
            months = months_between(first, last) * Fraction(pay.fte) * Fraction(pay.share) / 100
            total += Fraction(pay.liable) * months * Fraction(rate.value) / 100
    return lump.gives(total)


def staff_cost(pay: Figure, lump: Figure, charged: Decimal, *by_hours: Figure) -> Figure:
    """What staff may cost by the day, by pay and by hours; for review when more was charged."""
    parts = (pay, lump, *by_hours)
    cost = Computation(
        "staff_cost",
        Unit.euro,
        f"{' + '.join(part.key for part in parts)} >= charged",
        {**{part.key: part for part in parts}, "charged": euros(charged)},
    )
    for figure in parts:
        if not isinstance(figure.value, Decimal):
            return cost.lacks(figure.reason or Reason.no_pay)
    total = known(part.known for part in parts)
    return cost.gives(total, FigureStatus.review if charged > total else FigureStatus.ok)


def grade_kept(grade: str | None, lowest: Rule | None, highest: Rule | None) -> Figure:
    """Is the grade within those of the programme (Besserstellungsverbot)?

    Grades of other tables (S, P, A) cannot be compared and are for review. A limit without a
    letter takes in all its letters (E 9 is E 9a and E 9b), but not the higher one with Ü.
    """
    kept = Computation(
        "grade",
        Unit.text,
        "lowest_grade <= grade <= highest_grade",
        {"grade": grade, "lowest_grade": lowest, "highest_grade": highest},
        law=[COMPARATOR],
    )
    if grade is None:
        return kept.lacks(Reason.no_grade)
    limits = [(rule, sign) for rule, sign in ((lowest, 1), (highest, -1)) if rule is not None]
    if not limits:
        return kept.gives(grade, FigureStatus.unknown)
    found = [_compared(grade, rule.text or "") for rule, _ in limits]
    if any(order is None for order in found):
        return kept.gives(grade, FigureStatus.review)
    within = all((order or 0) * sign >= 0 for order, (_, sign) in zip(found, limits, strict=True))
    return kept.gives(grade, judged(within))


def cap(table: Sequence[Rule], grade: str | None, step: int | None, day: date) -> Rule | None:
    """The recognised monthly pay of a grade, of its step where the table says one."""
    if grade is None:
        return None
    name = re.sub(r"\s", "", grade)
    by_step = on(table, day, f"{name}.{step}") if step is not None else None
    return by_step or on(table, day, name)


def _recognised(pays: Sequence[Pay], table: Sequence[Rule]) -> list[Rule]:
    found = [cap(table, pay.grade, pay.step, pay.starts_on) for pay in pays]
    return list(dict.fromkeys(rule for rule in found if rule is not None))


def _sum_of(pays: Iterable[tuple[Pay, Decimal | None]]) -> Decimal | None:
    """What is paid by the month over the time and for the part that counts; of all together."""
    total = Fraction(0)
    for pay, monthly in pays:
        if monthly is None:
            return None
        months = months_between(pay.starts_on, pay.ends_on) * Fraction(pay.fte)
        total += Fraction(monthly) * months * Fraction(pay.share) / 100
    return rounded(total, Unit.euro)


def _staffed(pays: Sequence[Pay]) -> Mapping[str, Given]:
    months = (months_between(pay.starts_on, pay.ends_on) * Fraction(pay.fte) for pay in pays)
    whole = rounded(sum(months, Fraction(0)), Unit.months)
    return {"staffings": len(pays), "fte_months": (whole, Unit.months)}


def _compared(grade: str, limit: str) -> int | None:
    """Below the limit (-1), at it (0), above it (1); None when they cannot be compared."""
    mine, other = _GRADE.fullmatch(grade.strip()), _GRADE.fullmatch(limit.strip())
    if mine is None or other is None:
        return None
    tables = [(m[1] or "E").upper().replace("EG", "E") for m in (mine, other)]
    if tables[0] != tables[1]:
        return None
    numbers = int(mine[2]), int(other[2])
    letters = mine[3].upper(), other[3].upper()
    if numbers[0] != numbers[1]:
        return 1 if numbers[0] > numbers[1] else -1
    if not letters[1] and letters[0] != "Ü":
        return 0
    order = [" ABCÜ".find(letter or " ") for letter in letters]
    return (order[0] > order[1]) - (order[0] < order[1])
