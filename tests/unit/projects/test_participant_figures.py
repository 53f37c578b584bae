"""What somebody who takes part costs, by published counts alone."""

from datetime import date
from decimal import Decimal

import pytest

from services.contracts.projects.participation import ParticipationRow
from services.projects.participant_figures.rules import Period, Published, figures
from tests.unit.projects.rulebook import said

GRANT = Period(date(2023, 7, 1), date(2024, 12, 31))
NEXT = Period(date(2025, 1, 1), date.max)
BEFORE = Period(date.min, date(2023, 6, 30))


def row(year: int | None, total: int | None, state: str = "shown") -> ParticipationRow:
    cell = {"value": total, "state": state}
    return ParticipationRow.model_validate(
        {
            "code": "EECO01",
            "starts_on": None if year is None else date(year, 1, 1),
            "ends_on": None if year is None else date(year, 12, 31),
            **dict.fromkeys(("women", "men", "non_binary", "total"), cell),
        }
    )


def cost(*rows: ParticipationRow, others: tuple[Period, ...] = (), spent: str = "1000") -> object:
    found = list(figures(Published(3, rows, others), GRANT, Decimal(spent)))
    return said(found[0])


def test_where_nobody_is_counted_there_is_no_figure() -> None:
    assert list(figures(None, GRANT, Decimal(1))) == []


@pytest.mark.parametrize(
    ("rows", "others", "expected"),
    [
        ([row(2023, 30), row(2024, 50), row(None, 200)], (), ("12.50", "ok", None)),
        ([row(2022, 90), row(2024, 50), row(2025, 90)], (), ("20.00", "ok", None)),
        ([row(2023, 30), row(2024, None, "hidden")], (), (None, "unknown", "protected")),
        ([row(2024, 50), row(2025, None, "hidden")], (), ("20.00", "ok", None)),
        ([row(2024, None, "unknown")], (), (None, "unknown", "no_actual")),
        ([row(2025, 50)], (), (None, "unknown", "no_actual")),
        ([], (), (None, "unknown", "no_actual")),
        ([row(2024, 0)], (), (None, "unknown", "no_output")),
        ([row(2024, 50)], (NEXT, BEFORE), ("20.00", "ok", None)),
        ([row(2023, 30), row(2024, 50)], (BEFORE,), (None, "unknown", "several_grants")),
        ([row(2024, None, "hidden")], (GRANT,), (None, "unknown", "several_grants")),
    ],
)
def test_counts_of_the_grants_time_are_taken_and_no_hidden_one_is_guessed(
    rows: list[ParticipationRow], others: tuple[Period, ...], expected: tuple[str, str, str]
) -> None:
    assert cost(*rows, others=others) == expected
