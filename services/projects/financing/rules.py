"""Shares and sources against the rates of the programme: pure functions over exact decimals.

Sources: ANBest-P Nr. 1.2 (Nebenbestimmungen zur Projektförderung), the programme's own rates.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.contracts.projects.grants import Financing
from services.projects.allocation.rules import CENT
from services.projects.computing import (
    HUNDRED,
    Computation,
    Given,
    euros,
    judged,
    known,
    law,
    missing,
    ratio,
)

OWN = ("own", "municipal")
"""Sources that are the municipality's own money."""
FULL_FINANCING = law("ANBest-P Nr. 1.2", "Allgemeine Nebenbestimmungen zur Projektförderung")


def share(
    source: str,
    granted: Decimal | None,
    eligible: Decimal | None,
    limit: Rule | None,
    usual: Rule | None = None,
) -> Figure:
    """The share of a source in the eligible cost, against the highest rate of the programme.

    A source may be rounded up to the next cent. Where the programme says what it pays as a rule
    (in der Regel), more is for review. Without a rate nothing is judged; own money has none.
    """
    free = limit is None and source.partition(".")[0] in OWN
    rates: dict[str, Given] = {} if free else {"max_rate": limit or (None, Unit.percent)}
    if usual is not None:
        rates = {**({} if limit is None else rates), "regular_rate": usual}
    rate = Computation(
        "share",
        Unit.percent,
        " <= ".join(["granted / eligible_cost", *reversed(rates)]),
        {"granted": euros(granted), "eligible_cost": euros(eligible), **rates},
        scope=source,
    )
    if granted is None or eligible is None:
        return rate.lacks(Reason.no_amount)
    if eligible == 0:
        return rate.lacks(Reason.nothing_to_divide)
    status = FigureStatus.ok if free else FigureStatus.unknown
    if limit is not None and limit.value is not None:
        status = judged(within(granted, eligible, limit.value))
    if usual is not None and usual.value is not None and status is not FigureStatus.breach:
        kept = within(granted, eligible, usual.value)
        status = FigureStatus.ok if kept else FigureStatus.review
    return rate.gives(ratio(granted * HUNDRED, eligible), status)


def within(amount: Decimal, whole: Decimal, rate: Decimal) -> bool:
    """Is it at most the part that the rate says, rounded up to the next cent?"""
    return Fraction(amount) < _part(whole, rate) + Fraction(CENT)


def reaches(amount: Decimal, whole: Decimal, rate: Decimal) -> bool:
    """Is it at least the part that the rate says, rounded down to the cent below?"""
    return Fraction(amount) > _part(whole, rate) - Fraction(CENT)


def cofinancing(
    source: str, planned: Decimal | None, granted: Decimal | None, rate: Rule
) -> Figure:
    """What somebody must add to the grant, in per cent of it (Mitfinanzierung, Ko-Finanzierung);
    it may be rounded down to the cent below."""
    part = Computation(
        "cofinancing",
        Unit.percent,
        "planned / granted >= cofinancing_rate",
        {"planned": euros(planned), "granted": euros(granted), "cofinancing_rate": rate},
        scope=source,
    )
    return _at_least(part, planned, granted, rate.value)


def _at_least(
    part: Computation, amount: Decimal | None, whole: Decimal | None, rate: Decimal | None
) -> Figure:
    if amount is None or whole is None or rate is None:
        return part.lacks(Reason.no_amount)
    if whole == 0:
        return part.lacks(Reason.nothing_to_divide)
    return part.gives(ratio(amount * HUNDRED, whole), judged(reaches(amount, whole, rate)))


def not_too_small(amount: Decimal | None, limit: Rule) -> Figure:
    """Is the grant, or what the scope of the limit names (`eligible_cost`), not below the least
    that the programme is there for (Bagatellgrenze)?"""
    name = limit.scope or "granted"
    least = Computation(
        "minimum_amount",
        Unit.euro,
        f"{name} >= minimum_amount",
        {name: euros(amount), "minimum_amount": limit},
        scope=limit.scope,
    )
    if amount is None or limit.value is None:
        return least.lacks(Reason.no_amount)
    return least.gives(amount, judged(amount >= limit.value))


def not_too_large(amount: Decimal | None, limit: Rule) -> Figure:
    """Is the grant not above the most that the programme pays?"""
    most = Computation(
        "maximum_amount",
        Unit.euro,
        "granted <= maximum_amount",
        {"granted": euros(amount), "maximum_amount": limit},
    )
    if amount is None or limit.value is None:
        return most.lacks(Reason.no_amount)
    return most.gives(amount, judged(amount <= limit.value))


def own_share(own: Decimal | None, eligible: Decimal | None, least: Rule) -> Figure:
    """What the grantee adds of its own, in per cent of the eligible cost (Eigenanteil); it may be
    rounded down to the cent below."""
    part = Computation(
        "own_share",
        Unit.percent,
        "own / eligible_cost >= own_share",
        {"own": euros(own), "eligible_cost": euros(eligible), "own_share": least},
    )
    return _at_least(part, own, eligible, least.value)


def kind_of(financing: Financing, usual: Rule) -> Figure:
    """The kind of financing, against that of the programme: another one is for review, since the
    notice may say so."""
    kind = Computation(
        "financing",
        Unit.text,
        "financing = financing of the programme",
        {"financing": financing.value, "programme": usual},
    )
    same = usual.text == financing.value
    return kind.gives(financing.value, FigureStatus.ok if same else FigureStatus.review)


def uncovered(total: Decimal | None, sources: Sequence[Decimal | None]) -> Figure:
    """What the sources leave open of the total cost; in order only at zero, to the cent."""
    paid = None if missing(*sources) else known(sources)
    left = Computation(
        "uncovered",
        Unit.euro,
        "total_cost - sources = 0",
        {"total_cost": euros(total), "sources": euros(paid)},
        law=[FULL_FINANCING],
    )
    if total is None or paid is None:
        return left.lacks(Reason.no_amount)
    return left.gives(total - paid, judged(total == paid))


def _part(whole: Decimal, rate: Decimal) -> Fraction:
    return Fraction(whole) * Fraction(rate) / 100
