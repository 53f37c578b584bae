"""Workbooks are read like the tables in them, digit for digit, and never trusted."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from services.contracts.indicators.values import ValueStatus
from services.indicators.deliveries.formats import FileRefused, Format, Hints, Limits
from tests.unit.indicators.delivered import read, recognised
from tests.unit.indicators.samples import flat_file, flat_row, zipped
from tests.unit.indicators.test_cross_tables import table as cross_table
from tests.unit.indicators.workbooks import TIDY_ROWS, crafted, inline, workbook

HEADER = ["area", "period", "indicator", "value"]


def refusal(data: bytes, limits: Limits | None = None) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read(data, limits=limits)
    return refused.value


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [
        (7, "7", ValueStatus.normal),
        (0, "0", ValueStatus.normal),
        (-3, "-3", ValueStatus.normal),
        (0.1, "0.1", ValueStatus.normal),
        (1e-7, "0.0000001", ValueStatus.normal),
        (123456789012.5, "123456789012.5", ValueStatus.normal),
        (4.760522496371554, "4.760522496371554", ValueStatus.normal),
        ("1,5", "1.5", ValueStatus.normal),
        ("-", None, ValueStatus.nothing),
        (".", None, ValueStatus.unknown),
        ("(14)", "14", ValueStatus.limited),
        (None, None, ValueStatus.missing),
    ],
)
def test_every_digit_and_sign_is_kept(cell: Any, value: str | None, status: ValueStatus) -> None:
    (row,) = read(workbook([HEADER, ["jena", "2024", "x", cell]])).rows
    assert (None if row.value is None else f"{row.value:f}", row.status) == (value, status)


@pytest.mark.parametrize(
    ("stored", "value"),
    [("0.30000000000000004", "0.30000000000000004"), ("1.0E-3", "0.001"), ("5.0", "5.0")],
)
def test_the_stored_digits_count_not_the_shown_ones(stored: str, value: str) -> None:
    rows = inline("area", "period", "value", row=1) + inline("jena", "2024", row=2)
    cell = f'<c r="C2"><v>{stored}</v></c></row>'
    (row,) = read(crafted(rows.removesuffix("</row>") + cell)).rows
    assert str(row.value) == value


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize(
    ("cell", "period"),
    [
        (2024, "2024"),
        (date(2024, 12, 31), "2024-12-31"),
        (datetime(2024, 12, 31, tzinfo=UTC).replace(tzinfo=None), "2024-12-31"),
        ("31.12.2024", "2024-12-31"),
        ("2023/24", "2023-08-01/P1Y"),
    ],
)
def test_days_are_days_in_both_calendars(cell: Any, period: str, since_1904: bool) -> None:
    data = workbook([HEADER, ["jena", cell, "x", 1]], since_1904=since_1904)
    assert [row.period for row in read(data).rows] == [period]


def test_numbers_of_areas_get_their_zeros_back() -> None:
    rows: list[list[Any]] = [["kreis_id", "Jahr", "score"], [1001, 2020, 0.5], [16053, 2020, 0.25]]
    assert [row.area for row in read(workbook(rows)).rows] == ["01001", "16053"]


def test_the_sheet_with_the_table_is_found_below_its_title() -> None:
    notes: list[list[Any]] = [["Erläuterungen"], ["Quelle: Melderegister"]]
    rows: list[list[Any]] = [
        ["Haushalte in Jena"],
        [],
        ["Bezirk_Nr", "Bezirk_Name", date(2022, 12, 31), date(2023, 12, 31)],
        [11, "Ammerbach Ort", 205, 206],
        [],
        [12, "Beutenberg", 1388, "-"],
    ]
    table = read(workbook(notes, rows), Hints(indicator="haushalte"))
    assert table.summary.format is Format.wide_periods
    assert table.summary.container == "xlsx"
    assert [(r.line, r.area, r.area_label, r.period, r.value) for r in table.rows] == [
        (4, "11", "Ammerbach Ort", "2022-12-31", Decimal(205)),
        (4, "11", "Ammerbach Ort", "2023-12-31", Decimal(206)),
        (6, "12", "Beutenberg", "2022-12-31", Decimal(1388)),
        (6, "12", "Beutenberg", "2023-12-31", None),
    ]


def test_a_flat_file_saved_as_a_workbook_stays_one() -> None:
    text = flat_file(flat_row("55927"), flat_row("-", sex="GESM")).decode("utf-8-sig")
    rows = [line.split(";") for line in text.split("\r\n") if line]
    table = read(workbook(rows))
    assert table.summary.format is Format.ffcsv
    assert table.rows == read(text.encode()).rows


def test_a_cross_table_saved_as_a_workbook_stays_one() -> None:
    text = cross_table().decode()
    body, foot = text.split("__________", 1)
    rows = [line.split(";") for line in body.split("\n")][:-1]
    rows += [["__________"], *([line] for line in foot.split("\n") if line)]
    table = read(workbook(rows))
    assert table.summary.format is Format.genesis
    assert not table.issues
    assert table.rows == read(text.encode()).rows


def test_headings_that_span_columns_stand_in_the_first_of_them() -> None:
    text = cross_table().decode().replace("Empfänger;Empfänger;Anteil", "Empfänger;;Anteil")
    rows = [line.split(";") for line in text.split("\n")]
    assert read(workbook(rows)).rows == read(cross_table()).rows


def test_a_bad_cell_is_named_by_its_row() -> None:
    table = read(workbook([HEADER, ["jena", 2024, "x", 1], [], ["jena", 2023, "x", "viele"]]))
    assert [(i.line, i.column, i.code) for i in table.issues] == [(4, "value", "number_unreadable")]


def test_an_error_of_excel_is_no_figure() -> None:
    rows = TIDY_ROWS + '<row r="3"><c r="A3" t="inlineStr"><is><t>gera</t></is></c>'
    rows += '<c r="B3"><v>2024</v></c><c r="C3" t="e"><v>#DIV/0!</v></c></row>'
    table = read(crafted(rows))
    assert [(i.line, i.column, i.code) for i in table.issues] == [(3, "value", "number_unreadable")]


def test_a_computed_cell_has_the_value_that_was_saved() -> None:
    rows = inline("area", "period", "value", row=1)
    rows += '<row r="2"><c r="A2" t="inlineStr"><is><t>jena</t></is></c><c r="B2"><v>2024</v></c>'
    saved = rows + '<c r="C2"><f>SUM(A1:A9)</f><v>12.5</v></c></row>'
    assert read(crafted(saved)).rows[0].value == Decimal("12.5")
    unsaved = rows + '<c r="C2"><f>SUM(A1:A9)</f></c></row>'
    refused = refusal(crafted(unsaved))
    assert (refused.code, " in C2 " in refused.detail) == ("formula_without_value", True)


def test_a_hidden_sheet_is_not_read() -> None:
    book = openpyxl.Workbook()
    shown, hidden = book.active, book.create_sheet("alt")
    assert shown is not None
    for sheet, value in ((hidden, 1), (shown, 2)):
        sheet.append(HEADER)
        sheet.append(["jena", 2024, "x", value])
    hidden.sheet_state = "hidden"
    target = BytesIO()
    book.save(target)
    assert [row.value for row in read(target.getvalue()).rows] == [2]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (crafted(TIDY_ROWS, parts={"xl/vbaProject.bin": b"x"}), "macros"),
        (crafted(TIDY_ROWS, parts={"xl/workbook.bin": b"x"}), "not_text"),
        (zipped(crafted(TIDY_ROWS)), "not_text"),
        (workbook([["nothing"]]), "unknown_format"),
        (workbook([]), "empty"),
        (crafted("<row><c"), "workbook"),
        (crafted(TIDY_ROWS)[:-40], "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "not_text"),
        (crafted(TIDY_ROWS, parts={"xl/styles.xml": "<a>".encode("utf-16")}), "encoding"),
    ],
)
def test_what_is_no_plain_workbook_is_named(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_a_recognised_workbook_is_shown_as_a_table() -> None:
    found = recognised(workbook([["kreis_id", "Jahr", "score"], [16053, 2020, 0.25]]))
    assert (found.container, found.encoding, found.delimiter) == ("xlsx", "xlsx", "")
    assert found.sample[1] == ["16053", "2020", "0.25"]
