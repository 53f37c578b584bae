"""What a facility may be, and where: pure functions."""

import re
from dataclasses import dataclass
from datetime import date

from services.contracts.indicators.facilities import NewFacility
from services.kit.problems import Invalid

_NUMBER = r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,12})?"
_NEAR = re.compile(rf"\s*({_NUMBER})\s*,\s*({_NUMBER})\s*")


@dataclass(frozen=True)
class Near:
    """A place and how far around it is looked, in metres."""

    longitude: float
    latitude: float
    radius: int | None


def near(text: str, radius: int | None) -> Near:
    """Read `longitude,latitude`; refuses anything else."""
    found = _NEAR.fullmatch(text)
    if found:
        longitude, latitude = float(found[1]), float(found[2])
        if abs(longitude) <= 180 and abs(latitude) <= 90:
            return Near(longitude, latitude, radius)
    detail = "Write longitude,latitude in degrees: 11.6,50.89."
    raise Invalid(detail, parameter="near", code="position")


def check_capacity(new: NewFacility, today: date) -> None:
    """Refuse places of a day to come that are not said to be a forecast."""
    for n, entry in enumerate(new.capacity):
        if entry.valid_from > today and not entry.forecast:
            raise Invalid(
                f"{entry.valid_from} is to come, so its places are a forecast.",
                pointer=f"/capacity/{n}/forecast",
                code="forecast",
            )
