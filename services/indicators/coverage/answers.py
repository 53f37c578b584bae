"""Coverage as it is answered: columns, or a table."""

import csv
import io

from services.contracts.indicators.coverage import (
    Coverage,
    CoverageColumns,
    CoverageTotal,
    Unassigned,
    UnassignedFacility,
)
from services.contracts.indicators.values import marker_of
from services.contracts.shared.base import Language
from services.indicators.coverage.queries import Asked
from services.indicators.coverage.rules import Sum
from services.indicators.coverage.spreading import Cover, Covered
from services.kit import writing

_HEADER = (
    "area",
    "area_name",
    "facilities",
    "places",
    "need",
    "need_period",
    "places_per_100",
    "reason",
    "rank",
    "nearest",
    "nearest_facility",
    "schematic",
)
_FORMULA = ("=", "+", "@", "-", "\t", "\r")


def in_columns(asked: Asked, covered: Covered) -> Coverage:
    """One entry for each area."""
    basis, covers = covered.basis, covered.areas
    sums = [one.sum for one in covers]
    unassigned = [
        UnassignedFacility(facility=site.key, reason="outside" if site.position else "no_location")
        for site, _ in covered.unassigned
    ]
    return Coverage(
        release=basis.release,
        kind=asked.kind,
        level=asked.level,
        on=asked.on,
        need_indicator=basis.indicator,
        need_breakdown=basis.breakdown,
        need_period=basis.period,
        need_provisional=basis.provisional,
        columns=CoverageColumns(
            area=[row.area for row in basis.areas],
            facilities=[one.facilities if one else None for one in sums],
            places=[one.places if one else None for one in sums],
            places_known=[one.known if one else None for one in sums],
            forecast=[bool(one and one.forecast) for one in sums],
            need=[one.need.value if one.need else None for one in covers],
            need_status=[one.need.status if one.need else None for one in covers],
            places_per_100=[one.rate.value for one in covers],
            reason=[one.rate.reason for one in covers],
            rank=covered.ranks,
            nearest=[one.nearest.metres for one in covers],
            nearest_facility=[one.nearest.facility for one in covers],
            nearest_outside=[one.nearest.outside for one in covers],
            schematic=[row.schematic for row in basis.areas],
        ),
        unassigned=Unassigned(
            facilities=unassigned,
            places=covered.outside.places,
            places_known=covered.outside.known,
        ),
        total=CoverageTotal(
            facilities=covered.total.facilities,
            places=covered.total.places,
            places_known=covered.total.known,
            forecast=covered.total.forecast,
            need=covered.need,
            places_per_100=covered.rate.value,
        ),
    )


def as_csv(covered: Covered, language: Language) -> str:
    """One line for each area, then what is not assigned and the total.

    A figure of the target group that is not there is its sign (Wertzeichen).
    """
    target = io.StringIO()
    table = csv.writer(target)
    table.writerow(_HEADER)
    for row, one, rank in zip(covered.basis.areas, covered.areas, covered.ranks, strict=True):
        name = writing.text(row.name, language)
        first = [row.area, _cell(name), *_sum(one.sum), _need(one), covered.basis.period]
        last = [one.nearest.metres, one.nearest.facility, str(row.schematic).lower()]
        table.writerow([*first, one.rate.value, one.rate.reason, rank, *last])
    table.writerow(["", "unassigned", *_sum(covered.outside), *[None] * 8])
    need, period = covered.need, covered.basis.period
    rate = covered.rate
    total = ["", "total", *_sum(covered.total), need, period, rate.value, rate.reason]
    table.writerow([*total, *[None] * 4])
    return target.getvalue()


def _sum(found: Sum | None) -> list[int | None]:
    return [found.facilities, found.places] if found else [None, None]


def _need(one: Cover) -> object:
    if one.need is None:
        return None
    return marker_of(one.need.status) if one.need.value is None else one.need.value


def _cell(text: str) -> str:
    """A name that a spreadsheet would run as a formula begins with an apostrophe (OWASP)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
