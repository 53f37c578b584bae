"""OParl 1.1: what was recommended and decided, on what it rests, how far it is carried out."""

from typing import Any

import asyncpg
import pytest

from tests.integration.boards.council import a_paper, text
from tests.integration.boards.deciding import (
    a_recommendation,
    a_resolution,
    answers,
    bodies,
    contested,
    judged,
    the_board_advises,
    voted,
)
from tests.integration.boards.filing import kept
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
    await the_board_advises(boards)
    answer = answers("amends", reason="Das Geld reicht für zwei.")
    await boards.made("/resolutions", a_resolution(await voted(boards, "ausschuss"), **answer))
    return boards


async def item(world: Reader, body: str, place: int = 0) -> dict[str, Any]:
    """An item of the meeting of the body, the first."""
    found = {one["name"]: one["id"] for one in await world.data("organizations")}
    (meeting,) = await world.data(f"{found[body]}/meetings")
    return await world.one(meeting["agendaItem"][place]["id"])


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


END = {"kind": "replaces", "from": "2026-04-01"}


async def replaced(boards: Door, world: Reader) -> tuple[dict[str, Any], dict[str, Any]]:
    """The items of the resolution `b-1` and of `b-2`, which replaces it."""
    ends = [{"resolution": "b-1", "kind": "replaces", "ends_from": END["from"]}]
    vote = await voted(boards, "ausschuss", "b")
    await boards.made("/resolutions", a_resolution(vote, "b-2", ends=ends))
    return await item(world, "Ausschuss"), await item(world, "Ausschuss", 1)


async def test_a_resolution_that_was_replaced_says_so_and_by_which(
    decided: Door, world: Reader, standard: Standard, owner: asyncpg.Connection
) -> None:
    before = await item(world, "Ausschuss")
    assert "Planraum:endedBy" not in before
    await owner.execute(
        "UPDATE boards.oparl_object SET modified = modified - interval '1 day'"
        " WHERE municipality_id = $1",
        decided.municipality.id,
    )
    old, new = await replaced(decided, world)
    assert old["Planraum:endedBy"] == [{**END, "agendaItem": new["id"]}]
    assert new["Planraum:ends"] == [{**END, "agendaItem": old["id"]}]
    assert old["resolutionText"] == before["resolutionText"]
    assert "Planraum:ends" not in old
    assert "Planraum:endedBy" not in new
    since = before["modified"].replace("+", "%2B")
    moved = {one["id"] for one in await world.data(f"agenda-items?modified_since={since}")}
    assert {old["id"], new["id"]} <= moved
    assert old["meeting"] in {o["id"] for o in await world.data(f"meetings?modified_since={since}")}
    standard.check(old)
    standard.check(new)


async def test_that_a_resolution_ended_is_told_also_where_the_later_one_is_hidden(
    decided: Door, world: Reader
) -> None:
    await replaced(decided, world)
    await decided.patch("/resolutions/b-2", {"visibility": "members"})
    old, new = await item(world, "Ausschuss"), await item(world, "Ausschuss", 1)
    assert old["Planraum:endedBy"] == [END]
    assert "Planraum:ends" not in new
    await decided.patch("/resolutions/b-1", {"visibility": "members"})
    assert "Planraum:endedBy" not in await item(world, "Ausschuss")


async def test_what_a_void_resolution_had_ended_holds_again(decided: Door, world: Reader) -> None:
    await replaced(decided, world)
    await judged(decided, await contested(decided, "ausschuss", "b"), "confirmed")
    assert "Planraum:endedBy" not in await item(world, "Ausschuss")
    assert "Planraum:ends" not in await item(world, "Ausschuss", 1)


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
