"""Whether a figure is what somebody says it is: pure functions."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from services.contracts.boards.evidences import NewEvidence
from services.contracts.indicators.observations import Observations
from services.contracts.shared.base import Texts
from services.contracts.shared.problems import Fault


@dataclass(frozen=True)
class Proven:
    """A figure as it is published."""

    value: Decimal
    release: int
    name: Texts
    unit: Texts


def proven(new: NewEvidence, found: Observations | None, place: str) -> Proven | Fault:
    """The published figure that the evidence names, or what is wrong with it.

    A value is as published, or rounded as the indicator is printed. What is hidden, missing or
    for the administration alone proves nothing.
    """
    figures = list(_values(new, found)) if found else []
    if found is None or found.release is None or not figures:
        return Fault(pointer=place, code="no-figure", detail="No such figure is published.")
    published = figures[0]
    if published is None:
        return Fault(pointer=place, code="no-value", detail="The figure is hidden or has no value.")
    words = found.indicators[new.indicator]
    if new.value is not None and new.value not in _readings(published, words.decimals):
        detail = "Another value is published."
        return Fault(pointer=f"{place}/value", code="differs", detail=detail)
    return Proven(published, found.release, words.name, words.unit)


def _values(new: NewEvidence, found: Observations) -> Iterator[Decimal | None]:
    columns = found.columns
    named = zip(
        columns.indicator,
        columns.area,
        columns.period,
        columns.breakdown,
        columns.value,
        strict=True,
    )
    for *of, value in named:
        if of == [new.indicator, new.area, new.period, new.breakdown]:
            yield value


def _readings(published: Decimal, decimals: int) -> set[Decimal]:
    step = Decimal(1).scaleb(-decimals)
    return {
        published,
        published.quantize(step, ROUND_HALF_UP),
        published.quantize(step, ROUND_HALF_EVEN),
    }
