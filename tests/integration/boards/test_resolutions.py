"""Recommendations and resolutions: who may take them, on which vote, and what becomes of them."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import a_paper, a_power, text
from tests.integration.boards.deciding import (
    a_recommendation,
    a_resolution,
    answers,
    bodies,
    contested,
    judged,
    on_the_way,
    put,
    state,
    the_board_advises,
    three_members,
    voted,
)
from tests.support.copies import copied
from tests.support.towns import Door, new_town


@pytest.fixture
@copied
async def office(boards: Door) -> Door:
    await bodies(boards, "beirat", "ausschuss", "stadtrat")
    await boards.made("/papers", a_paper(dated_on="2026-03-01"))
    return boards


@pytest.fixture
async def advised(office: Door) -> Door:
    """The board has advised; the committee is to decide."""
    await the_board_advises(office)
    return office


async def test_a_recommendation_is_answered_by_the_body_that_decides(advised: Door) -> None:
    given = (await advised.as_().get("/recommendations/r-1")).json()
    assert (given["body"], given["meeting"], given["paper"]) == ("beirat", "beirat-1", "vorlage-1")
    assert (given["consultation"], given["decided_on"]) == ("c-beirat", "2026-03-10")
    assert (given["state"], await state(advised, "/consultations/c-beirat")) == ("open", "held")
    vote = await voted(advised, "ausschuss")
    taken = await advised.post("/resolutions", a_resolution(vote, **answers("follows")))
    assert taken.status_code == 201, taken.text
    assert taken.headers["location"].endswith("/resolutions/b-1")
    assert (taken.json()["body"], taken.json()["state"]) == ("ausschuss", "valid")
    assert await state(advised.as_(), "/recommendations/r-1") == "followed"
    assert await state(advised, "/papers/vorlage-1") == "decided"
    assert await state(advised, "/consultations/c-ausschuss") == "held"


@pytest.mark.parametrize(
    ("responses", "pointer"),
    [
        ({}, "/responses"),
        (answers("amends"), "/responses/0/reason"),
        (answers("rejects"), "/responses/0/reason"),
        (answers("ignores"), "/responses/0/kind"),
        (answers("follows", "r-9"), "/responses/0/recommendation"),
    ],
)
async def test_a_recommendation_is_not_passed_over(
    advised: Door, responses: Any, pointer: str
) -> None:
    vote = await voted(advised, "ausschuss")
    refused = await advised.post("/resolutions", a_resolution(vote, **responses))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await advised.get("/resolutions")).json()["items"] == []
    assert await state(advised, "/papers/vorlage-1") == "submitted"


@pytest.mark.parametrize(("kind", "then"), [("amends", "amended"), ("rejects", "rejected")])
async def test_who_does_not_follow_says_why(advised: Door, kind: str, then: str) -> None:
    vote = await voted(advised, "ausschuss")
    new = a_resolution(vote, **answers(kind, reason="Der Haushalt trägt es nicht."))
    taken = await advised.made("/resolutions", new)
    assert taken["responses"] == [
        {"recommendation": "r-1", "kind": kind, "reason": "Der Haushalt trägt es nicht."}
    ]
    assert await state(advised, "/recommendations/r-1") == then
    found = (await advised.as_().get("/resolutions?recommendation=r-1")).json()["items"]
    assert [one["key"] for one in found] == ["b-1"]


async def test_an_advisory_board_does_not_decide(office: Door) -> None:
    refused = await office.post("/resolutions", a_resolution(await voted(office, "beirat")))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "no-mandate")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"mandates": ["advises"]}, None),
        ({"mandates": ["advises"], "earlier_mandates": []}, "no-mandate"),
        ({"earlier_mandates": [{"until": "2026-03-13", "mandates": ["advises"]}]}, "no-mandate"),
        ({"earlier_mandates": [{"until": "2026-03-12", "mandates": ["advises"]}]}, None),
    ],
)
async def test_the_mandate_counts_that_a_body_had_on_the_day(
    office: Door, change: dict[str, Any], code: str | None
) -> None:
    vote = await voted(office, "stadtrat")
    assert (await office.patch("/bodies/stadtrat", change)).status_code == 200
    answer = await office.post("/resolutions", a_resolution(vote))
    assert answer.status_code == (409 if code else 201), answer.text
    assert code in (None, *(one["code"] for one in answer.json().get("errors", ())))


async def test_a_committee_that_is_asked_for_advice_does_not_decide(office: Door) -> None:
    await on_the_way(office, ("ausschuss", "advises"), ("stadtrat", "decides"))
    vote = await voted(office, "ausschuss")
    refused = await office.post("/resolutions", a_resolution(vote))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "other-role")
    await office.made("/recommendations", a_recommendation(vote, addressed_to="stadtrat"))
    vote = await voted(office, "stadtrat")
    refused = await office.post("/recommendations", a_recommendation(vote, "r-2"))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "other-role")


@pytest.mark.parametrize(
    ("collection", "make", "body"),
    [("recommendations", a_recommendation, "beirat"), ("resolutions", a_resolution, "stadtrat")],
)
async def test_nothing_rests_on_a_vote_that_carries_nothing(
    office: Door, collection: str, make: Any, body: str
) -> None:
    opened = await put(office, body, "a")
    rejected = await voted(office, body, "b", yes=0)
    urgent = await voted(office, body, "c", purpose="procedural")
    for vote, status, code in (
        (opened, 409, "not-closed"),
        (rejected, 409, "not-adopted"),
        (urgent, 422, "other-purpose"),
        ("v-9", 422, "unknown"),
    ):
        refused = await office.post(f"/{collection}", make(vote))
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (status, code)
        assert refused.json()["errors"][0]["pointer"] == "/vote"
    assert (await office.get(f"/{collection}")).json()["items"] == []


async def test_a_vote_without_quorum_carries_nothing(office: Door) -> None:
    three = {"rule": {"kind": "open", "minimum": 3, "maximum": 3}}
    assert (await office.patch("/seats/sitz-stadtrat", three)).status_code == 200
    vote = await voted(office, "stadtrat")
    closed = (await office.get(f"/votes/{vote}")).json()
    assert (closed["outcome"], closed["yes"], closed["snapshot"]["needed"]) == ("not_quorate", 1, 2)
    refused = await office.post("/resolutions", a_resolution(vote))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "not-adopted")


async def test_a_vote_carries_one_resolution(office: Door) -> None:
    vote = await voted(office, "stadtrat")
    await office.made("/resolutions", a_resolution(vote))
    refused = await office.post("/resolutions", a_resolution(vote, "b-2"))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, "/vote")


async def test_who_comes_later_waits_for_who_comes_before(office: Door) -> None:
    await on_the_way(office, ("beirat", "advises"), ("ausschuss", "decides"))
    new = a_resolution(await voted(office, "ausschuss"))
    refused = await office.post("/resolutions", new)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "not-yet")
    await office.patch("/consultations/c-beirat", {"state": "cancelled"})
    await office.made("/resolutions", new)


async def test_a_paper_is_decided_when_the_last_body_has_decided(office: Door) -> None:
    await on_the_way(office, ("ausschuss", "decides"), ("stadtrat", "decides"))
    await office.made("/resolutions", a_resolution(await voted(office, "ausschuss")))
    assert await state(office, "/papers/vorlage-1") == "submitted"
    await office.made("/resolutions", a_resolution(await voted(office, "stadtrat"), "b-2"))
    assert await state(office, "/papers/vorlage-1") == "decided"
    changed = await office.patch("/papers/vorlage-1", {"title": text("Anders")}, 2)
    assert (changed.status_code, changed.json()["errors"][0]["code"]) == (409, "decided")


async def test_a_step_in_which_was_decided_stays_as_it_was(office: Door) -> None:
    await on_the_way(office, ("beirat", "advises"), ("stadtrat", "decides"))
    await office.made("/recommendations", a_recommendation(await voted(office, "beirat")))
    await office.made(
        "/resolutions", a_resolution(await voted(office, "stadtrat"), **answers("follows"))
    )
    for step, change, pointer in (
        ("c-stadtrat", {"role": "hears"}, "/role"),
        ("c-stadtrat", {"state": "cancelled"}, "/state"),
        ("c-stadtrat", {"agenda_item": None}, "/agenda_item"),
        ("c-stadtrat", {"position": 7}, "/position"),
        ("c-stadtrat", {"joint_with": ["beirat"]}, "/joint_with"),
        ("c-beirat", {"state": "planned"}, "/state"),
    ):
        before = (await office.get(f"/consultations/{step}")).json()
        refused = await office.patch(f"/consultations/{step}", change, before["revision"])
        assert refused.status_code == 409, (change, refused.text)
        fault = refused.json()["errors"][0]
        assert (fault["pointer"], fault["code"]) == (pointer, "voted")
        assert (await office.get(f"/consultations/{step}")).json() == before
    revision = (await office.get("/consultations/c-stadtrat")).json()["revision"]
    named = await office.patch("/consultations/c-stadtrat", {"role_label": "Beschluss"}, revision)
    assert named.status_code == 200, named.text


async def test_a_step_whose_decision_fell_is_taken_again(office: Door) -> None:
    await on_the_way(office, ("stadtrat", "decides"))
    await office.made("/resolutions", a_resolution(await voted(office, "stadtrat")))
    await office.patch("/attendances/at-stadtrat-1", {"present": False})
    assert (await office.get("/resolutions/b-1")).json()["state"] == "void"
    revision = (await office.get("/consultations/c-stadtrat")).json()["revision"]
    again = {"state": "planned", "meeting": None, "agenda_item": None}
    moved = await office.patch("/consultations/c-stadtrat", again, revision)
    assert moved.status_code == 200, moved.text


async def test_a_paper_decided_anew_stays_decided_when_the_first_decision_comes_back(
    boards: Door,
) -> None:
    await three_members(boards)
    revision = (await boards.get("/consultations/c-beirat")).json()["revision"]
    await boards.patch("/consultations/c-beirat", {"state": "cancelled"}, revision)
    await boards.made("/resolutions", a_resolution(await voted(boards, "stadtrat", key="v-1")))
    decision = await contested(boards, "stadtrat")
    await judged(boards, decision, "confirmed")
    assert await state(boards, "/papers/vorlage-1") == "submitted"
    again = await voted(boards, "stadtrat", key="v-2")
    await boards.made("/resolutions", a_resolution(again, "b-2"))
    assert await state(boards, "/papers/vorlage-1") == "decided"
    for found, first, second in (("dismissed", "valid", "void"), ("confirmed", "void", "valid")):
        await judged(boards, decision, found)
        states = [await state(boards, f"/resolutions/{key}") for key in ("b-1", "b-2")]
        assert states == [first, second]
        assert await state(boards, "/papers/vorlage-1") == "decided"


async def test_resolutions_are_numbered_by_the_year_they_were_taken_in(office: Door) -> None:
    given = a_resolution(await voted(office, "ausschuss"), reference="B-0001/2026")
    await office.made("/resolutions", given)
    new = a_resolution(await voted(office, "stadtrat"))
    del new["key"]
    taken = await office.made("/resolutions", new)
    assert (taken["reference"], taken["key"]) == ("B-0002/2026", "res-b-0002-2026")
    await office.patch("/bodies/stadtrat", {"resolution_numbers": "SR {number}"})
    new = a_resolution(await voted(office, "stadtrat", "b"))
    del new["key"]
    assert (await office.made("/resolutions", new))["reference"] == "SR 0001"


async def test_what_was_voted_on_stays_and_is_translated(office: Door) -> None:
    await office.made("/resolutions", a_resolution(await voted(office, "stadtrat")))
    refused = await office.patch("/resolutions/b-1", {"text": {"de": "Anders"}})
    assert refused.json()["errors"][0]["pointer"] == "/text/de"
    changed = await office.patch("/resolutions/b-1", {"text": {"en": "It is resolved."}})
    assert (changed.status_code, changed.json()["text"]["en"]) == (200, "It is resolved.")
    moved = await office.patch("/resolutions/b-1", {"vote": "v-2"}, 2)
    assert moved.status_code == 422


async def test_a_resolution_of_the_closed_part_stays_there(office: Door) -> None:
    await office.patch("/meetings/stadtrat-1/agenda-items/stadtrat-1-a", {"public": False})
    new = a_resolution(await voted(office, "stadtrat"), visibility="public")
    await office.made("/resolutions", new)
    assert (await office.as_().get("/resolutions/b-1")).status_code == 404
    assert (await office.as_().get("/resolutions")).json()["items"] == []
    assert (await office.as_("secretary").get("/resolutions/b-1")).status_code == 200


async def test_a_recommendation_goes_to_who_can_decide(office: Door) -> None:
    vote = await voted(office, "beirat")
    for addressee, code in (("beirat", "no-mandate"), ("nobody", "unknown")):
        refused = await office.post(
            "/recommendations", a_recommendation(vote, addressed_to=addressee)
        )
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["code"] == code
    await office.made("/recommendations", a_recommendation(vote, addressed_to="stadtrat"))
    for query in ("addressed_to=stadtrat", "body=beirat", "state=open"):
        items = (await office.as_().get(f"/recommendations?{query}")).json()["items"]
        assert [one["key"] for one in items] == ["r-1"], query
    for query in ("addressed_to=ausschuss", "state=followed", "state=void", "paper=vorlage-1"):
        assert (await office.get(f"/recommendations?{query}")).json()["items"] == [], query


async def test_a_strategy_is_legitimised_by_the_council_alone(office: Door, projects: Door) -> None:
    await projects.made(
        "/strategies",
        {
            "key": "armut",
            "title": text("Armutspräventionsstrategie"),
            "kind": "strategy",
            "prepared_by": "amt",
        },
    )
    strategy = {"kind": "legitimation", "strategy": "armut"}
    vote = await voted(office, "ausschuss")
    refused = await office.post("/resolutions", a_resolution(vote, **strategy))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/kind")
    vote = await voted(office, "stadtrat")
    for wrong in (
        {"kind": "legitimation"},
        {"strategy": "armut"},
        {"kind": "legitimation", "strategy": "keine"},
    ):
        refused = await office.post("/resolutions", a_resolution(vote, **wrong))
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/strategy")
    refused = await office.post("/resolutions", a_resolution(vote, **strategy))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "no-power")
    power = a_power("strategien", "stadtrat", "legitimises_strategy", starts_on="2026-03-14")
    await office.made("/powers", power)
    refused = await office.post("/resolutions", a_resolution(vote, **strategy))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "no-power")
    await office.patch("/powers/strategien", {"starts_on": "2026-03-13"})
    taken = await office.made("/resolutions", a_resolution(vote, **strategy))
    assert (taken["power"], taken["decided_on"]) == ("strategien", "2026-03-13")
    found = (await office.as_().get("/resolutions?strategy=armut&kind=legitimation")).json()[
        "items"
    ]
    assert [one["key"] for one in found] == ["b-1"]


async def test_what_rests_on_a_void_vote_is_void_and_comes_back_with_it(advised: Door) -> None:
    vote = await voted(advised, "ausschuss")
    await advised.made("/resolutions", a_resolution(vote, **answers("follows")))
    decision = await contested(advised, "ausschuss")
    await judged(advised, decision, "confirmed")
    assert await state(advised.as_(), "/resolutions/b-1") == "void"
    assert await state(advised, "/papers/vorlage-1") == "submitted"
    assert await state(advised, "/recommendations/r-1") == "open"
    assert (await advised.get("/resolutions?state=valid")).json()["items"] == []
    service = advised.as_("administrator", kind="service")
    address = f"/internal/journal/{advised.municipality.key}?after=0"
    journal = (await service.get(address)).json()
    told = {(one["subject"], *one["data"].get("fields", [])) for one in journal}
    assert ("resolutions/b-1", "valid") in told
    assert ("papers/vorlage-1", "state") in told
    assert ("recommendations/r-1", "answer") in told
    await judged(advised, decision, "dismissed")
    assert await state(advised, "/resolutions/b-1") == "valid"
    assert await state(advised, "/papers/vorlage-1") == "decided"
    assert await state(advised, "/recommendations/r-1") == "followed"


async def test_the_database_too_holds_decisions_to_their_votes(
    office: Door, owner: asyncpg.Connection, town: Municipality
) -> None:
    await office.made("/resolutions", a_resolution(await voted(office, "stadtrat")))
    await voted(office, "beirat")
    await voted(office, "stadtrat", "b", yes=0)
    await owner.execute(f"SET app.municipality = '{town.id}'")
    for change in (
        "vote = 'v-beirat-a'",
        "vote = 'v-beirat-a', body = 'beirat', meeting = 'beirat-1', agenda_item = 'beirat-1-a'",
        "vote = 'v-stadtrat-b', agenda_item = 'stadtrat-1-b'",
        "body = 'ausschuss'",
        "kind = 'legitimation', strategy = 'armut', body = 'ausschuss'",
        "kind = 'legitimation', strategy = 'armut'",
    ):
        with pytest.raises(asyncpg.CheckViolationError):
            await owner.execute(
                f"UPDATE boards.resolution SET {change} WHERE municipality_id = $1",
                town.id,
            )


async def test_another_town_finds_no_decisions_and_builds_on_none(
    advised: Door, doors: Callable[[str, Municipality], Door]
) -> None:
    vote = await voted(advised, "ausschuss")
    await advised.made("/resolutions", a_resolution(vote, **answers("follows")))
    elsewhere = doors("boards", new_town())
    for address in ("/recommendations/r-1", "/resolutions/b-1", "/papers/vorlage-1/way"):
        assert (await elsewhere.get(address)).status_code == 404
    for collection in ("recommendations", "resolutions", "implementations", "evidences", "acts"):
        assert (await elsewhere.get(f"/{collection}")).json()["items"] == []
    refused = await elsewhere.post("/recommendations", a_recommendation("v-beirat-a"))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/vote")
    assert (await advised.as_("controller").post("/resolutions", {})).status_code == 403
    assert (await advised.as_().post("/resolutions", {})).status_code == 401
