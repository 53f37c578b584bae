"""What may be said of delivered figures before anybody computes with them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.indicators.delivery_checks import DeliveryChecks
from services.indicators.breakdowns import attributes_of, canonical_breakdown
from services.indicators.plausibility.rules import (
    Definition,
    Findings,
    SourceProtection,
    length_class,
    parts,
    slack,
    unit_contradicts,
)

EXACT = SourceProtection()
CODES = st.sampled_from(["GES", "ALT", "NAT"])
VALUES = st.sampled_from(["", "a", "b", "c"])
BREAKDOWNS = st.lists(st.dictionaries(CODES, VALUES).map(canonical_breakdown), unique=True)


def definition(**changes: object) -> Definition:
    count = Definition("count", 1, frozenset({"personen", "persons"}), DeliveryChecks(), None)
    return count._replace(**changes)


@pytest.mark.parametrize(
    ("own", "source", "off"),
    [
        ({}, EXACT, "0"),
        ({}, SourceProtection("rounded", 3), "1.5"),
        ({}, SourceProtection("rounded", 10), "5"),
        ({"base": 5}, EXACT, "2.5"),
        ({"base": 5}, SourceProtection("rounded", 3), "2.5"),
        ({}, SourceProtection("cell_key", None), "4"),
        ({}, SourceProtection("suppressed", None), "0"),
        (
            {"checks": DeliveryChecks(tolerance=Decimal("0.7"))},
            SourceProtection("rounded", 3),
            "0.7",
        ),
    ],
)
def test_sums_are_exact_unless_the_source_rounded(
    own: dict[str, object], source: SourceProtection, off: str
) -> None:
    assert slack(definition(**own), source) == Decimal(off)


@pytest.mark.parametrize(
    ("unit", "own", "contradicts"),
    [
        ("", {}, False),
        ("Personen", {}, False),
        ("Anzahl", {}, False),
        ("%", {}, True),
        ("%", {"kind": "rate"}, False),
        ("1 000", {}, True),
        ("Tsd.", {"cases_per_unit": 1000}, False),
        ("Mill.", {"cases_per_unit": 1000}, True),
        ("Anzahl", {"cases_per_unit": 1000}, True),
        ("Anzahl", {"kind": "rate", "units": frozenset({"prozent"})}, True),
        ("EUR", {}, False),
        ("2020=100", {"kind": "index"}, False),
    ],
)
def test_only_a_unit_that_plainly_says_otherwise_is_named(
    unit: str, own: dict[str, object], contradicts: bool
) -> None:
    assert unit_contradicts(unit, definition(**own)) is contradicts


def test_a_breakdown_is_a_part_along_each_of_its_dimensions() -> None:
    breakdowns = ["", "GES=M", "ALT=u3", "ALT=u3&GES=M"]
    assert {(breakdowns[p.part], breakdowns[p.whole], p.dimension) for p in parts(breakdowns)} == {
        ("GES=M", "", "GES"),
        ("ALT=u3", "", "ALT"),
        ("ALT=u3&GES=M", "GES=M", "ALT"),
        ("ALT=u3&GES=M", "ALT=u3", "GES"),
    }


@given(BREAKDOWNS)
def test_a_part_has_exactly_one_attribute_more_than_its_whole(breakdowns: list[str]) -> None:
    for part in parts(breakdowns):
        fine, coarse = (attributes_of(breakdowns[n]) for n in (part.part, part.whole))
        assert {*fine} - {*coarse} == {part.dimension}
        assert coarse.items() <= fine.items()


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        (date(2024, 12, 31), date(2024, 12, 31), 0),
        (date(2024, 1, 1), date(2024, 1, 7), 1),
        (date(2023, 2, 1), date(2023, 2, 28), 2),
        (date(2024, 1, 1), date(2024, 1, 31), 2),
        (date(2023, 1, 1), date(2023, 3, 31), 3),
        (date(2024, 7, 1), date(2024, 9, 30), 3),
        (date(2024, 1, 1), date(2024, 4, 30), 4),
        (date(2023, 1, 1), date(2023, 6, 30), 5),
        (date(2024, 7, 1), date(2024, 12, 31), 5),
        (date(2023, 1, 1), date(2023, 12, 31), 6),
        (date(2023, 8, 1), date(2024, 7, 31), 6),
    ],
)
def test_periods_of_a_kind_are_of_one_length(start: date, end: date, length: int) -> None:
    assert length_class(start, end) == length


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_longer_periods_are_never_of_a_shorter_kind(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    assert length_class(start, end) <= length_class(start, end + timedelta(days=1))


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=600))
def test_everything_is_counted_and_no_kind_hides_the_others(
    notes: list[tuple[str, bool]],
) -> None:
    found = Findings()
    for code, error in notes:
        found.add(code, "detail", error=error)
    assert sum(found.counts.values()) == found.errors + found.warnings == len(notes)
    listed = [issue["code"] for issue in found.issues]
    assert len(listed) <= 200
    for code in set(listed):
        assert listed.count(code) <= min(50, found.counts[code])
    if len(notes) <= 50:
        assert len(listed) == len(notes)


@pytest.mark.parametrize(
    ("number", "written"), [(Decimal("1.0E+5"), "100000"), (Decimal("0.0001"), "0.0001"), (3, "3")]
)
def test_numbers_of_a_finding_are_written_out(number: object, written: str) -> None:
    found = Findings()
    found.add("sum_categories", "They do not add up.", numbers={"total": number, "before": None})
    assert found.issues[0]["numbers"] == {"total": written, "before": None}
