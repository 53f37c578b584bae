"""OParl 1.1: what was recommended and decided, on what it rests, how far it is carried out."""

from typing import Any

import pytest

from tests.integration.boards.council import a_paper, text
from tests.integration.boards.deciding import (
    a_recommendation,
    a_resolution,
    answers,
    bodies,
    on_the_way,
    voted,
)
from tests.integration.boards.test_files import kept
from tests.integration.indicators.figures import equip, released, tidy
from tests.support.copies import copied
from tests.support.oparl import BASE, Crawl, Reader, Standard
from tests.support.towns import Door

ADVISED, DECIDED = "Der Beirat empfiehlt es.", "Es wird beschlossen."


@pytest.fixture
@copied
async def decided(boards: Door) -> Door:
    """A board has advised, the committee has decided otherwise, an office carries it out."""
    await bodies(boards, "beirat", "ausschuss")
    await boards.made("/papers", a_paper(dated_on="2026-03-01"))
    await on_the_way(boards, ("beirat", "advises"), ("ausschuss", "decides"))
    await boards.made("/recommendations", a_recommendation(await voted(boards, "beirat")))
    answer = answers("amends", reason="Das Geld reicht für zwei.")
    await boards.made("/resolutions", a_resolution(await voted(boards, "ausschuss"), **answer))
    return boards


async def item(world: Reader, body: str) -> dict[str, Any]:
    """The first item of the meeting of the body."""
    found = {one["name"]: one["id"] for one in await world.data("organizations")}
    (meeting,) = await world.data(f"{found[body]}/meetings")
    return await world.one(meeting["agendaItem"][0]["id"])


async def test_a_resolution_names_the_recommendation_that_it_answers(
    decided: Door, world: Reader, standard: Standard
) -> None:
    advice, decision = await item(world, "Beirat"), await item(world, "Ausschuss")
    assert advice["Planraum:recommendation"] == ADVISED
    assert "resolutionText" not in advice
    assert decision["resolutionText"] == DECIDED
    (answered,) = decision["Planraum:recommendationOf"]
    assert answered["agendaItem"] == advice["id"]
    assert (answered["answer"], answered["reason"]) == ("amends", "Das Geld reicht für zwei.")
    crawl = Crawl(world.get)
    await crawl.everything(world.system)
    for found in crawl.objects.values():
        standard.check(found)


async def test_who_may_not_know_who_advised_reads_the_decision_alone(
    decided: Door, world: Reader
) -> None:
    await decided.patch("/bodies/beirat", {"visibility": "members"})
    decision = await item(world, "Ausschuss")
    assert decision["resolutionText"] == DECIDED
    assert "Planraum:recommendationOf" not in decision
    await decided.patch("/bodies/beirat", {"visibility": "public"}, 2)
    assert "Planraum:recommendationOf" in await item(world, "Ausschuss")


async def test_how_far_it_is_carried_out(decided: Door, world: Reader) -> None:
    assert "Planraum:implementationState" not in await item(world, "Ausschuss")
    task = {"key": "i-1", "resolution": "b-1", "task": text("Bescheid"), "responsible": "amt"}
    await decided.made("/implementations", task)
    assert (await item(world, "Ausschuss"))["Planraum:implementationState"] == "open"
    for state in ("in_progress", "done"):
        report = {"state": state, "text": text("Ist auf dem Weg.")}
        await decided.made("/implementations/i-1/reports", report)
        assert (await item(world, "Ausschuss"))["Planraum:implementationState"] == state


async def test_files_of_a_task_are_there_as_long_as_its_resolution(
    decided: Door, world: Reader, standard: Standard
) -> None:
    task = {"key": "i-1", "resolution": "b-1", "task": text("Bescheid"), "responsible": "amt"}
    await decided.made("/implementations", task)
    await kept(decided, subject_kind="implementation", subject="i-1", role="auxiliary")
    (file,) = await world.data("files")
    standard.check(file)
    assert "agendaItem" not in file
    await decided.patch("/resolutions/b-1", {"visibility": "members"})
    assert (await world.one(file["id"]))["deleted"] is True


async def test_a_hidden_resolution_is_not_told(decided: Door, world: Reader) -> None:
    hidden = await decided.patch("/resolutions/b-1", {"visibility": "administration"})
    assert hidden.status_code == 200, hidden.text
    decision = await item(world, "Ausschuss")
    assert "resolutionText" not in decision
    assert "Planraum:recommendationOf" not in decision
    assert DECIDED not in (await world.get("meetings")).text


async def test_a_recommendation_rests_on_a_published_figure(
    boards: Door, indicators: Door, world: Reader
) -> None:
    await equip(indicators)
    await released(indicators, tidy("jena,2024-12-31,bevoelkerung,,96000"))
    await bodies(boards, "beirat")
    figure = {"indicator": "bevoelkerung", "area": "jena", "period": "2024-12-31"}
    advice = a_recommendation(await voted(boards, "beirat"), evidence=[figure])
    await boards.made("/recommendations", advice)
    (told,) = (await item(world, "Beirat"))["Planraum:basedOnIndicator"]
    assert (told["value"], told["release"], told["name"]) == (96000, 1, "Bevölkerung")
    where = told["indicator"].removeprefix(BASE)
    assert (await indicators.as_()("GET", where)).json()["key"] == "bevoelkerung"
