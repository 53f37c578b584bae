"""Where plans meet and contradict one another; what is due and what stands still."""

from datetime import date
from typing import Any

import pytest

from services.contracts.projects.measures import FundingReason, FundingState, Measure
from services.contracts.projects.planning_tasks import PlanningStep, PlanningTask
from services.contracts.projects.projects import ProjectState
from services.projects.area_trees.rules import Tree
from services.projects.measures.rules import Funding, funding
from services.projects.plan_overlaps.rules import contradictions, not_compared, overlaps
from services.projects.planning_cycle.rules import cycle
from services.projects.strategies.tables import StrategyRow

STORED = {
    "id": "0193d3a4-5b6c-7d8e-9f00-112233445566",
    "revision": 1,
    "created_at": "2026-01-01T08:00:00Z",
    "changed_at": "2026-01-01T08:00:00Z",
    "hidden_links": 0,
}
ON = date(2027, 3, 1)
FLAT = Tree({})
TOWN = Tree({"lobeda-west": "lobeda", "lobeda": "jena", "winzerla": "jena", "jena": None})


def plan(key: str, areas: list[str], groups: list[str]) -> StrategyRow:
    return StrategyRow(key=key, title={"de": key}, areas=areas, target_groups=groups)


def measure(key: str, strategy: str | None, **more: Any) -> Measure:
    money = {"funding_state": "none", "funding_closed_on": None, "funding_reason": None}
    body = {"key": key, "title": {"de": key}, "strategy": strategy, "gaps": [], **money, **more}
    return Measure.model_validate(STORED | body)


def target(direction: str, area: str = "jena", breakdown: str = "") -> dict[str, str]:
    return {
        "indicator": "heimplaetze",
        "area": area,
        "direction": direction,
        "breakdown": breakdown,
    }


def task(key: str, step: str = "stocktaking", **more: Any) -> PlanningTask:
    body = {"key": key, "title": {"de": key}, "coordination": "koordination", "step": step, **more}
    return PlanningTask.model_validate(STORED | body)


def test_two_plans_meet_where_area_and_target_group_are_the_same() -> None:
    old, inclusion = plan("alter", ["lobeda"], ["aeltere"]), plan("inklusion", ["lobeda"], [])
    youth = plan("jugend", ["lobeda"], ["jugend"])
    measures = [
        measure("wege", "inklusion", target_groups=["aeltere"]),
        measure("park", "alter", areas=["lobeda", "winzerla"]),
        measure("treff", "jugend", areas=["winzerla"], target_groups=["jugend"]),
    ]
    (met,) = overlaps([old, inclusion, youth], measures, FLAT)
    assert [one.key for one in met.plans] == ["alter", "inklusion"]
    assert [(one.area, one.target_group, one.measures) for one in met.places] == [
        ("lobeda", "aeltere", ["park", "wege"])
    ]


def test_the_same_area_for_others_and_the_same_people_elsewhere_are_no_overlap() -> None:
    plans = [plan("eins", ["lobeda"], ["aeltere"]), plan("zwei", ["lobeda"], ["jugend"])]
    assert list(overlaps(plans, [], FLAT)) == []
    plans = [plan("eins", ["lobeda"], ["aeltere"]), plan("zwei", ["winzerla"], ["aeltere"])]
    assert list(overlaps(plans, [], TOWN)) == [], (
        "neighbours lie in the same town, not in one another"
    )


def test_a_plan_for_a_town_meets_one_for_a_part_of_it_in_the_part() -> None:
    whole, part = plan("alter", ["jena"], ["aeltere"]), plan("quartier", [], [])
    here = {"target_groups": ["aeltere"]}
    measures = [
        measure("stadtweit", "alter"),
        measure("treff", "quartier", areas=["lobeda-west"], **here),
        measure("bus", "quartier", areas=["erfurt"], **here),
        measure("rat", "quartier", areas=["winzerla"], target_groups=["jugend"]),
    ]
    (met,) = overlaps([whole, part], measures, TOWN)
    assert [place.model_dump() for place in met.places] == [
        {
            "area": "lobeda-west",
            "within": "jena",
            "target_group": "aeltere",
            "measures": ["stadtweit", "treff"],
        }
    ]
    (same,) = overlaps([part, whole], measures, TOWN)
    assert [(one.area, one.within) for one in same.places] == [("lobeda-west", "jena")]
    assert list(overlaps([whole, part], measures, FLAT)) == []


def test_of_three_plans_every_two_are_held_together() -> None:
    plans = [
        plan("alter", ["jena"], ["aeltere"]),
        plan("jugend", ["jena"], ["jugend"]),
        plan("wohnen", ["lobeda"], ["aeltere", "jugend"]),
    ]
    met = [
        ([one.key for one in found.plans], [place.target_group for place in found.places])
        for found in overlaps(plans, [], TOWN)
    ]
    assert met == [(["alter", "wohnen"], ["aeltere"]), (["jugend", "wohnen"], ["jugend"])]


def test_a_measure_for_a_town_and_a_part_of_it_is_named_once_in_the_part() -> None:
    plans = [plan("alter", ["jena"], ["aeltere"]), plan("wohnen", ["lobeda"], ["aeltere"])]
    both = measure("bus", "alter", areas=["jena", "lobeda"])
    (met,) = overlaps(plans, [both], TOWN)
    assert [(one.area, one.measures) for one in met.places] == [("lobeda", ["bus"])]


def test_a_plan_that_does_not_say_where_or_for_whom_is_not_held_to_meet_nobody() -> None:
    plans = [
        plan("alter", ["jena"], ["aeltere"]),
        plan("nirgends", [], ["aeltere"]),
        plan("fuer-niemand", ["jena"], []),
        plan("leer", [], []),
        plan("durch-massnahme", [], []),
    ]
    here = measure("treff", "durch-massnahme", areas=["lobeda"], target_groups=["jugend"])
    found = {one.key: one.missing for one in not_compared(plans, [here])}
    assert found == {
        "nirgends": ["areas"],
        "fuer-niemand": ["target_groups"],
        "leer": ["areas", "target_groups"],
    }


def test_a_figure_of_a_town_contradicts_that_of_a_part_of_it() -> None:
    measures = [
        measure("ausbau", "alter", targets=[target("increase", area="lobeda")]),
        measure("zuhause", "inklusion", targets=[target("decrease")]),
        measure("nebenan", "inklusion", targets=[target("decrease", area="winzerla")]),
    ]
    (found,) = contradictions(measures, TOWN)
    assert found.area == "lobeda"
    assert [(one.measure, one.area) for one in found.measures] == [
        ("ausbau", "lobeda"),
        ("zuhause", "jena"),
    ]


def test_areas_that_are_said_to_lie_in_one_another_end() -> None:
    ring = Tree({"a": "b", "b": "a"})
    assert list(ring.up("a")) == ["a", "b"]
    assert ring.nearest("a", ["c"]) is None


def test_measures_that_pull_one_figure_both_ways_contradict_one_another() -> None:
    measures = [
        measure("ausbau", "alter", targets=[target("increase")]),
        measure("zuhause", "inklusion", targets=[target("decrease")]),
        measure("bestand", None, targets=[target("maintain")]),
        measure("anderswo", "alter", targets=[target("increase", area="lobeda")]),
        measure("frauen", "alter", targets=[target("decrease", breakdown="GES=GESW")]),
    ]
    (found,) = contradictions(measures, FLAT)
    assert (found.indicator, found.area) == ("heimplaetze", "jena")
    assert [(one.measure, one.plan) for one in found.measures] == [
        ("ausbau", "alter"),
        ("zuhause", "inklusion"),
    ]


def test_the_cycle_shows_every_step_with_what_it_has_produced_until_the_day() -> None:
    products = [
        {"kind": "report", "key": "atlas", "on": "2026-12-01"},
        {"kind": "report", "key": "spaeter", "on": "2027-03-02"},
        {"kind": "meeting", "key": "auftakt", "on": "2026-06-01"},
        {"kind": "plan", "key": "ohne-tag"},
    ]
    seen = cycle([task("atlas", "needs_analysis", products=products)], ON, 30, 180)
    assert [step.step for step in seen.steps] == list(PlanningStep)
    by_step = {step.step: step for step in seen.steps}
    analysis = by_step[PlanningStep.needs_analysis]
    assert [one.key for one in analysis.products] == ["atlas", "auftakt", "ohne-tag"]
    assert (analysis.latest_on, analysis.still) == (date(2026, 12, 1), [])
    assert by_step[PlanningStep.conferences].tasks == []
    assert by_step[PlanningStep.conferences].latest_on is None


@pytest.mark.parametrize(
    ("due_on", "state", "left", "due"),
    [
        ("2027-03-31", "open", 30, True),
        ("2027-04-01", "open", 31, False),
        ("2027-03-01", "running", 0, True),
        ("2027-02-01", "running", -28, True),
        ("2027-02-01", "done", None, False),
        (None, "open", None, False),
    ],
)
def test_what_is_due_soon_or_overdue_is_due_unless_it_is_done(
    due_on: str | None, state: str, left: int | None, due: bool
) -> None:
    step = cycle([task("t1", due_on=due_on, state=state)], ON, 30, 9999).steps[0]
    assert step.tasks[0].days_left == left
    assert step.due == (["t1"] if due else [])


@pytest.mark.parametrize(
    ("more", "since"),
    [
        ({}, date(2026, 1, 1)),
        ({"starts_on": "2026-09-02"}, date(2026, 9, 2)),
        ({"starts_on": "2026-09-03"}, None),
        ({"starts_on": "2027-06-01"}, None),
        ({"state": "done"}, None),
        ({"products": [{"kind": "plan", "key": "p1", "on": "2026-09-03"}]}, None),
        ({"products": [{"kind": "plan", "key": "p1", "on": "2026-08-01"}]}, date(2026, 8, 1)),
        ({"products": [{"kind": "plan", "key": "p1", "on": "2027-03-02"}]}, date(2026, 1, 1)),
        ({"products": [{"kind": "plan", "key": "p1"}]}, date(2026, 1, 1)),
    ],
)
def test_what_has_brought_nothing_for_long_stands_still(
    more: dict[str, Any], since: date | None
) -> None:
    step = cycle([task("t1", **more)], ON, 0, 180).steps[0]
    assert step.tasks[0].still_since == since
    assert step.still == ([] if since is None else ["t1"])


def test_funding_keeps_the_day_on_which_it_was_first_known_to_be_closed() -> None:
    ended, going_on = ProjectState.completed, ProjectState.running
    first = funding([ended], None, date(2025, 1, 1))
    assert first == Funding(FundingState.closed, date(2025, 1, 1), FundingReason.project_completed)
    assert funding([ended, ended], first, date(2026, 1, 1)) == first
    cancelled = funding([ProjectState.cancelled], first, date(2026, 1, 1))
    assert cancelled.funding_closed_on == date(2026, 1, 1), "for another reason anew"
    assert funding([ended, going_on], first, date(2026, 1, 1)) == Funding(FundingState.open)
    assert funding([], first, date(2026, 1, 1)) == Funding(FundingState.none)
