"""Money and staff in the steps of the funding cliff: whole, once, and only what is paid for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from services.contracts.projects.portfolio_cliff import CliffStep, FundingCliff
from services.projects.grant_facts.rules import Facts, Source
from services.projects.portfolio.rules import Told
from services.projects.portfolio_cliff.rules import cliff
from tests.unit.projects.facts import END, FULL, START, at

D = Decimal
STAFF = FULL.staff[0]


def told(on: date, *grants: Facts, by: CliffStep = CliffStep.year) -> FundingCliff:
    each = [Told("p", "r", D(0), at(on, one)) for one in grants]
    return cliff(each, on, by, {}, {}, "de")


def ftes(on: date, *grants: Facts) -> list[str]:
    return [str(point.fte) for point in told(on, *grants).points]


def test_only_positions_that_are_paid_for_are_lost_with_the_money() -> None:
    unpaid = replace(STAFF, key="ehrenamt", fte=D(3), share=D(0))
    assert ftes(START, replace(FULL, staff=[STAFF, unpaid])) == ["4", "4", "4"]
    (end,) = told(START, replace(FULL, staff=[STAFF, unpaid])).ends
    assert end.fte == 4


def test_a_position_that_two_grants_share_is_one() -> None:
    half = replace(STAFF, share=D(40))
    both = [replace(FULL, grant=key, staff=[half]) for key in ("a", "b")]
    assert ftes(START, *both) == ["4", "4", "4"]


def test_the_first_step_tells_who_is_there_on_the_day() -> None:
    later = replace(STAFF, starts_on=date(2023, 7, 1), funded_from=date(2023, 7, 1))
    grant = replace(FULL, staff=[later])
    assert ftes(date(2023, 6, 30), grant) == ["0", "4", "4"]
    assert ftes(date(2023, 7, 1), grant) == ["4", "4", "4"]
    gone = replace(STAFF, funded_until=date(2024, 12, 31))
    assert ftes(START, replace(FULL, staff=[gone])) == ["4", "4", "0"]


def test_a_grant_that_ends_on_the_same_day_does_not_follow() -> None:
    same, longer = (replace(FULL, grant=key) for key in ("gleich", "laenger"))
    ends = {one.grant: one.granted for one in told(START, FULL, same).ends}
    assert ends == {"g": [], "gleich": []}
    longer = replace(longer, ends_on=date(2026, 1, 1))
    ends = {one.grant: one.granted for one in told(START, FULL, longer).ends}
    assert ends == {"g": ["laenger"], "laenger": []}


def test_years_that_are_not_the_whole_grant_are_not_taken_for_it() -> None:
    """Sources that leave a part of the grant without a year: then it is spread over the days."""
    known = [Source("eu", year, D(1000)) for year in (2023, 2024, 2025)]
    for sources, expected in (
        (known, ["239781.02", "240437.96", "239781.02"]),
        ([replace(one, amount=D(240000)) for one in known], ["240000.00"] * 3),
    ):
        points = told(START, replace(FULL, sources=sources)).points
        amounts = [point.money.amount for point in points]
        assert [str(amount) for amount in amounts] == expected
        assert sum(amount or 0 for amount in amounts) == FULL.granted
    assert points[-1].ends_on == END
