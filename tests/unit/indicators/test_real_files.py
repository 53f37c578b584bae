"""Every real file comes in value for value and sign for sign, compared with the file itself.

The files are read here by the simplest means there are, none of them the service's own.
"""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from services.contracts.indicators.values import ValueStatus
from services.indicators.deliveries.formats import FileRefused, Format, Hints
from tests.unit.indicators.delivered import Figure, Read, format_of, read

SIGNS = {
    "-": ValueStatus.nothing,
    ".": ValueStatus.unknown,
    "x": ValueStatus.not_meaningful,
    "/": ValueStatus.unreliable,
    "": ValueStatus.missing,
}
DIGITS = {".": ",", ",": "."}


def meant(cell: str, point: str = ".") -> tuple[Decimal | None, ValueStatus]:
    """What a cell says: a number with this decimal point, or a sign."""
    if cell in SIGNS:
        return None, SIGNS[cell]
    return Decimal(cell.replace(point, ".")), ValueStatus.normal


def said(figure: Figure) -> tuple[Decimal | None, ValueStatus]:
    return figure.value, figure.status


def statuses(table: Read) -> dict[str, int]:
    return dict(Counter(str(figure.status) for figure in table.rows))


@pytest.mark.parametrize(
    ("name", "point", "counts"),
    [
        ("11111-02-01-4_de", ",", {"normal": 398, "nothing": 76, "unknown": 15}),
        (
            "12211-Z-11_de",
            ",",
            {"normal": 893, "nothing": 1020, "unreliable": 29, "limited": 14},
        ),
        ("12411-01-01-4_de", ",", {"normal": 1245, "nothing": 222}),
        ("12411-01-01-4_en", ".", {"normal": 1245, "nothing": 222}),
    ],
)
def test_flat_files_of_the_offices(
    shared_data: Path, name: str, point: str, counts: dict[str, int]
) -> None:
    path = shared_data / "indicators" / "ffcsv" / f"{name}_flat.csv"
    table = read(path)
    assert table.summary.format is Format.ffcsv
    assert not table.issues
    assert statuses(table) == counts
    with path.open(encoding="utf-8-sig", newline="") as file:
        printed = list(csv.DictReader(file, delimiter=";"))
    assert len(printed) == len(table.rows)
    for row, figure in zip(printed, table.rows, strict=True):
        value, status = meant(row["value"], point)
        if row.get("value_q") == "()":
            status = ValueStatus.limited
        assert said(figure) == (value, status)
        assert figure.area == row["1_variable_attribute_code"]
        assert figure.area_scheme == row["1_variable_code"]
        assert (figure.statistic, figure.measure) == (
            row["statistics_code"],
            row["value_variable_code"],
        )
        assert (figure.period, figure.unit) == (row["time"], row["value_unit"])
        code = row.get("2_variable_attribute_code")
        assert figure.breakdown == (f"{row['2_variable_code']}={code}" if code else "")


class Cross(NamedTuple):
    """A cross table as it is printed: where its head ends and what stands in front of figures."""

    name: str
    headings: int
    dims: int
    rows: int
    counts: dict[str, int]
    levels: tuple[int, ...]
    measure: int | None


CROSSES = [
    Cross("12411-04-02-4", 7, 1, 42080, {"normal": 107_760, "nothing": 18_480}, (6,), None),
    Cross(
        "22151-01-02-4",
        9,
        1,
        3156,
        {"normal": 29_531, "nothing": 5_115, "unknown": 70},
        (6, 7),
        5,
    ),
    Cross(
        "22541-01-01-4",
        9,
        0,
        1578,
        {"normal": 15_961, "nothing": 1_320, "unknown": 77},
        (7,),
        5,
    ),
    Cross(
        "22811-02-02-4",
        9,
        0,
        3682,
        {"normal": 40_798, "nothing": 7_021, "unknown": 47},
        (6, 7),
        5,
    ),
]


@pytest.mark.parametrize("cross", CROSSES, ids=lambda cross: cross.name)
def test_cross_tables_of_the_offices(shared_data: Path, cross: Cross) -> None:
    path = shared_data / "indicators" / "genesis" / f"{cross.name}_00.csv"
    table = read(path)
    assert table.summary.format is Format.genesis
    assert table.summary.table == cross.name
    assert not table.issues
    lines = path.read_text("utf-8").split("\n")
    head = [line.split(";") for line in lines[: cross.headings]]
    printed = {
        n: line.split(";")
        for n, line in enumerate(lines, start=1)
        if re.match(r"(31\.12\.\d{4}|20\d\d);(DG|\d{2,8});", line)
    }
    assert len(printed) == cross.rows
    assert next(iter(printed)) == cross.headings + 1
    if cross.counts:
        assert statuses(table) == cross.counts
    labels = _labels(table)
    place = {known.code: n for n, known in reversed(list(enumerate(table.summary.places)))}
    measures = set()
    figures = iter(table.rows)
    for line, cells in printed.items():
        period, code, indented, *rest = cells
        dims, values = rest[: cross.dims], rest[cross.dims :]
        for at, cell in enumerate(values, start=3 + cross.dims):
            figure = next(figures)
            assert figure.line == line
            assert said(figure) == meant(cell)
            assert (figure.area, figure.area_scheme) == (code, "KREISE")
            assert table.summary.places[place[code]].label == indented.strip()
            assert figure.period == (period if len(period) == 4 else f"{period[-4:]}-12-31")
            assert figure.statistic == cross.name[:5]
            above = [head[n][at] for n in cross.levels]
            wanted = [text for text in (*dims, *above) if text and not _is_total(text)]
            assert [labels[part] for part in figure.breakdown.split("&") if part] == wanted
            if cross.measure is not None:
                assert figure.measure_label == head[cross.measure][at]
                assert figure.unit == "Anzahl"
            measures.add((figure.measure, figure.measure_label))
    assert next(figures, None) is None
    assert len({code for code, _ in measures}) == len(measures)
    _check_tree(table, printed)


def _labels(table: Read) -> dict[str, str]:
    dimensions = table.summary.dimensions.items()
    return {
        f"{code}={attribute}": label
        for code, dimension in dimensions
        for attribute, label in dimension.attributes.items()
    }


def _is_total(text: str) -> bool:
    return text.lower() in ("insgesamt", "zusammen")


def _check_tree(table: Read, printed: dict[int, list[str]]) -> None:
    """The indented label of a place stands below the nearest one that is indented less."""
    places = table.summary.places
    above = {
        places[n].code: places[parent].code if parent is not None else None
        for n, parent in enumerate(table.summary.parents)
    }
    assert above["DG"] is None
    assert above["16"] == "DG"
    assert above["16053"] == above["16063"] == "16"
    assert above["09162"] == "091"
    assert set(above) == {cells[1] for cells in printed.values()}


def test_the_wartburgkreis_and_eisenach_stand_where_they_stood(shared_data: Path) -> None:
    path = shared_data / "indicators" / "genesis" / "22811-02-02-4_00.csv"
    rows = read(path).rows
    first = {
        (row.area, row.period): row.value
        for row in rows
        if row.measure_label.startswith("Personen in Bedarfsgemeinschaften")
    }
    assert first["16056", "2016-12-31"] == 4105
    assert first["16063", "2016-12-31"] == 5709


def test_a_cross_table_says_when_it_was_made_and_under_which_licence(shared_data: Path) -> None:
    path = shared_data / "indicators" / "genesis" / "12411-04-02-4_00.csv"
    summary = read(path).summary
    assert str(summary.as_of) == "2017-10-10"
    assert summary.licence is not None
    assert "Datenlizenz Deutschland" in summary.licence
    (measure,) = summary.measures
    assert (measure.measure, measure.unit) == ("bevoelkerungsstand", "Anzahl")
    assert summary.title.startswith("Bevölkerungsstand: Bevölkerung nach Geschlecht und Alters")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8-sig"])
def test_a_cross_table_may_be_written_as_the_office_writes_it(
    shared_data: Path, encoding: str
) -> None:
    path = shared_data / "indicators" / "genesis" / "22151-01-02-4_00.csv"
    as_stored = read(path)
    again = read(path.read_text("utf-8").encode(encoding))
    assert again.rows == as_stored.rows
    assert again.summary.fingerprint == as_stored.summary.fingerprint


@pytest.mark.parametrize("name", ["hh_priv", "hh_priv_1", "hh_priv_1_60plus"])
def test_the_households_of_jena(shared_data: Path, name: str) -> None:
    path = shared_data / "indicators" / "jena" / f"{name}.csv"
    table = read(path, Hints(indicator="haushalte"))
    assert table.summary.format is Format.wide_periods
    assert not table.issues
    assert statuses(table) == {"normal": 473, "missing": 43}
    figures = iter(table.rows)
    for line, row in enumerate(csv.DictReader(path.open(encoding="utf-8")), start=2):
        days = [column for column in row if column[:2].isdigit()]
        assert len(days) == 12
        for day in days:
            figure = next(figures)
            assert (figure.line, figure.area) == (line, row["statistischer_Bezirk_Nr"])
            assert figure.area_label == row["statistischer_Bezirk_Name"]
            assert figure.period == f"{day[6:]}-{day[3:5]}-{day[:2]}"
            assert said(figure) == meant(row[day])
            assert figure.measure == "haushalte"
    assert next(figures, None) is None


WIDE = [
    *(f"berlin_population/{name}-plr.csv" for name in ("2019-02-t2", "2020-02-t2", "2021-01-t2")),
    *(f"berlin_population/2024-02-t{n}-plr.csv" for n in (2, 4)),
    *(
        f"mss/{year}/mss-{year}-{part}.csv"
        for year in (2017, 2019)
        for part in ("1", "2-1", "2-2", "2-3", "3", "4-1")
    ),
    "gisd/GISD_Bund_Kreis.csv",
    "gisd/GISD_Thueringen_Gemeindeverband.csv",
]
AREA_COLUMNS = ("id", "kreis_id", "gvb_id")
NO_FIGURES = ("name", "year", "kreis_name", "gvb_name", "district_id", "forecast_area_id")
PARTS_OF_THE_KEY = ("district_region_id", "planning_area_id")


@pytest.mark.parametrize("name", WIDE)
def test_tables_with_a_column_for_every_measure(shared_data: Path, name: str) -> None:
    path = shared_data / "indicators" / name
    table = read(path, Hints(period="2018-12-31", indicator="gisd-score"))
    assert table.summary.format in (Format.wide_measures, Format.long_csv)
    assert not table.issues
    printed = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    columns = [
        column
        for column in printed[0]
        if column not in (*AREA_COLUMNS, *NO_FIGURES, *PARTS_OF_THE_KEY)
        and all(_is_a_figure(row[column]) for row in printed)
    ]
    assert columns
    figures = iter(table.rows)
    for line, row in enumerate(printed, start=2):
        area = next(row[column] for column in AREA_COLUMNS if column in row)
        label = next((row[c] for c in ("name", "kreis_name", "gvb_name") if c in row), "")
        for column in columns:
            figure = next(figures)
            assert (figure.line, figure.area, figure.area_label) == (line, area, label)
            assert figure.period == row.get("year", "2018-12-31")
            assert figure.measure == column.replace("_", "-")
            assert said(figure) == meant(row[column])
            assert figure.value is None or str(figure.value) == row[column]
    assert next(figures, None) is None
    assert len({figure.measure for figure in table.rows}) == len(columns)


def _is_a_figure(cell: str) -> bool:
    return cell in SIGNS or re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def test_the_neighbourhoods_that_no_one_counts_keep_their_dash(shared_data: Path) -> None:
    path = shared_data / "indicators" / "mss" / "2019" / "mss-2019-4-1.csv"
    rows = read(path, Hints(period="2018-12-31")).rows
    dashes = [row for row in rows if row.status is ValueStatus.nothing]
    assert len(dashes) == 447
    assert {row.measure for row in dashes} == {"k02-single-parent-households"}


def test_maps_are_sent_to_where_areas_are_brought_in(shared_data: Path) -> None:
    path = shared_data / "indicators" / "jena" / "statbez.geojson"
    with pytest.raises(FileRefused, match="/areas/import") as refused:
        format_of(path.read_bytes())
    assert refused.value.code == "geojson"


@pytest.mark.parametrize("language", ["de", "en"])
def test_jena_has_the_inhabitants_the_office_counted(shared_data: Path, language: str) -> None:
    table = read(shared_data / "indicators" / "ffcsv" / f"12411-01-01-4_{language}_flat.csv")
    figures = {(row.area, row.breakdown): said(row) for row in table.rows}
    assert figures["16053", ""] == (Decimal(109725), ValueStatus.normal)
    assert figures["16053", "GES=GESW"] == (Decimal(55927), ValueStatus.normal)
    assert figures["16063", ""] == (Decimal(154957), ValueStatus.normal)
    assert figures["16056", ""] == (None, ValueStatus.nothing)
