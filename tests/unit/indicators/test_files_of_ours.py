"""Whatever we write and read lands on the cells it came from, however they are named."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.indicators.values import ValueStatus, has_value
from services.contracts.shared.base import Language
from services.indicators.breakdowns import canonical_breakdown
from services.indicators.observations.representations import sdmx_csv
from services.indicators.observations.representations.sdmx_csv import Style
from services.indicators.observations.representations.xlsx import xlsx
from tests.unit.indicators.delivered import read
from tests.unit.indicators.test_representations import table_of
from tests.unit.indicators.workbooks import workbook

DIMENSIONS = ["GES", "area", "Wert", "STATUS", "STATUS_", "INDICATOR", "UNIT", "FREQ", "REGION"]
PLACES = st.tuples(
    st.sampled_from(["bevoelkerung", "quote"]),
    st.sampled_from(["jena", "lobeda-west", "_T", "04"]),
    st.sampled_from(["2023", "2023-12-31", "2024-Q1", "2023-08-01/P1Y"]),
    st.dictionaries(st.sampled_from(DIMENSIONS), st.sampled_from(["A", "B-1"]), max_size=3).map(
        canonical_breakdown
    ),
)
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1) | st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=-(10**14), max_value=10**14
)
CELLS = st.sampled_from(list(ValueStatus)).flatmap(
    lambda status: st.tuples(NUMBERS if has_value(status) else st.none(), st.just(status))
)
FIGURES = st.dictionaries(PLACES, CELLS, min_size=1, max_size=8)
TRAPS: dict[str, Any] = {
    "areas": {"jena": {"de": "lobeda-west"}, "lobeda-west": {"de": "jena"}, "04": {"de": "=4+4"}}
}


def landed(data: bytes) -> dict[Any, Any]:
    table = read(data)
    assert table.summary.errors == 0, table.issues
    return {
        (row.measure, row.area, row.period, row.breakdown): (row.value, row.status)
        for row in table.rows
    }


@settings(deadline=None, max_examples=40)
@given(FIGURES, st.sampled_from(["de", "en", "it"]))
def test_a_workbook_lands_where_it_came_from(figures: dict[Any, Any], lang: Language) -> None:
    table = table_of(figures, **TRAPS)
    table.lang = lang
    assert landed(xlsx(table)) == figures


@settings(deadline=None, max_examples=40)
@given(
    FIGURES,
    st.sampled_from(["id", "name", "both"]),
    st.sampled_from(["none", "obs", "series", "both"]),
    st.sampled_from(["original", "normalized"]),
    st.sampled_from(["2.0.0", "2.1.0"]),
)
def test_a_message_lands_where_it_came_from(
    figures: dict[Any, Any], labels: Any, keys: Any, time_format: Any, version: Any
) -> None:
    style = Style(version, labels, time_format, keys)
    table = table_of(figures, **TRAPS)
    dimensions = list(table.dimensions)
    text = sdmx_csv.header(table.labels, "de", dimensions, style)
    assert landed((text + sdmx_csv.records(table, dimensions, style)).encode()) == figures


@pytest.mark.parametrize("cell", [1.234, -0.125, 12.345])
def test_a_number_of_a_workbook_is_one_whatever_its_decimals_look_like(cell: float) -> None:
    (row,) = read(workbook([["area", "period", "value"], ["jena", "2024", cell]])).rows
    assert row.value == Decimal(str(cell))


def test_a_text_in_a_workbook_that_may_be_thousands_is_not_guessed() -> None:
    table = read(workbook([["area", "period", "value"], ["jena", "2024", "1.234"]]))
    assert [issue.code for issue in table.issues] == ["number_ambiguous"]
