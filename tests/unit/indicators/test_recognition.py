"""Which areas and indicators a file means."""

from collections.abc import Iterable
from datetime import date

import pytest

from services.contracts.indicators.deliveries import Unknown
from services.indicators.deliveries.formats.legacy import read
from services.indicators.recognition.rules import KnownArea, Policy, Recognised, Town, recognised
from tests.unit.indicators.samples import flat_file, flat_row

REFUSING = Policy()
ALWAYS = (date(1990, 1, 1), None)
BEFORE, SINCE = (date(1990, 1, 1), date(2021, 7, 1)), (date(2021, 7, 1), None)
TOWN = Town(
    areas={
        "jena": [KnownArea("jena", "", *ALWAYS)],
        "16053": [KnownArea("jena", "ags", *ALWAYS)],
        "11": [KnownArea("zentrum", "statbez", *ALWAYS)],
        "7": [KnownArea("nord", "statbez", *ALWAYS), KnownArea("sued", "schulbezirk", *ALWAYS)],
        "90": [KnownArea("alt", "statbez", *BEFORE), KnownArea("neu", "statbez", *SINCE)],
        "k1": [KnownArea("west", "kreise", *ALWAYS)],
    },
    labels={"16053": "Jena", "jena": "Jena"},
    indicators=frozenset({"bevoelkerung"}),
    source_codes={"12411:BEVSTD": "bevoelkerung", "12411:BEVSTD:%": "anteil"},
)


def _tidy(*rows: str) -> bytes:
    return "\n".join(["area,period,indicator,value", *rows]).encode()


def _take(file: bytes, policy: Policy = REFUSING) -> tuple[Recognised, list[tuple[int, str]]]:
    table = read(file)
    found = recognised(table, TOWN, policy)
    return found, [(issue.line, issue.code) for issue in table.issues.first]


def _areas(found: Recognised) -> Iterable[str]:
    return [figure.key.area for figure in found.figures]


@pytest.mark.parametrize(
    ("area", "period", "meant"),
    [
        ("jena", "2024", "jena"),
        ("16053", "2024", "jena"),
        ("11", "2024", "zentrum"),
        ("90", "2020", "alt"),
        ("90", "2024", "neu"),
        ("90", "1980", None),
        ("7", "2024", None),
        ("nowhere", "2024", None),
    ],
)
def test_an_area_is_named_by_key_or_by_a_code_it_had_then(
    area: str, period: str, meant: str | None
) -> None:
    found, issues = _take(_tidy(f"{area},{period},bevoelkerung,5"))
    assert list(_areas(found)) == ([meant] if meant else [])
    assert issues == ([] if meant else [(2, "area_unknown")])


@pytest.mark.parametrize(
    ("area", "scheme", "meant"),
    [
        ("16053", "KREISE", "jena"),
        ("k1", "KREISE", "west"),
        ("11", "DLAND", None),
        ("jena", "KREISE", None),
    ],
)
def test_official_codes_are_never_those_of_a_district_of_the_town(
    area: str, scheme: str, meant: str | None
) -> None:
    found, _ = _take(flat_file(flat_row("5", area=area, scheme=scheme)))
    assert list(_areas(found)) == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("measure", "unit", "meant"),
    [
        ("BEVSTD", "Anzahl", "bevoelkerung"),
        ("BEVSTD", "%", "anteil"),
        ("OTHER", "Anzahl", None),
    ],
)
def test_a_measure_is_known_by_its_source_code_the_one_with_its_unit_first(
    measure: str, unit: str, meant: str | None
) -> None:
    found, issues = _take(flat_file(flat_row("5", measure=measure, unit=unit)))
    assert [figure.key.indicator for figure in found.figures] == ([meant] if meant else [])
    assert issues == ([] if meant else [(2, "measure_unknown")])


def test_unknown_rows_are_left_out_and_counted_when_they_are_to_be_skipped() -> None:
    policy = Policy(Unknown.skip, Unknown.skip)
    rows = ["jena,2024,bevoelkerung,5", "nowhere,2024,bevoelkerung,5", "nowhere,2025,other,5"]
    found, issues = _take(_tidy(*rows), policy)
    assert (len(found.figures), found.skipped, issues) == (1, 2, [])
    assert [(area.code, area.rows) for area in found.unknown_areas] == [("nowhere", 2)]
    assert [(m.code, m.rows) for m in found.unknown_measures] == [("other", 1)]


def test_one_place_under_two_names_is_one_place() -> None:
    found, issues = _take(_tidy("jena,2024,bevoelkerung,5", "16053,2024,bevoelkerung,6"))
    assert (len(found.figures), issues) == (1, [(3, "repeated")])
