"""Hours that were worked for grants: what they cost, and how many count in a year."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.figures import Unit
from services.contracts.projects.positions import PositionFunding
from services.contracts.projects.staffings import NewStaffing, WorkedHours
from services.projects.allocation.rules import cents
from services.projects.worked_hours.rules import Worked, faults, hours_cost, worked_in_years
from tests.unit.projects.rulebook import rule, said

D = Decimal
YEAR = rule("annual_hours", 1720, Unit.hours)
FUNDING = [
    PositionFunding(grant="aa", share=D(50), starts_on=date(2024, 1, 1), ends_on=date(2024, 9, 30)),
    PositionFunding(grant="bb", share=D(50), starts_on=date(2024, 1, 1)),
]


def worked(month: int, hours: str | Decimal, grant: str = "aa", year: int = 2024) -> WorkedHours:
    return WorkedHours(grant=grant, year=year, month=month, hours=D(hours))


def staffing(
    *hours: WorkedHours,
    fte: str = "1",
    starts_on: date = date(2024, 1, 1),
    ends_on: date | None = date(2024, 12, 31),
) -> NewStaffing:
    return NewStaffing(
        key="ss",
        position="pp",
        starts_on=starts_on,
        ends_on=ends_on,
        fte=D(fte),
        annual_cost=D(60000),
        hours=list(hours),
    )


def found(
    new: NewStaffing, *others: NewStaffing, most: dict[str, int] | None = None
) -> list[tuple[str, str]]:
    limits = {
        grant: rule("annual_hours", hours, Unit.hours)
        for grant, hours in (most or {"aa": 1720, "bb": 1720}).items()
    }
    return [(one.pointer, one.code) for one in faults(new, FUNDING, others, limits)]


@pytest.mark.parametrize(
    ("parts", "rule_says", "expected"),
    [
        ([Worked(D(68800), D(1), D(100), D(100))], 1720, ("4000.00", "ok", None)),
        ([Worked(D(34400), D("0.5"), D(860), D(860))], 1720, ("34400.00", "ok", None)),
        ([Worked(D(60000), D(1), D(100), D(100))], 1720, ("3488.37", "ok", None)),
        ([Worked(D(68800), D(1), D(1721), D(1721))], 1720, ("68800.00", "review", None)),
        ([Worked(D(68800), D(1), D(860), D(3440))], 1720, ("17200.00", "review", None)),
        ([Worked(None, D(1), D(1), D(1))], 1720, (None, "unknown", "no_pay")),
        ([Worked(D(68800), D(1), D(1), D(1))], None, (None, "unknown", "no_rule")),
        ([], 1720, ("0.00", "ok", None)),
    ],
)
def test_an_hour_costs_a_year_by_1720_hours_and_nobody_counts_for_more(
    parts: list[Worked], rule_says: int | None, expected: tuple[str, str, str]
) -> None:
    limit = None if rule_says is None else rule("annual_hours", rule_says, Unit.hours)
    assert said(hours_cost(parts, limit)) == expected


def test_what_an_hour_of_somebody_costs_is_no_input() -> None:
    figure = hours_cost([Worked(D(68800), D(1), D(100), D(100))], YEAR)
    assert [(one.name, str(one.value)) for one in figure.inputs] == [
        ("annual_hours", "1720"),
        ("hours", "100"),
        ("persons_and_years", "1"),
    ]
    assert figure.clauses[0].text == "Art. 55 Abs. 2 bis 4 Verordnung (EU) 2021/1060"


@given(
    st.lists(st.decimals(1, 3000, places=2), min_size=1, max_size=5),
    st.decimals("0.05", 1, places=2),
    st.decimals(1, 200000, places=2),
)
def test_all_grants_together_never_pay_more_than_the_person_costs_in_a_year(
    hours: list[Decimal], fte: Decimal, cost: Decimal
) -> None:
    together = sum(hours)
    paid = sum(hours_cost([Worked(cost, fte, one, D(together))], YEAR).known for one in hours)
    hourly = Fraction(cost) / (1720 * Fraction(fte))
    exact = min(Fraction(cost), hourly * Fraction(together))
    assert abs(Fraction(paid) - exact) <= Fraction(len(hours), 200)
    assert paid - cents(exact) <= D("0.01") * len(hours)


def test_hours_of_a_month_are_known_when_it_is_over() -> None:
    hours = [worked(5, 80), worked(6, 40), worked(5, 20, "bb"), worked(1, 7, year=2025)]
    each = [(D(60000), D(1), hours)]
    assert worked_in_years(each, "aa", date(2024, 5, 30)) == []
    assert worked_in_years(each, "aa", date(2024, 5, 31)) == [Worked(D(60000), D(1), D(80), D(100))]
    assert [(one.hours, one.for_all) for one in worked_in_years(each, "aa", date(2025, 1, 31))] == [
        (D(120), D(140)),
        (D(7), D(7)),
    ]
    assert worked_in_years(each, "cc", date(2025, 1, 31)) == []


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (staffing(worked(5, 80), fte="1.5"), [("/fte", "several_persons")]),
        (staffing(worked(5, 80), starts_on=date(2024, 6, 1)), [("/hours/0/month", "outside")]),
        (staffing(worked(5, 80), starts_on=date(2024, 5, 31)), []),
        (staffing(worked(5, 80), ends_on=date(2024, 4, 30)), [("/hours/0/month", "outside")]),
        (staffing(worked(9, 80), worked(10, 80)), [("/hours/1/grant", "not_funded")]),
        (staffing(worked(5, 80, "cc")), [("/hours/0/grant", "not_funded")]),
        (staffing(worked(5, 80), worked(5, 8)), [("/hours/1", "twice")]),
        (staffing(worked(5, 80), worked(5, 8, "bb")), []),
    ],
)
def test_hours_that_do_not_fit_are_pointed_at(
    new: NewStaffing, expected: list[tuple[str, str]]
) -> None:
    assert found(new) == expected


def test_no_more_hours_in_a_year_than_the_rate_is_reckoned_by() -> None:
    full = [worked(month, 160) for month in range(1, 10)] + [worked(9, 280, "bb")]
    assert found(staffing(*full)) == []
    over = [("/hours", "above_year")]
    assert found(staffing(*full, worked(10, "0.01", "bb"))) == over, "all grants count together"
    assert found(staffing(*full), most={"aa": 1720, "bb": 1719}) == over, "the stricter rule holds"
    assert found(staffing(worked(1, 700), worked(2, 161), fte="0.5")) == over
    assert found(staffing(worked(1, 700), worked(2, 160), fte="0.5")) == []


def test_who_is_there_for_half_a_year_has_half_of_the_hours_also_in_two_parts() -> None:
    """Somebody's second staffing of a year does not bring the hours of the year once more."""
    first = staffing(worked(1, 700), worked(2, 160), ends_on=date(2024, 6, 30))
    assert found(first) == []
    more = staffing(worked(1, 700), worked(2, "160.01"), ends_on=date(2024, 6, 30))
    assert found(more) == [("/hours", "above_year")]
    rest = {"starts_on": date(2024, 7, 1)}
    uneven = staffing(worked(7, 700), worked(8, 300), **rest)
    less = staffing(worked(1, 700), worked(2, 20), ends_on=date(2024, 6, 30))
    assert found(uneven, less) == []
    assert found(uneven, first) == [("/hours", "above_year")]
    beside = staffing(worked(1, 740), worked(2, 740), worked(3, 240))
    assert found(beside, beside) == [], "two persons have 1720 hours each"


def test_without_a_rule_no_number_of_hours_is_too_much_and_no_cost_is_known() -> None:
    many = [worked(month, 744) for month in range(1, 10)]
    limits = {"aa": None, "bb": None}
    assert list(faults(staffing(*many), FUNDING, [], limits)) == []
