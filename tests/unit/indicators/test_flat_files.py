"""The flat files of the statistics offices are read as they are meant."""

from decimal import Decimal

import pytest

from services.contracts.indicators.values import ValueStatus, has_value
from services.indicators.deliveries.formats import (
    FileRefused,
    Format,
    Limits,
)
from tests.unit.indicators.delivered import Figure, Read, read
from tests.unit.indicators.samples import HEADER, flat_file, flat_row


def only(data: bytes) -> Figure:
    table = read(data)
    assert not table.issues
    (row,) = table.rows
    return row


def codes(table: Read) -> list[tuple[int, str | None, str]]:
    return [(issue.line, issue.column, issue.code) for issue in table.issues]


def test_the_women_of_jena_are_read() -> None:
    table = read(flat_file(flat_row("55927")))
    assert (table.summary.format, table.summary.encoding, table.summary.delimiter) == (
        Format.ffcsv,
        "utf-8",
        ";",
    )
    assert {row.statistic for row in table.rows} == {"12411"}
    (row,) = table.rows
    assert row.line == 2
    assert (row.area, row.area_scheme) == ("16053", "KREISE")
    assert row.area_label == "Jena, kreisfreie Stadt"
    assert (row.period, row.measure, row.unit) == ("2024-12-31", "BEVSTD", "Anzahl")
    assert row.dimensions == {"GES": "GESW"}
    assert row.breakdown == "GES=GESW"
    assert (row.value, row.status, row.provisional) == (Decimal(55927), ValueStatus.normal, False)


def test_an_empty_attribute_is_the_total_of_men_and_women() -> None:
    row = only(flat_file(flat_row("109725", sex="")))
    assert row.breakdown == ""


def test_a_district_keeps_its_leading_zero() -> None:
    assert only(flat_file(flat_row("1", area="01001"))).area == "01001"


@pytest.mark.parametrize(
    ("scheme", "area"),
    [("DG", "DG"), ("DINSG", "DG"), ("GEOGM4", "160530000000"), ("BLAND", "16"), ("DLAND", "16")],
)
def test_every_kind_of_region_is_an_area(scheme: str, area: str) -> None:
    row = only(flat_file(flat_row("1", scheme=scheme, area=area)))
    assert (row.area_scheme, row.area) == (scheme, area)


def test_the_region_may_stand_behind_another_variable() -> None:
    region, sex = "KREISE;Gebiet;16053;Jena, kreisfreie Stadt", "GES;Geschlecht;GESW;GESW"
    swapped = flat_row("7").replace(f"{region};{sex}", f"{sex};{region}")
    row = only(flat_file(swapped))
    assert (row.area, row.breakdown) == ("16053", "GES=GESW")


@pytest.mark.parametrize(
    ("attribute", "variable", "period"),
    [
        ("MONAT07", "MONAT", "2024-07"),
        ("QUART3", "QUARTG", "2024-Q3"),
        ("", "MONAT", "2024"),
    ],
)
def test_months_and_quarters_beside_the_year_become_the_period(
    attribute: str, variable: str, period: str
) -> None:
    row = only(flat_file(flat_row("1", variable=variable, sex=attribute, time="2024")))
    assert (row.period, row.breakdown, row.dimensions) == (period, "", {})


@pytest.mark.parametrize(
    ("cell", "quality", "value", "status"),
    [
        ("-", "", None, ValueStatus.nothing),
        ("\N{EN DASH}", "", None, ValueStatus.nothing),
        (".", "", None, ValueStatus.unknown),
        ("*", "", None, ValueStatus.unknown),
        ("x", "", None, ValueStatus.not_meaningful),
        ("/", "", None, ValueStatus.unreliable),
        ("...", "", None, ValueStatus.pending),
        ("…", "", None, ValueStatus.pending),
        ("", "", None, ValueStatus.missing),
        ("0", "e", Decimal(0), ValueStatus.normal),
        ("(14)", "", Decimal(14), ValueStatus.limited),
        ("14", "()", Decimal(14), ValueStatus.limited),
        ("-3", "", Decimal(-3), ValueStatus.normal),
        ("108,84", "e", Decimal("108.84"), ValueStatus.normal),
        ("12,345", "e", Decimal("12.345"), ValueStatus.normal),
        ("12.345", "e", Decimal("12.345"), ValueStatus.normal),
    ],
)
def test_a_missing_figure_says_why_and_is_never_zero(
    cell: str, quality: str, value: Decimal | None, status: ValueStatus
) -> None:
    row = only(flat_file(flat_row(cell, quality=quality)))
    assert (row.value, row.status) == (value, status)
    assert (row.value is not None) == has_value(row.status)


@pytest.mark.parametrize(
    "cell",
    ["NaN", "Infinity", "1e400", "1E5", "9" * 16, "9" * 5000, "12 3", "abc", "()", "٣", "1,"],
)
def test_what_is_no_number_costs_its_row_alone(cell: str) -> None:
    table = read(flat_file(flat_row("1"), flat_row(cell, sex="GESM"), flat_row("3", sex="")))
    assert [row.value for row in table.rows] == [Decimal(1), Decimal(3)]
    assert table.summary.errors == 1
    assert table.issues[0].line == 3


def test_a_second_decimal_separator_is_refused_where_it_stands() -> None:
    table = read(flat_file(flat_row("1,5"), flat_row("2.5"), flat_row("1.234,5")))
    assert [row.value for row in table.rows] == [Decimal("1.5")]
    assert codes(table) == [(3, "value", "number_ambiguous"), (4, "value", "number_ambiguous")]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (flat_row("1", time="2023/25"), "time", "period_unreadable"),
        (flat_row("1", area=""), "1_variable_attribute_code", "area_missing"),
        (flat_row("1", scheme="STAAT"), "1_variable_code", "region_missing"),
        (flat_row("1", sex="G S"), "variable_attribute_code", "code_unreadable"),
        (flat_row("1", measure=""), "value_variable_code", "code_unreadable"),
        (flat_row("1", variable="MONAT", sex="MONATX", time="2024"), None, "period_unreadable"),
        (flat_row("1") + ";", None, "columns"),
        ("12411", None, "columns"),
        (flat_row("1", unit="u" * 501), None, "cell_too_long"),
    ],
)
def test_every_bad_cell_is_named(row: str, column: str | None, code: str) -> None:
    table = read(flat_file(row, flat_row("2")))
    assert len(table.rows) == 1
    (issue,) = table.issues
    assert (issue.line, issue.code) == (2, code)
    if column and column[0] != "v":
        assert issue.column == column


def test_issues_are_counted_but_not_hoarded() -> None:
    table = read(flat_file(*[flat_row("?")] * 30), limits=Limits(issues=5))
    assert (len(table.issues), table.summary.errors) == (5, 30)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    two_lines = flat_row("1").replace("Stichtag", '"Stich\ntag"')
    table = read(flat_file(two_lines, "", flat_row("?")))
    assert table.rows[0].line == 2
    assert table.issues[0].line == 5


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("2_variable_label;", ""),
        HEADER.replace("value_unit", "unit"),
        HEADER + ";more",
        "statistics_code;time;value",
    ],
)
def test_a_header_that_is_not_complete_refuses_the_file(header: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(flat_file(flat_row("1"), header=header))
    assert refused.value.code == "header"


def test_more_rows_than_allowed_refuse_the_file() -> None:
    with pytest.raises(FileRefused) as refused:
        read(flat_file(*[flat_row("1")] * 4), limits=Limits(rows=3))
    assert refused.value.code == "too_many_rows"
