"""Metres of the surveying offices are the degrees that others publish of the same places."""

import json
from math import inf, nan
from pathlib import Path

import pytest
import shapely

from services.indicators.areas.projections import OutsideError, is_degrees, turn_of

MAPS = Path(__file__).parents[4] / "shared/data/indicators"


def turned(name: str, east: float, north: float) -> tuple[float, float]:
    turn = turn_of(name)
    assert turn is not None
    return turn(east, north)


@pytest.mark.skipif(not MAPS.is_dir(), reason="the real maps of the towns are not here")
@pytest.mark.parametrize("name", ["statbez", "ortsteile"])
def test_every_position_of_jena_in_metres_is_the_one_in_degrees(name: str) -> None:
    document = json.loads((MAPS / f"jena/{name}.geojson").read_text())
    for feature in document["features"]:
        metres = shapely.get_coordinates(shapely.from_wkb(feature["properties"]["the_geom"]))
        rings = feature["geometry"]["coordinates"]
        degrees = [position for ring in rings for position in ring]
        for (east, north), (longitude, latitude) in zip(metres, degrees, strict=True):
            found = turned("urn:ogc:def:crs:EPSG::25832", east, north)
            assert found == pytest.approx((longitude, latitude), abs=2e-9)


def test_a_meridian_in_the_middle_of_its_zone_stays_one() -> None:
    assert turned("EPSG:25832", 500_000, 5_600_000)[0] == 9
    assert turned("EPSG:25833", 500_000, 5_600_000)[0] == 15
    west, east = (turned("EPSG:25832", 500_000 + side, 5_600_000) for side in (-1e5, 1e5))
    assert 9 - west[0] == pytest.approx(east[0] - 9)
    assert west[1] == east[1]


def test_the_zone_may_stand_before_the_easting() -> None:
    assert turned("EPSG:4647", 32_680_829.56, 5_643_303.93) == turned(
        "http://www.opengis.net/def/crs/EPSG/0/25832", 680_829.56, 5_643_303.93
    )


@pytest.mark.parametrize(
    "position",
    [(11.58, 50.9), (nan, 5e6), (inf, 5e6), (5e5, nan), (5e5, -inf), (10**400, 5e6), (5e5, 0)],
)
def test_what_lies_outside_of_the_zone_is_refused(position: tuple[float, float]) -> None:
    with pytest.raises(OutsideError):
        turned("EPSG:25832", *position)


@pytest.mark.parametrize("name", ["EPSG:31468", "EPSG:3857", "", "CRS84", "25832x"])
def test_other_systems_are_not_known(name: str) -> None:
    assert turn_of(name) is None
    assert is_degrees(name) is (name == "CRS84")
