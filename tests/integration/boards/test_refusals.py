"""Refusals: a body that votes a paper down has decided, and says what becomes of the advice."""

from typing import Any

import asyncpg
import pytest

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import a_paper
from tests.integration.boards.deciding import (
    a_resolution,
    answers,
    bodies,
    contested,
    judged,
    put,
    state,
    the_board_advises,
    voted,
)
from tests.support.copies import copied
from tests.support.oparl import Reader
from tests.support.towns import Door

REASON = {"reason": "Der Haushalt trägt es nicht."}
WHY = answers("rejects", **REASON)


@pytest.fixture
@copied
async def turned_down(boards: Door) -> Door:
    """The board has advised; the committee votes it down."""
    await bodies(boards, "beirat", "ausschuss")
    await boards.made("/papers", a_paper(dated_on="2026-03-01"))
    await the_board_advises(boards)
    await voted(boards, "ausschuss", yes=0)
    return boards


def a_refusal(vote: str = "v-ausschuss-a", **more: Any) -> dict[str, Any]:
    return a_resolution(vote, kind="refusal", **more)


async def test_who_turns_a_paper_down_has_decided_and_says_why(
    turned_down: Door, world: Reader
) -> None:
    taken = await turned_down.made("/resolutions", a_refusal(**WHY))
    assert (taken["kind"], taken["state"], taken["body"]) == ("refusal", "valid", "ausschuss")
    assert taken["responses"] == [{"recommendation": "r-1", "kind": "rejects", **REASON}]
    assert await state(turned_down.as_(), "/recommendations/r-1") == "rejected"
    assert await state(turned_down, "/papers/vorlage-1") == "decided"
    assert await state(turned_down, "/consultations/c-ausschuss") == "held"
    found = (await turned_down.as_().get("/resolutions?kind=refusal")).json()["items"]
    assert [one["key"] for one in found] == ["b-1"]
    items = await world.data("agenda-items")
    (told,) = [one for one in items if one.get("result") == "abgelehnt"]
    assert told["resolutionText"] == "Es wird beschlossen."
    (answered,) = told["Planraum:recommendationOf"]
    assert (answered["answer"], answered["reason"]) == ("rejects", REASON["reason"])


@pytest.mark.parametrize(
    ("wrong", "status", "pointer", "code"),
    [
        ({}, 422, "/responses", "unanswered"),
        (answers("rejects"), 422, "/responses/0/reason", "value_error"),
        (answers("follows"), 422, "/responses/0/kind", "refused"),
        (answers("amends", reason="Nur zwei"), 422, "/responses/0/kind", "refused"),
        ({**WHY, "ends": [{"resolution": "b-0", "kind": "repeals"}]}, 422, "/ends", "refused"),
        ({**WHY, "strategy": "armut"}, 422, "/strategy", "value_error"),
        ({**WHY, "kind": "decision"}, 409, "/vote", "not-adopted"),
    ],
)
async def test_a_refusal_that_cannot_be_is_refused(
    turned_down: Door, wrong: dict[str, Any], status: int, pointer: str, code: str
) -> None:
    refused = await turned_down.post("/resolutions", {**a_refusal(), **wrong})
    assert refused.status_code == status, refused.text
    assert (pointer, code) in {(e["pointer"], e["code"]) for e in refused.json()["errors"]}
    assert (await turned_down.get("/resolutions")).json()["items"] == []
    assert await state(turned_down, "/papers/vorlage-1") == "submitted"
    assert await state(turned_down, "/recommendations/r-1") == "open"


async def test_what_was_adopted_or_is_open_or_not_quorate_was_not_turned_down(
    turned_down: Door,
) -> None:
    opened = await put(turned_down, "ausschuss", "b")
    adopted = await voted(turned_down, "ausschuss", "c")
    three = {"rule": {"kind": "open", "minimum": 3, "maximum": 3}}
    assert (await turned_down.patch("/seats/sitz-ausschuss", three)).status_code == 200
    few = await voted(turned_down, "ausschuss", "b", key="v-wenige", yes=0)
    assert (await turned_down.get(f"/votes/{few}")).json()["outcome"] == "not_quorate"
    for vote, code in ((opened, "not-closed"), (adopted, "not-rejected"), (few, "not-rejected")):
        refused = await turned_down.post("/resolutions", a_refusal(vote))
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, code), vote


async def test_an_advisory_board_turns_nothing_down(turned_down: Door) -> None:
    vote = await voted(turned_down, "beirat", "b", yes=0)
    refused = await turned_down.post("/resolutions", a_refusal(vote))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "no-mandate")


async def test_a_refusal_is_void_with_its_vote(turned_down: Door) -> None:
    await turned_down.made("/resolutions", a_refusal(**WHY))
    decision = await contested(turned_down, "ausschuss")
    await judged(turned_down, decision, "confirmed")
    assert await state(turned_down.as_(), "/resolutions/b-1") == "void"
    assert await state(turned_down, "/papers/vorlage-1") == "submitted"
    assert await state(turned_down, "/recommendations/r-1") == "open"
    await judged(turned_down, decision, "dismissed")
    assert await state(turned_down, "/resolutions/b-1") == "valid"
    assert await state(turned_down, "/papers/vorlage-1") == "decided"
    assert await state(turned_down, "/recommendations/r-1") == "rejected"


async def test_the_database_too_holds_a_refusal_to_a_vote_that_was_rejected(
    turned_down: Door, owner: asyncpg.Connection, town: Municipality
) -> None:
    await turned_down.made("/resolutions", a_refusal(**WHY))
    await voted(turned_down, "ausschuss", "b")
    await owner.execute(f"SET app.municipality = '{town.id}'")
    for change in (
        "vote = 'v-ausschuss-b', agenda_item = 'ausschuss-1-b'",
        "kind = 'decision'",
    ):
        with pytest.raises(asyncpg.CheckViolationError, match="went the way"):
            await owner.execute(
                f"UPDATE boards.resolution SET {change} WHERE municipality_id = $1", town.id
            )
