"""Files of bookings: German numbers and days, and who a booking is."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.booking_mappings import BookingRule, NewBookingMapping
from services.contracts.projects.bookings import BookingFinding
from services.kit.tabular.limits import FileRefused, Limits
from services.projects.booking_files.cells import CellRefused, amount_of, day_of, year_of
from services.projects.booking_files.outcome import Summary
from services.projects.booking_files.reading import read_file
from services.projects.booking_files.rows import fits

COLUMNS = {
    "number": "Nr",
    "account": "Konto",
    "cost_object": "KTR",
    "booked_on": "Datum",
    "amount": "Betrag",
    "purpose": "Text",
}
MAPPING: dict[str, Any] = {
    "key": "journal",
    "name": {"de": "Journal"},
    "columns": COLUMNS,
    "rules": [
        {"cost_object": "47*", "account": "50*", "grant": "first", "category": "staff"},
        {"cost_object": "4711", "grant": "second", "category": "other"},
    ],
}


def german(cents: int) -> str:
    """An amount as a finance system writes it."""
    euros = f"{abs(cents) // 100:,}".replace(",", ".")
    return f"{'-' if cents < 0 else ''}{euros},{abs(cents) % 100:02d}"


@given(st.integers(-(10**13), 10**13))
def test_every_amount_in_german_comes_back_to_the_cent(cents: int) -> None:
    read = amount_of(german(cents), ",", sheet=False, reverse=False)
    assert Decimal(read) == Decimal(cents) / 100
    reversed_ = amount_of(german(cents), ",", sheet=False, reverse=True)
    assert Decimal(reversed_) == -Decimal(cents) / 100


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("1234,5", "1234.50"),
        ("1.234,56-", "-1234.56"),
        (" 1 234,56 € ", "1234.56"),
        ("+5", "5.00"),
        ("1.234", "1234.00"),
        ("\u2212 0,01 EUR", "-0.01"),
        ("-0,00", "0.00"),
        ("007,10", "7.10"),
    ],
)
def test_an_amount_is_read_as_it_was_meant(cell: str, read: str) -> None:
    assert amount_of(cell, ",", sheet=False, reverse=False) == read


@pytest.mark.parametrize(
    "cell",
    ["", "-", "1.2345", "1.23", "1,234", "12.34,5", "-1,00-", "1e3", "NaN", "eins", "1" * 13],
)
def test_what_is_no_amount_is_refused_and_never_zero(cell: str) -> None:
    with pytest.raises(CellRefused):
        amount_of(cell, ",", sheet=False, reverse=False)


def test_numbers_of_a_sheet_have_a_point_and_what_could_be_both_is_refused() -> None:
    assert amount_of("5200.5", ",", sheet=True, reverse=False) == "5200.50"
    assert amount_of("1.234,56", ",", sheet=True, reverse=False) == "1234.56"
    with pytest.raises(CellRefused):
        amount_of("1.234", ",", sheet=True, reverse=False)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_each_of_its_forms(day: date) -> None:
    forms = (f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day:%y}", f"{day}", f"{day}T00:00:00")
    assert {day_of(form) for form in forms} == {day.isoformat()}


@pytest.mark.parametrize("cell", ["31.06.2024", "2024-13-01", "06/30/2024", "45412", "1.1.124"])
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(CellRefused):
        day_of(cell)
    with pytest.raises(CellRefused):
        year_of(cell)


def test_the_first_rule_that_fits_decides() -> None:
    rule = BookingRule.model_validate(MAPPING["rules"][0])
    assert fits(rule, "", "4711", "5012000")
    assert not fits(rule, "", "4711", "5112000")
    assert not fits(rule, "", "\\N", "5012000")


def read(tmp_path: Path, text: str, **more: Any) -> tuple[list[list[str]], Summary]:
    file, out = tmp_path / "file.csv", BytesIO()
    file.write_text(text, encoding="utf-8")
    mapping = NewBookingMapping.model_validate({**MAPPING, **more})
    summary = read_file(file, out, mapping, Limits())
    return [line.split("\t") for line in out.getvalue().decode().splitlines()], summary


BOOKINGS = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from(["5012000", "5429000", "6000000"]),
        st.sampled_from(["4711", "4799", "9000"]),
        st.integers(0, 40),
        st.integers(-(10**7), 10**7),
    ),
    max_size=25,
)


@given(BOOKINGS)
def test_every_row_is_stored_once_or_told(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, int, int]]
) -> None:
    first = date(2024, 1, 1)
    lines = ["Nr;Konto;KTR;Datum;Betrag;Text"] + [
        f"{nr};{konto};{ktr};{first + timedelta(days=day):%d.%m.%Y};{german(cents)};x"
        for nr, konto, ktr, day, cents in rows
    ]
    made, summary = read(tmp_path_factory.mktemp("files"), "\n".join(lines))
    stored = [line for line in made if line[-3] != "\\N"]
    assert len(made) - len(stored) == summary.unmatched
    told = summary.unmatched + summary.duplicates + summary.contradictions
    assert summary.rows == len(rows) == len(stored) + told
    assert summary.unreadable == 0
    ours = [
        (konto, nr or (ktr, day, cents))
        for nr, konto, ktr, day, cents in rows
        if ktr == "4711" or (ktr == "4799" and konto.startswith("50"))
    ]
    assert summary.unmatched == len(rows) - len(ours)
    assert len(stored) == len(set(ours)) == len({line[1] for line in stored})
    findings = Counter(remark.finding for remark in summary.remarks)
    assert findings[BookingFinding.duplicate] == summary.duplicates


def test_texts_of_bookings_cannot_break_out_of_their_column(tmp_path: Path) -> None:
    wild = 'Nr;Konto;KTR;Datum;Betrag;Text\n1;50;4711;1.1.2024;1;"a\tb\\N\nc\\"\n'
    (stored,), _ = read(tmp_path, wild)
    assert stored[-4] == "a b\\\\N c\\\\"
    assert len(stored) == 17


def test_a_file_without_the_headings_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="missing: KTR, Text"):
        read(tmp_path, "Nr;Konto;Datum;Betrag\n1;50;1.1.2024;1\n")
    with pytest.raises(FileRefused, match="more than once"):
        read(tmp_path, "Nr;Konto;KTR;Datum;Betrag;Text;KTR\n")
