"""A tidy CSV is read however the office's programme wrote it, and never guessed at."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.indicators.values import ValueStatus, has_value, marker_of
from services.indicators.deliveries.formats import FileRefused, Format
from tests.unit.indicators.delivered import format_of, read


def values(text: str) -> list[Decimal | None]:
    return [row.value for row in read(text.encode()).rows]


@pytest.mark.parametrize(
    ("area", "code"), [("Lobeda West", "lobeda-west"), ("Köln", "koeln"), ("16 053 a", "16-053-a")]
)
def test_the_name_of_an_area_is_told_and_never_taken_for_a_key(area: str, code: str) -> None:
    table = read(f"area,period,value\n{area},2024,7\n".encode())
    (row,) = table.rows
    assert row.area.startswith(f"{code}-")
    assert row.area_label == area


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_separator_encoding_and_line_end_are_found(mark: str, encoding: str, line_end: str) -> None:
    lines = [["Area", "PERIOD", "value", "sex"], ["lobeda-west", "2024-Q1", "7", "f"]]
    data = line_end.join(mark.join(line) for line in lines).encode(encoding)
    assert format_of(data) is Format.tidy_csv
    (row,) = read(data).rows
    assert (row.area, row.period, row.value) == ("lobeda-west", "2024-Q1", Decimal(7))
    assert row.breakdown == "sex=f"


def test_columns_come_in_any_order_and_name_indicator_and_breakdowns() -> None:
    text = "value;age;sex;indicator;period;area\n12;u3;;child-poverty;2024;0101"
    (row,) = read(text.encode()).rows
    assert (row.measure, row.area, row.breakdown) == ("child-poverty", "0101", "age=u3")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1,5", "2,25"], ["1.5", "2.25"]),
        (["1.5", "2.25"], ["1.5", "2.25"]),
        (["1,5", "1,234"], ["1.5", "1.234"]),
        (["1.5", "1.234"], ["1.5", "1.234"]),
        (["1.234,5", "2"], ["1234.5", "2"]),
        (["1,234.5", "2"], ["1234.5", "2"]),
        (["1.234.567", "0,5"], ["1234567", "0.5"]),
        (["0,125", "7"], ["0.125", "7"]),
        (["12345.678"], ["12345.678"]),
    ],
)
def test_the_file_tells_its_decimal_separator(cells: list[str], expected: list[str]) -> None:
    lines = ["area;period;value", *(f"a{n};2024;{cell}" for n, cell in enumerate(cells))]
    assert values("\n".join(lines)) == [Decimal(text) for text in expected]


@pytest.mark.parametrize(
    "cells",
    [["1.234"], ["1,234"], ["1,5", "1.234"], ["1.5", "1,234"], ["0,5", "2.5"], ["1.23,4,5"]],
)
def test_a_separator_that_may_mean_two_things_is_never_guessed(cells: list[str]) -> None:
    lines = ["area;period;value", *(f"a{n};2024;{cell}" for n, cell in enumerate(cells))]
    table = read("\n".join(lines).encode())
    assert table.summary.errors > 0
    assert table.issues[-1].line == len(lines)


@pytest.mark.parametrize(
    ("value", "status", "read_as"),
    [
        ("", "", ValueStatus.missing),
        ("", "pending", ValueStatus.pending),
        ("", ".", ValueStatus.unknown),
        (".", "unknown", ValueStatus.unknown),
        ("7", "normal", ValueStatus.normal),
        ("7", "limited", ValueStatus.limited),
        ("7", "()", ValueStatus.limited),
        ("", "confidential", ValueStatus.unknown),
        ("-", "", ValueStatus.nothing),
    ],
)
def test_a_status_may_say_why_there_is_no_value(
    value: str, status: str, read_as: ValueStatus
) -> None:
    (row,) = read(f"area,period,value,status\na1,2024,{value},{status}".encode()).rows
    assert row.status is read_as


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("a1,2024,7,unknown,", "status", "status_contradicts"),
        ("a1,2024,,normal,", "status", "status_contradicts"),
        ("a1,2024,.,pending,", "status", "status_contradicts"),
        ("a1,2024,7,certain,", "status", "status_unknown"),
        ("a1,2024-H1,7,,", "period", "period_unreadable"),
        (",2024,7,,", "area", "code_unreadable"),
        ("=1+1,2024,7,,", "area", "code_unreadable"),
        ("a1,2024,7,,männlich", "sex", "code_unreadable"),
        ("a1,2024,seven,,", "value", "number_unreadable"),
        ("a1,2024,NaN,,", "value", "number_unreadable"),
        ("a1,2024", None, "columns"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(line: str, column: str | None, code: str) -> None:
    table = read(f"area,period,value,status,sex\nb1,2024,1,,f\n{line}\n".encode())
    (issue,) = table.issues
    assert (issue.line, issue.column, issue.code) == (3, column, code)
    assert len(table.rows) == 1


@pytest.mark.parametrize(
    "header", ["area,period,value,", "area,period,value,value", "area,period,value,age group"]
)
def test_columns_without_a_usable_name_refuse_the_file(header: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(f"{header}\na1,2024,7,x".encode())
    assert refused.value.code == "header"


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=2), st.sampled_from(",."))
def test_every_amount_survives_the_way_through_a_file(amount: Decimal, mark: str) -> None:
    text = f"area;period;value\na1;2024;{amount:f}".replace(".", mark)
    assert values(text) == [amount]


CODES = st.from_regex(r"[A-Za-z0-9_.\-]{1,12}", fullmatch=True)
PERIODS = st.sampled_from(["2024", "2023-Q4", "2024-02", "2024-12-31", "2023-08-01/P1Y"])
SAID = st.sampled_from([status for status in ValueStatus if status is not ValueStatus.confidential])


@settings(deadline=None)
@given(
    st.lists(st.tuples(CODES, PERIODS, st.none() | CODES, SAID, st.integers(-(10**12), 10**12))),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_as_a_table_comes_back(
    cells: list[tuple[str, str, str | None, ValueStatus, int]], mark: str, end: str
) -> None:
    lines = [("area", "period", "sex", "value", "status")]
    for area, period, sex, status, value in cells:
        written = f"{value}" if has_value(status) else marker_of(status)
        lines.append((area, period, sex or "", written, str(status)))
    table = read("".join(mark.join(line) + end for line in lines).encode())
    assert not table.issues
    assert [(r.area, r.period, r.dimensions.get("sex"), r.status, r.value) for r in table.rows] == [
        (area, period, sex, status, Decimal(value) if has_value(status) else None)
        for area, period, sex, status, value in cells
    ]


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_read_or_refused_but_never_breaks(value: str, area: str, extra: str) -> None:
    data = f"area,period,value,x\n{area},2024,{value},{extra}\n".encode("utf-8", "replace")
    try:
        table = read(data)
    except FileRefused:
        return
    assert table.summary.errors or table.rows or not (value + area + extra).strip()


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_but_never_break(data: bytes) -> None:
    for start in (b"", b"area,period,value\n", b"PK\x03\x04"):
        with suppress(FileRefused):
            read(start + data)


def test_the_csv_this_service_gives_out_can_be_delivered_again() -> None:
    text = (
        "indicator,indicator_name,area,area_name,period,breakdown,value,status,unit,reason,"
        "provisional,gone\r\n"
        "bevoelkerung,Bevölkerung,jena,Jena,2024,ALT=u3&GES=f,7,normal,Personen,,true,false\r\n"
        "bevoelkerung,Bevölkerung,jena,Jena,2024,,*,confidential,Personen,threshold:3,false,false\r\n"
        "bevoelkerung,Bevölkerung,jena,Jena,2023,,,missing,Personen,,false,true\r\n"
    )
    first, hidden, gone = read(text.encode()).rows
    assert (first.measure, first.measure_label, first.unit) == (
        "bevoelkerung",
        "Bevölkerung",
        "Personen",
    )
    assert (first.area_label, first.breakdown, first.provisional) == ("Jena", "ALT=u3&GES=f", True)
    hidden_here = (None, ValueStatus.confidential, "")
    assert (hidden.value, hidden.status, hidden.breakdown) == hidden_here
    assert (gone.gone, gone.period) == (True, "2023")
