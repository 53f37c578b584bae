"""What changed after a measure: found with each release once, as everybody sees the figures."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.clients import Peer
from services.kit.days import today
from services.kit.identity import Signer
from services.projects.effects import events, queries
from tests.integration.projects.neighbour import Neighbour
from tests.support.following import followers, journal
from tests.support.towns import Door

TYPE = "projects.measure.evaluated.v1"
MEASURE: dict[str, Any] = {
    "key": "jobladen-lobeda",
    "title": {"de": "Jobladen Lobeda"},
    "state": "running",
    "starts_on": "2024-01-01",
    "targets": [
        {
            "indicator": "sgb2-quote",
            "area": "lobeda",
            "direction": "decrease",
            "target_value": "16",
            "due_on": "2027-12-31",
            "compared_with": ["winzerla"],
        }
    ],
}
FIRST = [
    ("lobeda", "2023", 18.2),
    ("lobeda", "2024", 17.1),
    ("jena", "2023", 9.1),
    ("jena", "2024", 8.9),
    ("winzerla", "2023", 12),
    ("winzerla", "2024", "confidential"),
]
SECOND = [*FIRST, ("lobeda", "2025", 15.9), ("jena", "2025", 8.9)]


@pytest.fixture
def figures(projects: Door, neighbours: dict[str, Neighbour]) -> Neighbour:
    """The indicators service of the town, with nothing released yet."""
    indicators = neighbours["indicators"]
    town = projects.municipality.key
    indicators.known[f"/v1/{town}/areas/lobeda"] = {"parent": "jena"}
    return indicators


async def measured(projects: Door, indicators: Neighbour) -> None:
    """A measure and then the first release: whoever follows finds its effect, also in the
    background."""
    await projects.made("/measures", MEASURE)
    release(projects, indicators, FIRST)


def release(projects: Door, indicators: Neighbour, published: list[tuple[str, str, Any]]) -> None:
    indicators.published.append({"sgb2-quote": published})
    number, town = len(indicators.published), projects.municipality
    indicators.known[f"/v1/{town.key}/releases/release-{number}"] = {"number": number}
    indicators.tell(town, "indicators.release.created.v1", f"releases/release-{number}")


async def effects(door: Door, query: str = "") -> dict[str, Any]:
    answer = await door.get(f"/measures/jobladen-lobeda/effects{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_an_effect_is_there_at_once_and_found_anew_with_each_release(
    projects: Door, figures: Neighbour, apps: dict[str, FastAPI]
) -> None:
    follower = followers(apps["projects"])["effects"]
    release(projects, figures, FIRST)
    await follower.catch_up()
    await projects.made("/measures", MEASURE)
    live = await effects(projects.as_())
    assert (live["release"], live["evaluated_at"], live["releases"]) == (1, None, [])
    (result,) = live["results"]
    assert (result["before"]["value"], result["after"]["value"]) == ("18.2", "17.1")
    assert (result["change"], result["progress_percent"]) == ("-1.1", "50.0")
    parent, chosen = result["compared"]
    assert (parent["area"], parent["kind"], parent["difference"]) == ("jena", "parent", "-0.9")
    assert (chosen["after"]["value"], chosen["after"]["status"]) == (None, "confidential")
    assert (chosen["after"]["reason"], chosen["difference"]) == ("threshold:3", None)
    assert "noch keine Wirkung" in live["caveat"]["de"]
    assert "not yet" in live["caveat"]["en"]

    release(projects, figures, SECOND)
    await follower.catch_up()
    stored = await effects(projects.as_())
    assert (stored["release"], stored["releases"]) == (2, [2])
    assert stored["evaluated_at"] is not None
    assert stored["results"][0]["target_state"] == "reached"
    assert await journal(apps["projects"], projects.municipality, TYPE) == [
        "measures/jobladen-lobeda"
    ]
    release(projects, figures, SECOND)
    await follower.catch_up()
    assert (await effects(projects))["releases"] == [2]
    release(projects, figures, FIRST)
    await follower.catch_up()
    assert (await effects(projects))["releases"] == [4, 2]
    earlier = await effects(projects, "?release=2")
    assert earlier["results"] == stored["results"]
    assert (await projects.get("/measures/jobladen-lobeda/effects?release=3")).status_code == 404


async def test_a_release_that_is_told_again_is_held_against_what_was_found_with_it(
    projects: Door, figures: Neighbour, apps: dict[str, FastAPI]
) -> None:
    """As after one of the two services was restored from a backup: later releases say nothing."""
    follower, town = followers(apps["projects"])["effects"], projects.municipality
    await measured(projects, figures)
    for published in (SECOND, FIRST):
        release(projects, figures, published)
    await follower.catch_up()
    before = await effects(projects, "?release=2")
    figures.tell(town, "indicators.release.created.v1", "releases/release-2")
    await follower.catch_up()
    assert (await effects(projects))["releases"] == [3, 2, 1]
    assert await effects(projects, "?release=2") == before
    assert len(await journal(apps["projects"], town, TYPE)) == 3


async def test_a_follower_that_dies_half_way_finds_each_release_once_afterwards(
    projects: Door,
    figures: Neighbour,
    apps: dict[str, FastAPI],
    signer: Signer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, town = apps["projects"], projects.municipality
    own = Neighbour(known=figures.known)  # whose journal the app does not follow
    peer = Peer("indicators", "http://indicators", signer, own)
    for published in (FIRST, SECOND, FIRST):
        release(projects, own, published)
    await projects.made("/measures", MEASURE)
    evaluate, seen = events.evaluate, []

    async def dies_at_the_second(session: AsyncSession, peer: Peer, number: int) -> None:
        await evaluate(session, peer, number)
        seen.append(number)
        if len(seen) == 2:
            raise asyncio.CancelledError

    monkeypatch.setattr(events, "evaluate", dies_at_the_second)
    with pytest.raises(asyncio.CancelledError):
        await events.follower(peer, app.state.database).catch_up()
    assert await journal(app, town, TYPE) == []
    monkeypatch.undo()
    after = events.follower(peer, app.state.database)
    await after.catch_up()
    assert await after.catch_up() == 0
    assert len(await journal(app, town, TYPE)) == 3
    assert (await effects(projects))["releases"] == [3, 2, 1]
    await peer.close()


MERGER = {
    "key": "lobeda-2020",
    "revision": 1,
    "valid_from": "2020-01-01",
    "crossings": [{"from_area": "lobeda-ost", "to_area": "lobeda"}],
}
ENTERED = ("indicators.crosswalk.created.v1", "crosswalks/lobeda-2020")


def crosswalks(projects: Door, indicators: Neighbour, *known: dict[str, Any]) -> None:
    """What the town knows of changes of its territory."""
    address = f"/v1/{projects.municipality.key}/crosswalks"
    indicators.known[address] = {"items": list(known), "next": None}


async def test_an_effect_is_found_anew_once_when_a_change_of_its_territory_is_entered_later(
    projects: Door, figures: Neighbour, apps: dict[str, FastAPI]
) -> None:
    follower, town = followers(apps["projects"])["effects"], projects.municipality
    await measured(projects, figures)
    await follower.catch_up()
    before = await effects(projects.as_())
    assert before["territory"] == today().isoformat()
    assert before["results"][0]["crosswalks"] == []
    elsewhere = {**MERGER, "crossings": [{"from_area": "zwaetzen", "to_area": "jena-nord"}]}
    crosswalks(projects, figures, elsewhere)
    figures.tell(town, *ENTERED)
    figures.calls.clear()
    await follower.catch_up()
    assert not [call for call in figures.calls if "/observations" in call]
    assert await effects(projects.as_()) == before

    crosswalks(projects, figures, MERGER)
    figures.published[-1]["sgb2-quote"] = [("lobeda", "2023", 17.6), *FIRST[1:]]
    figures.tell(town, *ENTERED)
    await follower.catch_up()
    assert await follower.catch_up() == 0
    now = await effects(projects.as_())
    assert (now["release"], now["releases"]) == (1, [1])
    assert now["evaluated_at"] > before["evaluated_at"]
    (result,) = now["results"]
    assert (result["before"]["value"], result["change"]) == ("17.6", "-0.5")
    assert result["crosswalks"] == [{"crosswalk": "lobeda-2020", "revision": 1}]
    assert len(await journal(apps["projects"], town, TYPE)) == 2

    crosswalks(projects, figures, {**MERGER, "revision": 2})
    figures.tell(town, "indicators.crosswalk.changed.v1", "crosswalks/lobeda-2020")
    await follower.catch_up()
    (result,) = (await effects(projects))["results"]
    assert result["crosswalks"] == [{"crosswalk": "lobeda-2020", "revision": 2}]
    assert len(await journal(apps["projects"], town, TYPE)) == 3


async def test_what_was_found_with_an_earlier_release_stays_as_it_was_found(
    projects: Door, figures: Neighbour, apps: dict[str, FastAPI]
) -> None:
    follower = followers(apps["projects"])["effects"]
    await measured(projects, figures)
    release(projects, figures, FIRST)
    await follower.catch_up()
    assert (await effects(projects))["releases"] == [1]
    crosswalks(projects, figures, MERGER)
    figures.tell(projects.municipality, *ENTERED)
    await follower.catch_up()
    assert (await effects(projects))["releases"] == [2, 1]
    (earlier,) = (await effects(projects, "?release=1"))["results"]
    assert earlier["crosswalks"] == []


async def test_an_effect_holds_until_the_next_territory_that_is_known_begins(
    projects: Door,
    figures: Neighbour,
    apps: dict[str, FastAPI],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    follower, begins = followers(apps["projects"])["effects"], today() + timedelta(days=30)
    await measured(projects, figures)
    await follower.catch_up()
    crosswalks(projects, figures, {**MERGER, "valid_from": begins.isoformat()})
    figures.tell(projects.municipality, *ENTERED)
    await follower.catch_up()
    stored = await effects(projects)
    assert stored["evaluated_at"] is not None
    assert stored["results"][0]["crosswalks"] == []
    assert len(await journal(apps["projects"], projects.municipality, TYPE)) == 1
    monkeypatch.setattr(queries, "today", lambda: begins - timedelta(days=1))
    assert await effects(projects) == stored
    monkeypatch.setattr(queries, "today", lambda: begins)
    assert (await effects(projects))["evaluated_at"] is None


async def test_an_area_that_is_put_below_another_is_compared_with_that_one(
    projects: Door, figures: Neighbour, apps: dict[str, FastAPI]
) -> None:
    follower, town = followers(apps["projects"])["effects"], projects.municipality
    await measured(projects, figures)
    await follower.catch_up()
    figures.known[f"/v1/{town.key}/areas/lobeda"] = {"parent": "winzerla"}
    figures.tell(town, "indicators.area.changed.v1", "areas/jena-nord")
    await follower.catch_up()
    assert (await effects(projects))["results"][0]["compared"][0]["area"] == "jena"
    figures.tell(town, "indicators.area.changed.v1", "areas/lobeda")
    await follower.catch_up()
    figures.calls.clear()
    figures.tell(town, "indicators.area.changed.v1", "areas/lobeda")
    await follower.catch_up()
    assert not [call for call in figures.calls if "/observations?" in call]
    compared = (await effects(projects))["results"][0]["compared"]
    assert [(one["area"], one["kind"]) for one in compared] == [("winzerla", "parent")]


async def test_targets_that_were_changed_since_are_looked_up_anew(
    projects: Door, figures: Neighbour, apps: dict[str, FastAPI]
) -> None:
    await measured(projects, figures)
    await followers(apps["projects"])["effects"].catch_up()
    assert (await effects(projects))["evaluated_at"] is not None
    changed = [{**MEASURE["targets"][0], "target_value": "10"}]
    await projects.patch("/measures/jobladen-lobeda", {"targets": changed}, 1)
    now = await effects(projects)
    assert (now["evaluated_at"], now["results"][0]["progress_percent"]) == (None, "13.4")


async def test_one_area_that_is_not_for_everybody_hides_none_of_the_others(
    projects: Door, figures: Neighbour
) -> None:
    figures.secret = {"winzerla"}
    release(projects, figures, FIRST)
    await projects.made("/measures", MEASURE)
    (result,) = (await effects(projects.as_()))["results"]
    assert result["change"] == "-1.1"
    assert result["compared"][1]["before"]["status"] == "missing"


async def test_figures_are_asked_for_as_anybody_with_one_call_for_an_indicator(
    projects: Door, figures: Neighbour, apps: dict[str, FastAPI]
) -> None:
    follower = followers(apps["projects"])["effects"]
    release(projects, figures, FIRST)
    await follower.catch_up()
    for n in range(4):
        await projects.made("/measures", {**MEASURE, "key": f"measure-{n}"})
    figures.calls.clear()
    release(projects, figures, FIRST)
    await follower.catch_up()
    asked = [call for call in figures.calls if "/observations" in call]
    assert len(asked) == 1
    assert "area=jena%2Clobeda%2Cwinzerla" in asked[0]
    assert "as_of=2" in asked[0]
    assert len([call for call in figures.calls if "/areas/" in call]) == 1


async def test_while_the_figures_are_away_a_new_effect_waits_and_a_known_one_is_shown(
    projects: Door, figures: Neighbour, apps: dict[str, FastAPI]
) -> None:
    await projects.made("/measures", MEASURE)
    figures.away = True
    waits = await projects.get("/measures/jobladen-lobeda/effects")
    assert waits.status_code == 503
    figures.away = False
    release(projects, figures, FIRST)
    await followers(apps["projects"])["effects"].catch_up()
    figures.away = True
    assert (await effects(projects))["release"] == 1


async def test_an_effect_hides_with_its_measure_and_its_target(
    projects: Door, figures: Neighbour, apps: dict[str, FastAPI]
) -> None:
    town = projects.municipality.key
    figures.known[f"/v1/{town}/areas/winzerla"] = {"visibility": "administration"}
    await measured(projects, figures)
    await followers(apps["projects"])["effects"].catch_up()
    (seen,) = (await effects(projects.as_()))["results"]
    assert [one["area"] for one in seen["compared"]] == ["jena"]
    (whole,) = (await effects(projects))["results"]
    assert [one["area"] for one in whole["compared"]] == ["jena", "winzerla"]
    figures.known[f"/v1/{town}/indicators/sgb2-quote"] = {"visibility": "administration"}
    figures.tell(projects.municipality, "indicators.indicator.changed.v1", "indicators/sgb2-quote")
    await followers(apps["projects"])["references-indicators"].catch_up()
    assert (await effects(projects.as_()))["results"] == []
    assert len((await effects(projects))["results"]) == 1
    await projects.patch("/measures/jobladen-lobeda", {"visibility": "administration"}, 1)
    hidden = await projects.as_().get("/measures/jobladen-lobeda/effects")
    assert hidden.status_code == 404


async def test_a_town_without_figures_has_effects_that_nobody_knows(
    projects: Door, neighbours: dict[str, Neighbour]
) -> None:
    await projects.made("/measures", MEASURE)
    told = await effects(projects)
    assert (told["release"], told["results"][0]["unknown"]) == (None, "not_published")
