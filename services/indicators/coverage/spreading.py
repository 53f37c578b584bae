"""Coverage put together from all that it is computed from: pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.contracts.indicators.coverage import NoRate
from services.contracts.indicators.values import ValueStatus
from services.indicators.coverage.rules import (
    Nearest,
    Need,
    Offer,
    Rate,
    Site,
    Sum,
    nearest,
    offer_on,
    ranks,
    rate,
)


@dataclass(frozen=True)
class Basis:
    """All that coverage is computed from.

    `areas` have key (`area`), name, whether their shape is schematic, and a point inside it;
    `area_of` gives the area of each facility.
    """

    areas: Sequence[Any]
    sites: Sequence[Site]
    area_of: Mapping[str, str]
    indicator: str | None
    breakdown: str | None
    needs: Mapping[str, Need]
    period: str | None
    provisional: bool
    release: int | None


@dataclass(frozen=True)
class Cover:
    """What there is in an area; `sum` None where that is not known."""

    sum: Sum | None
    need: Need | None
    rate: Rate
    nearest: Nearest


@dataclass(frozen=True)
class Covered:
    """Coverage of each area in the order of the basis, of none, and of all."""

    basis: Basis
    areas: list[Cover]
    ranks: list[int | None]
    unassigned: list[tuple[Site, Offer]]
    outside: Sum
    total: Sum
    need: Decimal | None
    rate: Rate


def cover(basis: Basis, on: date, today: date) -> Covered:
    """Coverage on a day.

    An area without a shape has the facilities that are stated for it or its parts; as long as
    there are facilities of no area, nobody knows whether that is all, and it has no sum.
    """
    offers = [(s, offer) for s in basis.sites if (offer := offer_on(s, on, today)) is not None]
    keys = [row.area for row in basis.areas]
    sums, inside = {key: Sum() for key in keys}, {key: list[str]() for key in keys}
    outside, total, unassigned = Sum(), Sum(), []
    for site, offer in offers:
        total.add(offer)
        area = basis.area_of.get(site.key)
        if area in sums:
            sums[area].add(offer)
            inside[area].append(site.key)
        else:
            outside.add(offer)
            unassigned.append((site, offer))
    points = [(r.longitude, r.latitude) if r.longitude is not None else None for r in basis.areas]
    ways = nearest(points, [site for site, _ in offers], [inside[key] for key in keys])
    known = [point is not None or not unassigned for point in points]
    covers = [
        _cover(basis, key, sums[key] if sure else None, way)
        for key, sure, way in zip(keys, known, ways, strict=True)
    ]
    need = _all(covers)
    return Covered(
        basis,
        covers,
        ranks([one.rate.value for one in covers]),
        unassigned,
        outside,
        total,
        need,
        _total(basis, covers, total, need),
    )


def _cover(basis: Basis, area: str, found: Sum | None, way: Nearest) -> Cover:
    need = basis.needs.get(area)
    if basis.indicator is None:
        return Cover(found, None, Rate(None, NoRate.no_need_group), way)
    made = rate(found.places if found else None, need)
    if found is None and made.reason is NoRate.places_unknown:
        made = Rate(None, NoRate.areas_unknown)
    return Cover(found, need, made, way)


def _all(covers: Sequence[Cover]) -> Decimal | None:
    values = [one.need.value if one.need else None for one in covers]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def _total(basis: Basis, covers: Sequence[Cover], total: Sum, need: Decimal | None) -> Rate:
    if basis.indicator is None:
        return Rate(None, NoRate.no_need_group)
    if need is None:
        hidden = any(one.rate.reason is NoRate.need_hidden for one in covers)
        return Rate(None, NoRate.need_hidden if hidden else NoRate.need_missing)
    return rate(total.places, Need(need, ValueStatus.normal))
