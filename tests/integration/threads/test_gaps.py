"""The list of gaps: what is missing, since when, who is to act, and only what somebody may see."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.kit.days import today
from services.kit.settings import Settings
from services.projects.threads import queries
from tests.integration.boards.deciding import (
    a_recommendation,
    a_resolution,
    answers,
    bodies,
    voted,
)
from tests.integration.boards.reporting import a_report, published
from tests.integration.indicators.figures import released, tidy
from tests.integration.threads import chain
from tests.integration.threads.chain import FINDING
from tests.integration.threads.conftest import Tell, bearer, fewest
from tests.support.towns import Door

Gaps = Callable[..., Awaitable[list[dict[str, Any]]]]


@pytest.fixture
def deployment() -> str:
    return "one process"


@pytest.fixture
def gaps(door: httpx.AsyncClient, settings: Settings, town_here: str) -> Gaps:
    """All gaps as somebody with these roles sees them, page by page of two."""

    async def listed(*roles: str, query: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        address: str | None = f"/v1/{town_here}/gaps?limit=2{query}"
        while address:
            answer = await door.get(address, headers=bearer(settings, *roles))
            assert answer.status_code == 200, answer.text
            page = answer.json()
            assert len(page["items"]) <= 2
            found, address = found + page["items"], page["next"]
        return found

    return listed


def named(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(gap["kind"], gap["node"]) for gap in found]


async def unfinished(
    boards: Door, indicators: Door, projects: Door, apps: dict[str, FastAPI]
) -> None:
    """A finding, a recommendation, a resolution and a measure that nothing follows."""
    await chain.found(indicators, apps)
    await bodies(boards, "beirat", "ausschuss")
    advice = a_recommendation(await voted(boards, "beirat"), addressed_to="ausschuss")
    await boards.made("/recommendations", advice)
    await boards.made("/resolutions", a_resolution(await voted(boards, "ausschuss")))
    begun = (today() - timedelta(30)).isoformat()
    measure = {"title": {"de": "Spielmobil"}, "state": "running", "starts_on": begun}
    await projects.made("/measures", {"key": "spielmobil", "responsible": "amt", **measure})


async def test_every_gap_has_an_age_and_somebody_who_is_to_act(
    gaps: Gaps, boards: Door, indicators: Door, projects: Door, apps: dict[str, FastAPI]
) -> None:
    await unfinished(boards, indicators, projects, apps)
    found = await gaps("planner")
    assert sorted(named(found)) == [
        ("finding_unanswered", f"finding:{FINDING}"),
        ("measure_without_money", "measure:spielmobil"),
        ("recommendation_undecided", "recommendation:r-1"),
        ("resolution_without_measure", "resolution:b-1"),
    ]
    assert [gap["since"] for gap in found] == sorted(gap["since"] for gap in found)
    by_kind = {gap["kind"]: gap for gap in found}
    for gap in found:
        assert gap["age_days"] == (today() - date.fromisoformat(gap["since"])).days, gap
    assert {kind: gap["responsible"]["key"] for kind, gap in by_kind.items()} == {
        "finding_unanswered": "amt",
        "measure_without_money": "amt",
        "recommendation_undecided": "ausschuss",
        "resolution_without_measure": "ausschuss",
    }
    assert by_kind["measure_without_money"]["age_days"] == 30
    assert by_kind["measure_without_money"]["responsible"]["name"] == {"de": "Amt"}
    assert named(await gaps("planner", query="&kind=finding_unanswered")) == [
        ("finding_unanswered", f"finding:{FINDING}")
    ]
    assert sorted(named(await gaps("planner", query="&responsible=amt"))) == [
        ("finding_unanswered", f"finding:{FINDING}"),
        ("measure_without_money", "measure:spielmobil"),
    ]


async def test_what_is_done_is_no_gap_any_more(
    gaps: Gaps, ask: Tell, boards: Door, projects: Door, whole: dict[str, Door]
) -> None:
    assert await gaps("planner") == []
    assert (await ask("recommendation:r-1", "planner"))["gaps"] == []


async def test_a_task_carries_a_resolution_out(
    gaps: Gaps, boards: Door, indicators: Door, projects: Door, apps: dict[str, FastAPI]
) -> None:
    await unfinished(boards, indicators, projects, apps)
    task = {"key": "i-1", "resolution": "b-1", "task": {"de": "Bescheide"}, "responsible": "amt"}
    await boards.made("/implementations", task)
    assert await gaps(query="&kind=resolution_without_measure") == []
    report = {"state": "dropped", "text": {"de": "Der Haushalt trägt es nicht."}}
    await boards.made("/implementations/i-1/reports", report)
    assert len(await gaps(query="&kind=resolution_without_measure")) == 1


async def test_nobody_is_told_that_nobody_answered_when_somebody_did(
    gaps: Gaps, boards: Door, indicators: Door, apps: dict[str, FastAPI]
) -> None:
    await chain.found(indicators, apps)
    await bodies(boards, "beirat")
    hidden = a_recommendation(
        await voted(boards, "beirat"), findings=[FINDING], visibility="administration"
    )
    await boards.made("/recommendations", hidden)
    assert await gaps() == []
    assert named(await gaps("planner")) == [("recommendation_undecided", "recommendation:r-1")]


async def test_that_a_report_tells_of_a_finding_is_no_answer(
    gaps: Gaps, ask: Tell, boards: Door, indicators: Door, apps: dict[str, FastAPI]
) -> None:
    await chain.found(indicators, apps)
    await bodies(boards, "beirat")
    await boards.made("/coordinated-reports", a_report("{{findings}}"))
    await published(boards)
    told = await ask(f"finding:{FINDING}")
    assert "chapter:armutsbericht-2026/1/1" in str(told["nodes"])
    assert [gap["kind"] for gap in told["gaps"]] == ["finding_unanswered"]
    assert named(await gaps()) == [("finding_unanswered", f"finding:{FINDING}")]


async def test_hidden_gaps_are_not_listed(
    gaps: Gaps, indicators: Door, apps: dict[str, FastAPI]
) -> None:
    await chain.found(indicators, apps)
    assert len(await gaps()) == 1
    hidden = await indicators.patch("/needs-rules/viele-kinder", {"visibility": "administration"})
    assert hidden.status_code == 200, hidden.text
    assert await gaps() == []
    assert len(await gaps("planner")) == 1


async def test_money_without_a_known_effect_is_a_gap_after_a_year(
    gaps: Gaps, ask: Tell, indicators: Door, boards: Door, projects: Door, apps: dict[str, FastAPI]
) -> None:
    await chain.found(indicators, apps)
    await chain.decided(boards)
    await chain.carried_out(projects)
    assert named(await gaps()) == [("money_without_effect", "measure:familienzentrum")]
    (gap,) = (await ask("grant:bescheid"))["gaps"]
    assert (gap["kind"], gap["since"]) == ("money_without_effect", "2024-01-01")
    assert gap["age_days"] == (today() - date(2024, 1, 1)).days
    assert gap["responsible"]["name"] == {"de": "Amt"}
    await chain.seen_again(indicators, apps)
    assert await gaps() == []


async def test_a_body_that_had_no_mandate_on_the_day_decided_beyond_it(
    gaps: Gaps, boards: Door
) -> None:
    await bodies(boards, "ausschuss")
    await boards.made("/resolutions", a_resolution(await voted(boards, "ausschuss")))
    assert await gaps(query="&kind=beyond_mandate") == []
    corrected = await boards.patch(
        "/bodies/ausschuss",
        {"earlier_mandates": [{"until": "2026-06-30", "mandates": ["advises"]}]},
    )
    assert corrected.status_code == 200, corrected.text
    found = await gaps(query="&kind=beyond_mandate")
    assert named(found) == [("beyond_mandate", "resolution:b-1")]
    assert found[0]["age_days"] == (today() - date.fromisoformat(found[0]["since"])).days
    assert found[0]["responsible"]["key"] == "ausschuss"


async def test_a_measure_whose_mandate_fell_is_a_gap_for_who_may_see_the_resolution(
    gaps: Gaps, boards: Door, projects: Door, apps: dict[str, FastAPI]
) -> None:
    await bodies(boards, "ausschuss")
    vote = await voted(boards, "ausschuss")
    await boards.made("/resolutions", a_resolution(vote, visibility="members"))
    measure = {"title": {"de": "Spielmobil"}, "state": "decided", "mandate": "b-1"}
    await projects.made("/measures", {"key": "spielmobil", "responsible": "amt", **measure})
    assert await gaps("planner", query="&kind=mandate_fallen") == []
    later = a_resolution(await voted(boards, "ausschuss", "b"), "b-2")
    ends = [{"resolution": "b-1", "kind": "repeals"}]
    await boards.made("/resolutions", {**later, "ends": ends})
    for follower in apps["projects"].state.followers:
        await follower.catch_up()
    (gap,) = await gaps("planner", query="&kind=mandate_fallen")
    assert (gap["node"], gap["responsible"]["key"]) == ("measure:spielmobil", "amt")
    assert named(await gaps(query="&kind=mandate_fallen")) == []


async def test_a_mandate_is_missing_since_it_fell_and_money_since_the_measure_began(
    gaps: Gaps,
    door: httpx.AsyncClient,
    settings: Settings,
    town_here: str,
    boards: Door,
    projects: Door,
    apps: dict[str, FastAPI],
) -> None:
    await bodies(boards, "ausschuss")
    for place, key in (("a", "b-1"), ("b", "b-2")):
        vote = await voted(boards, "ausschuss", place)
        await boards.made("/resolutions", a_resolution(vote, key))
    later = (today() + timedelta(days=300)).isoformat()
    for key, mandate, state, begins in (
        ("spielmobil", "b-1", "running", "2020-01-01"),
        ("jobladen", "b-2", "decided", later),
    ):
        measure = {"title": {"de": key}, "mandate": mandate, "state": state, "starts_on": begins}
        await projects.made("/measures", {"key": key, **measure})
    ends = [
        {"resolution": key, "kind": "repeals", "ends_from": (today() - timedelta(days)).isoformat()}
        for key, days in (("b-1", 3), ("b-2", 2))
    ]
    ending = a_resolution(await voted(boards, "ausschuss", "c"), "b-3")
    await boards.made("/resolutions", {**ending, "ends": ends})
    for follower in apps["projects"].state.followers:
        await follower.catch_up()
    kinds = ("measure_without_money", "mandate_fallen")
    listed = [gap for gap in await gaps("planner") if gap["kind"] in kinds]
    fell = [(today() - timedelta(days)).isoformat() for days in (3, 2)]
    assert [(gap["kind"], gap["node"], gap["since"]) for gap in listed] == [
        ("measure_without_money", "measure:spielmobil", "2020-01-01"),
        ("mandate_fallen", "measure:spielmobil", fell[0]),
        ("mandate_fallen", "measure:jobladen", fell[1]),
    ]
    assert [gap["age_days"] for gap in listed[1:]] == [3, 2]
    address = f"/v1/{town_here}/thread?of=measure:spielmobil"
    thread = (await door.get(address, headers=bearer(settings, "planner"))).json()
    assert [(gap["kind"], gap["since"]) for gap in thread["gaps"]] == [
        ("measure_without_money", "2020-01-01"),
        ("mandate_fallen", fell[0]),
    ]
    (measure,) = [one for one in thread["nodes"] if one["ref"] == "measure:spielmobil"]
    assert measure["since"] == "2020-01-01"


async def test_what_is_void_or_was_answered_with_a_no_lacks_nothing(
    gaps: Gaps, boards: Door
) -> None:
    await bodies(boards, "beirat", "ausschuss")
    for place, key in (("a", "r-1"), ("b", "r-2")):
        advice = a_recommendation(await voted(boards, "beirat", place), key)
        await boards.made("/recommendations", advice)
    no = answers("rejects", "r-2", reason="Kein Geld.")
    for place, key, more in (("a", "b-1", {}), ("b", "b-2", no)):
        vote = await voted(boards, "ausschuss", place)
        await boards.made("/resolutions", a_resolution(vote, key, **more))
    never = {"earlier_mandates": [{"until": "2026-06-30", "mandates": ["advises"]}]}
    await boards.patch("/bodies/ausschuss", never)
    found = await gaps("planner")
    assert sorted(named(found)) == [
        ("beyond_mandate", "resolution:b-1"),
        ("beyond_mandate", "resolution:b-2"),
        ("recommendation_undecided", "recommendation:r-1"),
        ("resolution_without_measure", "resolution:b-1"),
    ]
    # It is addressed to nobody: the board that gave it has to see to it.
    assert [one["responsible"]["key"] for one in found if one["node"] == "recommendation:r-1"] == [
        "beirat"
    ]
    for key in ("at-beirat-1", "at-ausschuss-1"):
        gone = await boards.patch(f"/attendances/{key}", {"present": False})
        assert gone.status_code == 200, gone.text
    assert await gaps("planner") == []


async def test_a_resolution_that_another_ends_is_carried_out_no_more(
    gaps: Gaps, boards: Door, projects: Door, apps: dict[str, FastAPI]
) -> None:
    await bodies(boards, "ausschuss")
    for place, key in (("a", "b-1"), ("b", "b-2")):
        vote = await voted(boards, "ausschuss", place)
        await boards.made("/resolutions", a_resolution(vote, key))
    for key in ("b-1", "b-2"):
        measure = {"title": {"de": "Spielmobil"}, "state": "decided", "mandate": key}
        await projects.made("/measures", {"key": f"m-{key}", "department": "amt", **measure})
    await boards.patch("/organisations/amt", {"name": {"de": "Fachdienst"}})
    later = a_resolution(await voted(boards, "ausschuss", "c"), "b-3")
    ends = [
        {"resolution": key, "kind": "repeals", "ends_from": (today() + timedelta(days)).isoformat()}
        for key, days in (("b-1", 0), ("b-2", 1))
    ]
    await boards.made("/resolutions", {**later, "ends": ends})
    for follower in apps["projects"].state.followers:
        await follower.catch_up()
    (gap,) = await gaps("planner")
    assert (gap["kind"], gap["node"]) == ("mandate_fallen", "measure:m-b-1")
    assert gap["responsible"]["name"] == {"de": "Fachdienst"}


async def test_a_resolution_that_only_repeals_needs_no_measure(gaps: Gaps, boards: Door) -> None:
    await bodies(boards, "beirat", "ausschuss")
    await boards.made("/recommendations", a_recommendation(await voted(boards, "beirat")))
    for key, ends, more in (
        ("b-1", {}, {}),
        ("b-2", {}, {}),
        ("only-repeals", {"b-1": "repeals", "b-2": "repeals"}, {}),
        ("b-3", {}, {}),
        ("replaces", {"b-3": "replaces"}, {}),
        ("b-4", {}, {}),
        ("follows", {"b-4": "repeals"}, answers("follows", "r-1")),
        ("ends-nothing", {}, {}),
    ):
        new = a_resolution(await voted(boards, "ausschuss", key=f"v-{key}"), key, **more)
        ended = [{"resolution": one, "kind": kind} for one, kind in ends.items()]
        await boards.made("/resolutions", {**new, "ends": ended})
    found = await gaps("planner", query="&kind=resolution_without_measure")
    assert sorted(gap["node"] for gap in found) == [
        "resolution:ends-nothing",
        "resolution:follows",
        "resolution:replaces",
    ]


async def test_a_budget_is_money_and_a_wish_is_not(
    gaps: Gaps, boards: Door, projects: Door
) -> None:
    await bodies(boards, "ausschuss")
    year_ago, later = (
        (today() - timedelta(days)).isoformat() for days in (queries.A_YEAR, queries.A_YEAR - 1)
    )
    for key, amount, state, begun in (
        ("ohne", None, "running", later),
        ("wunsch", "0.00", "suspended", later),
        ("geplant", None, "planned", later),
        ("bezahlt", "10.00", "running", later),
        ("lange", "10.00", "completed", year_ago),
        ("aufgegeben", "10.00", "withdrawn", year_ago),
    ):
        budget = [{"year": 2025, "source": "own", "amount": amount}]
        new = {"key": key, "title": {"de": "Spielmobil"}, "state": state, "starts_on": begun}
        await projects.made("/measures", {**new, "responsible": "amt", "budget": budget})
    assert sorted(named(await gaps("planner"))) == [
        ("measure_without_money", "measure:ohne"),
        ("measure_without_money", "measure:wunsch"),
        ("money_without_effect", "measure:lange"),
    ]


async def test_that_nothing_can_be_said_of_an_effect_yet_is_no_effect(
    gaps: Gaps, indicators: Door, boards: Door, projects: Door, apps: dict[str, FastAPI]
) -> None:
    await chain.found(indicators, apps)
    await chain.decided(boards)
    await chain.carried_out(projects)
    await released(indicators, tidy("bezirk-a,2023-12-31,kinder,,170"))
    (effects,) = [one for one in apps["projects"].state.followers if one.name == "effects"]
    await effects.catch_up()
    found = (await projects.get("/measures/familienzentrum/effects")).json()
    assert [one["outcome"] for one in found["results"]] == ["unknown"]
    assert named(await gaps()) == [("money_without_effect", "measure:familienzentrum")]


async def test_who_confirms_a_finding_has_not_answered_it_and_who_dismisses_it_has(
    gaps: Gaps, indicators: Door, apps: dict[str, FastAPI]
) -> None:
    await chain.found(indicators, apps)
    address, why = f"/findings/{FINDING}", {"reason": "Wird mit dem Neubau erledigt."}
    sure = await indicators.post(f"{address}/confirmation", {}, headers={"If-Match": '"r1"'})
    assert sure.status_code == 200, sure.text
    assert named(await gaps()) == [("finding_unanswered", f"finding:{FINDING}")]
    done = await indicators.post(f"{address}/dismissal", why, headers={"If-Match": '"r2"'})
    assert done.status_code == 200, done.text
    assert await gaps("planner") == []


async def test_a_kind_that_does_not_exist_and_a_broken_cursor_are_refused(
    door: httpx.AsyncClient, town_here: str
) -> None:
    for query in ("kind=nothing", "cursor=x", "of=measure:m"):
        answer = await door.get(f"/v1/{town_here}/gaps?{query}")
        assert answer.status_code == 422, query


async def test_gaps_cost_ten_statements_at_most(
    door: httpx.AsyncClient,
    settings: Settings,
    town_here: str,
    boards: Door,
    indicators: Door,
    projects: Door,
    apps: dict[str, FastAPI],
    statements: list[str],
) -> None:
    await unfinished(boards, indicators, projects, apps)
    asked = partial(door.get, f"/v1/{town_here}/gaps", headers=bearer(settings, "planner"))
    assert await fewest(statements, asked) <= 10
    assert len((await asked()).json()["items"]) == 4
