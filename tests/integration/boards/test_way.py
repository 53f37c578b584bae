"""The way of a paper in one answer: everything that happened, as far as the reader may see it."""

from datetime import date

import pytest

from services.kit.days import today
from tests.integration.boards.council import a_paper, an_amendment, text
from tests.integration.boards.deciding import (
    a_recommendation,
    a_resolution,
    answers,
    bodies,
    on_the_way,
    voted,
)
from tests.support.copies import copied
from tests.support.towns import Door


@pytest.fixture
@copied
async def decided(boards: Door) -> Door:
    await bodies(boards, "beirat", "ausschuss", "stadtrat")
    await boards.made("/papers", a_paper(dated_on="2026-03-01"))
    await on_the_way(
        boards, ("beirat", "advises"), ("ausschuss", "advises"), ("stadtrat", "decides")
    )
    await boards.made("/recommendations", a_recommendation(await voted(boards, "beirat")))
    await boards.made("/amendments", an_amendment())
    await boards.patch("/consultations/c-ausschuss", {"state": "cancelled"})
    new = a_resolution(await voted(boards, "stadtrat"), **answers("rejects", reason="Kein Geld."))
    await boards.made("/resolutions", new)
    await boards.made(
        "/implementations",
        {
            "key": "i-1",
            "resolution": "b-1",
            "task": text("Absage"),
            "responsible": "amt",
            "due_on": "2026-04-01",
        },
    )
    return boards


async def test_the_whole_way_is_one_answer(decided: Door, statements: list[str]) -> None:
    statements.clear()
    way = (await decided.as_().get("/papers/vorlage-1/way")).json()
    assert len(statements) <= 10
    assert (way["paper"], way["state"], way["dated_on"]) == ("vorlage-1", "decided", "2026-03-01")
    advice, cancelled, decision = way["steps"]
    assert [step["body"] for step in way["steps"]] == ["beirat", "ausschuss", "stadtrat"]
    assert [step["authoritative"] for step in way["steps"]] == [False, False, True]
    assert (advice["meeting_on"], advice["days"], advice["body_name"]["de"]) == (
        "2026-03-10",
        9,
        "Beirat",
    )
    assert advice["recommendations"] == [
        {"key": "r-1", "title": text("Empfehlung"), "state": "rejected"}
    ]
    assert (advice["votes"][0]["outcome"], advice["votes"][0]["yes"]) == ("adopted", 1)
    assert (cancelled["state"], cancelled["days"], cancelled["votes"]) == ("cancelled", None, [])
    assert (decision["days"], way["days"]) == (3, 12)
    (resolution,) = decision["resolutions"]
    assert (resolution["key"], resolution["state"]) == ("b-1", "valid")
    assert resolution["responses"] == [
        {"recommendation": "r-1", "kind": "rejects", "reason": "Kein Geld."}
    ]
    (task,) = resolution["tasks"]
    assert (task["key"], task["state"], task["overdue"]) == ("i-1", "open", True)
    assert [one["key"] for one in way["amendments"]] == ["am-1"]


async def test_the_way_shows_no_step_of_the_closed_part(decided: Door) -> None:
    await decided.patch("/meetings/beirat-1/agenda-items/beirat-1-a", {"public": False}, 2)
    way = (await decided.as_().get("/papers/vorlage-1/way")).json()
    assert [step["body"] for step in way["steps"]] == ["ausschuss", "stadtrat"]
    assert way["steps"][1]["resolutions"][0]["responses"] == []
    assert "r-1" not in str(way)
    whole = (await decided.as_("secretary").get("/papers/vorlage-1/way")).json()
    assert len(whole["steps"]) == 3


async def test_a_hidden_paper_has_no_way_for_the_public(decided: Door) -> None:
    await decided.patch("/papers/vorlage-1", {"visibility": "administration"}, 2)
    assert (await decided.as_().get("/papers/vorlage-1/way")).status_code == 404
    assert (await decided.get("/papers/nirgends/way")).status_code == 404
    public = (await decided.as_().get("/resolutions/b-1")).json()
    assert (public["paper"], public["consultation"]) == (None, None)


async def test_a_paper_on_no_way_yet_has_waited_since_its_day(boards: Door) -> None:
    await boards.made("/papers", a_paper(dated_on="2026-03-01"))
    way = (await boards.as_().get("/papers/vorlage-1/way")).json()
    assert (way["steps"], way["amendments"]) == ([], [])
    assert way["days"] == (today() - date(2026, 3, 1)).days
