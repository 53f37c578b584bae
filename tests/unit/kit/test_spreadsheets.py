"""No text runs as a formula, in no column and by no sign."""

from csv import reader
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from services.kit.spreadsheets import as_csv, as_workbook, as_xlsx

RUN = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://example.org")']


@pytest.mark.parametrize("text", RUN)
def test_a_text_that_would_run_is_a_text_in_every_column_of_every_sheet(text: str) -> None:
    """In the heading as well: keys of groups stand there."""
    row = [text, "plain", text]
    book = load_workbook(BytesIO(as_workbook({"One": [row, row], "Two": [["head"], [text]]})))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    for line in book["One"].iter_rows(values_only=True):
        first, plain, last = (str(one) for one in line)
        assert plain == "plain"
        assert first.endswith(text.strip())
        assert first == last


@pytest.mark.parametrize("text", RUN)
def test_in_csv_such_a_text_begins_with_an_apostrophe(text: str) -> None:
    read = list(reader(StringIO(as_csv([["head", text], [text, "plain"]]).decode("utf-8-sig"))))
    assert read == [["head", f"'{text}"], [f"'{text}", "plain"]]


def test_numbers_are_numbers_days_are_days_and_what_is_unknown_is_empty() -> None:
    row = [Decimal("-1.50"), 0, None, date(2024, 2, 29), "a=b", "https://example.org"]
    rows = [["a", "b", "c", "d", "e", "f"], row]
    (sheet,) = load_workbook(BytesIO(as_xlsx("Table", rows))).worksheets
    cells = sheet[2]
    assert [cell.value for cell in cells[:3]] == [-1.5, 0, None]
    assert cells[3].value.date() == date(2024, 2, 29)
    assert [cell.value for cell in cells[4:]] == ["a=b", "https://example.org"]
    assert (cells[0].number_format, cells[1].number_format) == ("0.00", "General")
    assert [cell.font.bold for cell in (sheet["A1"], sheet["E2"])] == [True, False]
    assert not [cell for cell in cells if cell.hyperlink]
    read = list(reader(StringIO(as_csv([row]).decode("utf-8-sig"))))
    assert read == [["-1.50", "0", "", "2024-02-29", "a=b", "https://example.org"]]


def test_the_same_table_gives_the_same_bytes_and_a_long_title_is_cut() -> None:
    rows = [["head"], ["x" * 40_000]]
    assert as_xlsx("T" * 40, rows) == as_xlsx("T" * 40, rows)
    book = load_workbook(BytesIO(as_xlsx("T" * 40, rows)))
    assert book.properties.created.year == 2000
    (sheet,) = book.worksheets
    assert sheet.freeze_panes == "A2", "the heading stays in sight"
    assert (len(sheet.title), len(str(sheet["A2"].value))) == (31, 32_767)
