"""What there is for whom: pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_UP, Context, Decimal
from typing import Any, NamedTuple

from services.contracts.indicators.coverage import NoRate
from services.contracts.indicators.facilities import FacilityState
from services.contracts.indicators.values import ValueStatus

_CALCULATION = Context(prec=40)
_HIDDEN = frozenset({ValueStatus.confidential, ValueStatus.unknown})
_PER = Decimal(100)
_RADIUS = 6_371_008.8  # mean radius of the earth in metres (IUGG)


class Site(NamedTuple):
    """A facility as coverage needs it."""

    key: str
    state: str
    starts_on: date | None
    ends_on: date | None
    capacity: Sequence[Mapping[str, Any]]
    position: tuple[float, float] | None


class Offer(NamedTuple):
    """What a facility offers on a day; `places` None where it is not known."""

    places: int | None
    forecast: bool


class Need(NamedTuple):
    """The published number of people in the target group of an area."""

    value: Decimal | None
    status: ValueStatus


class Rate(NamedTuple):
    """Places per 100 of the target group, or why there is no such rate."""

    value: Decimal | None
    reason: NoRate | None


@dataclass
class Sum:
    """Facilities and their places, summed up."""

    facilities: int = 0
    known: int = 0
    unknown: int = 0
    forecast: bool = False

    def add(self, offer: Offer) -> None:
        """Count one more."""
        self.facilities += 1
        self.known += offer.places or 0
        self.unknown += offer.places is None
        self.forecast |= offer.forecast

    @property
    def places(self) -> int | None:
        """All places; None where those of a facility are not known."""
        return None if self.unknown else self.known


def offer_on(site: Site, on: date, today: date) -> Offer | None:
    """What the facility offers on the day; None if it is not open then.

    A planned facility counts from its first day on where that is still to come. A paused one does
    not count, and a closed one only up to its last day if that is known.
    """
    state = FacilityState(site.state)
    if state is FacilityState.paused or (site.starts_on and on < site.starts_on):
        return None
    if site.ends_on is not None and on > site.ends_on:
        return None
    if state is FacilityState.closed and site.ends_on is None:
        return None
    planned = state is FacilityState.planned
    if planned and (site.starts_on is None or on <= today):
        return None
    begun = [entry for entry in site.capacity if date.fromisoformat(entry["valid_from"]) <= on]
    last: Mapping[str, Any] = begun[-1] if begun else {"places": None, "forecast": False}
    return Offer(last["places"], planned or last["forecast"])


def rate(places: int | None, need: Need | None) -> Rate:
    """Places per 100 of the published target group.

    The target group is what everybody may see of it, so the rate tells nothing that it does not.
    It has no more digits than the group has people: one step of the last digit is at least one
    person, as in the disclosure control of rates; groups below ten leave no digit.
    """
    if need is None:
        return Rate(None, NoRate.need_missing)
    if need.value is None:
        hidden = need.status in _HIDDEN
        return Rate(None, NoRate.need_hidden if hidden else NoRate.need_missing)
    if need.value <= 0:
        return Rate(None, NoRate.nobody_in_need)
    decimals = _CALCULATION.divide(need.value, _PER).adjusted()
    if decimals < -1:
        return Rate(None, NoRate.too_few_in_need)
    if places is None:
        return Rate(None, NoRate.places_unknown)
    exact = _CALCULATION.divide(places * _PER, need.value)
    step = Decimal(1).scaleb(-min(decimals, 2))
    shown = exact.quantize(step, ROUND_HALF_EVEN, _CALCULATION)
    if exact and not shown:
        shown = exact.quantize(step, ROUND_UP, _CALCULATION)
    return Rate(shown.quantize(Decimal(1)) if decimals < 0 else shown, None)


def ranks(rates: Sequence[Decimal | None]) -> list[int | None]:
    """1 for the highest; equal rates share a rank and the next ones are left out."""
    known = sorted((rate for rate in rates if rate is not None), reverse=True)
    first: dict[Decimal, int] = {}
    for place, value in enumerate(known, 1):
        first.setdefault(value, place)
    return [None if value is None else first[value] for value in rates]


class Nearest(NamedTuple):
    """The nearest facility and how far it is, and the nearest that is not in the area."""

    metres: int | None = None
    facility: str | None = None
    outside: int | None = None


def nearest(
    points: Sequence[tuple[float, float] | None],
    sites: Sequence[Site],
    inside: Sequence[Iterable[str]],
) -> list[Nearest]:
    """For each point of an area the nearest of the sites; `inside` are those in the area.

    Metres on the sphere (haversine); of two equally far the one with the smaller key.
    """
    import numpy as np

    located = sorted((site for site in sites if site.position), key=lambda site: site.key)
    if not located:
        return [Nearest()] * len(points)
    there = np.radians(np.array([site.position for site in located]))
    place_of = {site.key: n for n, site in enumerate(located)}
    found = []
    for point, own in zip(points, inside, strict=True):
        if point is None:
            found.append(Nearest())
            continue
        longitude, latitude = np.radians(point)
        up = np.sin((there[:, 1] - latitude) / 2) ** 2
        along = np.sin((there[:, 0] - longitude) / 2) ** 2
        chord = up + np.cos(latitude) * np.cos(there[:, 1]) * along
        metres = 2 * _RADIUS * np.arcsin(np.sqrt(np.minimum(chord, 1)))
        first = int(np.argmin(metres))
        metres_outside = metres.copy()
        metres_outside[[place_of[key] for key in own if key in place_of]] = np.inf
        outside = metres_outside.min()
        found.append(
            Nearest(
                round(float(metres[first])),
                located[first].key,
                round(float(outside)) if np.isfinite(outside) else None,
            )
        )
    return found
