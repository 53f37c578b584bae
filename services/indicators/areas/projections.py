"""Coordinates in metres, as the surveying offices keep them, turned into degrees.

The German offices use ETRS89 with UTM (zone 32, in the east 33). The inverse of the projection is
the series of Krüger in the third flattening (C. F. F. Karney, Transverse Mercator with an accuracy
of a few nanometers, J. Geod. 85 (2011)), here to its fourth order: right to a millimetre in the
zone and beside it. ETRS89 is taken for WGS84; they lie less than a metre apart.
"""

from collections.abc import Callable
from math import asin, atan2, cos, cosh, degrees, sin, sinh

Position = tuple[float, float]
Turn = Callable[[float, float], Position]

# EPSG: central meridian, false easting. 4647 and 5650 write the zone before the easting.
_SYSTEMS = {
    "25832": (9, 500_000),
    "25833": (15, 500_000),
    "4647": (9, 32_500_000),
    "5650": (15, 33_500_000),
}
_DEGREES = frozenset({"crs84", "4326", "wgs84"})
ACCEPTED = "WGS84 (CRS84, EPSG:4326) or ETRS89/UTM (EPSG:25832, 25833, 4647, 5650)"
_SCALE = 0.9996
_AXIS = 6_378_137.0
_FLATTENING = 1 / 298.257222101
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = _SCALE * _AXIS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BETA = (
    _N / 2 - 2 / 3 * _N**2 + 37 / 96 * _N**3 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 / 1440 * _N**4,
    17 / 480 * _N**3 - 37 / 840 * _N**4,
    4397 / 161_280 * _N**4,
)
_DELTA = (
    2 * _N - 2 / 3 * _N**2 - 2 * _N**3 + 116 / 45 * _N**4,
    7 / 3 * _N**2 - 8 / 5 * _N**3 - 227 / 45 * _N**4,
    56 / 15 * _N**3 - 136 / 35 * _N**4,
    4279 / 630 * _N**4,
)
_WIDEST, _SOUTH, _NORTH = 1_000_000, 3_900_000, 8_000_000
"""Metres beside the meridian and from the equator between which Europe lies."""
_DECIMALS = 9
"""A tenth of a millimetre."""


class OutsideError(ValueError):
    """Coordinates that the named system does not have in Europe: they are of another."""


def is_degrees(name: str) -> bool:
    """Does the name of a coordinate system mean longitude and latitude?"""
    return name.rpartition(":")[2].rpartition("/")[2].lower() in _DEGREES


def turn_of(name: str) -> Turn | None:
    """How coordinates of the named system are turned into degrees; None: it is not known."""
    system = _SYSTEMS.get(name.rpartition(":")[2].rpartition("/")[2])
    if system is None:
        return None
    meridian, easting = system
    return lambda east, north: _inverse(east - easting, north, meridian)


def _inverse(east: float, north: float, meridian: float) -> Position:
    # Not NaN either: it is not less than anything.
    if not (abs(east) < _WIDEST and _SOUTH < north < _NORTH):
        raise OutsideError("lies outside of the zone of its coordinate system")
    xi, eta = north / _RADIUS, east / _RADIUS
    above, beside = xi, eta
    for j, beta in enumerate(_BETA, start=1):
        above -= beta * sin(2 * j * xi) * cosh(2 * j * eta)
        beside -= beta * cos(2 * j * xi) * sinh(2 * j * eta)
    conformal = asin(sin(above) / cosh(beside))
    latitude = conformal + sum(
        delta * sin(2 * j * conformal) for j, delta in enumerate(_DELTA, start=1)
    )
    longitude = meridian + degrees(atan2(sinh(beside), cos(above)))
    return round(longitude, _DECIMALS), round(degrees(latitude), _DECIMALS)
