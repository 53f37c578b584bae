"""Which areas and indicators a file means."""

from datetime import date

import pytest

from services.indicators.deliveries.formats import Measure, Place
from services.indicators.recognition.rules import (
    KnownArea,
    Policy,
    Town,
    areas_meant,
    indicator_meant,
    unknown_area,
    unknown_measure,
    why_not_one,
)

ALWAYS = (date(1990, 1, 1), None)
BEFORE, SINCE = (date(1990, 1, 1), date(2021, 7, 1)), (date(2021, 7, 1), None)
TOWN = Town(
    areas={
        "jena": [KnownArea("jena", "", *ALWAYS)],
        "16053": [KnownArea("jena", "ags", *ALWAYS)],
        "11": [KnownArea("zentrum", "statbez", *ALWAYS)],
        "7": [KnownArea("nord", "statbez", *ALWAYS), KnownArea("sued", "schulbezirk", *ALWAYS)],
        "90": [KnownArea("alt", "statbez", *BEFORE), KnownArea("neu", "statbez", *SINCE)],
        "16056": [KnownArea("eisenach", "ags", *BEFORE)],
        "k1": [KnownArea("west", "kreise", *ALWAYS)],
    },
    names={
        "jena": [KnownArea("jena", "", *ALWAYS), KnownArea("jena", "ags", *ALWAYS)],
        "lobeda-west": [KnownArea("sued", "", *ALWAYS)],
        "zentrum": [
            KnownArea("zentrum", "", *ALWAYS),
            KnownArea("nord", "", *ALWAYS),
            KnownArea("nord", "schulbezirk", *ALWAYS),
        ],
        "altstadt": [KnownArea("alt", "", *BEFORE), KnownArea("neu", "", *SINCE)],
    },
    labels={"16053": "Jena", "jena": "Jena", "zentrum": "Zentrum", "nord": "Zentrum"},
    indicators=frozenset({"bevoelkerung"}),
    source_codes={"12411:BEVSTD": "bevoelkerung", "12411:BEVSTD:%": "anteil"},
)


def meant_on(place: Place, day: date) -> str | None:
    """The area that the place means in a period that ends on the day; never more than one."""
    found = [m.area for m in areas_meant([place], TOWN) if m.since <= day < m.until]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("code", "year", "meant"),
    [
        ("jena", 2024, "jena"),
        ("16053", 2024, "jena"),
        ("11", 2024, "zentrum"),
        ("90", 2020, "alt"),
        ("90", 2024, "neu"),
        ("90", 1980, None),
        ("7", 2024, None),
        ("16056", 2024, "eisenach"),
        ("nowhere", 2024, None),
    ],
)
def test_an_area_is_named_by_key_or_by_a_code_it_had_then(
    code: str, year: int, meant: str | None
) -> None:
    assert meant_on(Place(code, "", ""), date(year, 12, 31)) == meant


def test_the_day_of_a_change_belongs_to_the_new_area() -> None:
    place = Place("90", "", "")
    assert meant_on(place, date(2021, 6, 30)) == "alt"
    assert meant_on(place, date(2021, 7, 1)) == "neu"


@pytest.mark.parametrize(
    ("code", "scheme", "meant"),
    [
        ("16053", "KREISE", "jena"),
        ("k1", "KREISE", "west"),
        ("11", "DLAND", None),
        ("jena", "KREISE", None),
    ],
)
def test_official_codes_are_never_those_of_a_district_of_the_town(
    code: str, scheme: str, meant: str | None
) -> None:
    assert meant_on(Place(code, scheme, ""), date(2024, 12, 31)) == meant


@pytest.mark.parametrize(
    ("label", "scheme", "year", "meant"),
    [
        ("Jena", "", 2024, "jena"),
        ("Lobeda West", "", 2024, "sued"),
        ("Altstadt", "", 2020, "alt"),
        ("Altstadt", "", 2024, "neu"),
        ("Zentrum", "", 2024, None),
        ("Zentrum", "schulbezirk", 2024, "nord"),
    ],
)
def test_a_name_means_an_area_only_where_no_other_has_it(
    label: str, scheme: str, year: int, meant: str | None
) -> None:
    place = Place(label.lower().replace(" ", "-"), scheme, label, named=True)
    assert meant_on(place, date(year, 12, 31)) == meant


def test_a_shared_name_or_code_names_those_that_may_be_meant() -> None:
    place = Place("zentrum", "", "Zentrum", named=True)
    told = why_not_one(place, TOWN)
    assert told is not None
    assert "2 areas have the name 'Zentrum': nord (Zentrum), zentrum (Zentrum)" in told
    assert [s.code for s in unknown_area(place, 3, TOWN).suggestions] == ["nord", "zentrum"]
    hidden = why_not_one(Place("7", "", ""), TOWN)
    assert hidden is not None
    assert "nord" in hidden
    assert "sued" not in hidden, "only areas that may be seen are named"
    assert why_not_one(Place("90", "", ""), TOWN) is None
    assert why_not_one(Place("jena", "", "Jena", named=True), TOWN) is None


def test_places_keep_their_numbers() -> None:
    places = [Place("nowhere", "", ""), Place("jena", "", ""), Place("16053", "", "")]
    assert [(m.place, m.area) for m in areas_meant(places, TOWN)] == [(1, "jena"), (2, "jena")]


@pytest.mark.parametrize(
    ("measure", "meant"),
    [
        (Measure("12411", "BEVSTD", "Anzahl", ""), "bevoelkerung"),
        (Measure("12411", "BEVSTD", "%", ""), "anteil"),
        (Measure("12411", "OTHER", "Anzahl", ""), None),
        (Measure("", "bevoelkerung", "", ""), "bevoelkerung"),
        (Measure("", "nothing", "", ""), None),
        (Measure("", "", "", ""), None),
    ],
)
def test_a_measure_is_known_by_its_source_code_the_one_with_its_unit_first(
    measure: Measure, meant: str | None
) -> None:
    assert indicator_meant(measure, TOWN, Policy()) == meant


def test_a_file_without_an_indicator_is_of_the_one_that_was_named() -> None:
    silent = Measure("", "", "", "")
    assert indicator_meant(silent, TOWN, Policy(indicator="bevoelkerung")) == "bevoelkerung"
    assert indicator_meant(silent, TOWN, Policy(indicator="nothing")) is None


def test_what_nobody_knows_comes_with_a_hint() -> None:
    area = unknown_area(Place("1653", "KREISE", "Jena, kreisfreie Stadt"), 7, TOWN)
    assert (area.rows, area.suggestions[0].because) == (7, "equal label")
    hints = [
        unknown_measure(measure, 1).hint
        for measure in (
            Measure("12411", "X", "Anzahl", ""),
            Measure("", "nothing", "", ""),
            Measure("", "", "", ""),
        )
    ]
    assert "12411:X:Anzahl" in hints[0]
    assert "nothing" in hints[1]
    assert "parameter" in hints[2]
