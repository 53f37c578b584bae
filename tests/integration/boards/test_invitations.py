"""Invitations: in due form or not, healed or not; the agenda as sent and as it went."""

from typing import Any

import pytest

from tests.integration.boards.council import a_body, a_meeting, a_procedure, an_item, text
from tests.integration.boards.sitting import (
    AGENDA,
    MEETING,
    MEMBERS,
    a_vote,
    an_invitation,
    attendance,
    council,
    opened,
    present,
    running,
    vote,
)
from tests.support.copies import copied
from tests.support.towns import Door

INVITATION = f"{MEETING}/invitation"
LATE, SHORT = "2026-03-11", "2026-03-10"
URGENT = {"urgent": True, "states_shortening": True, "reason": text("Antragsfrist")}


@pytest.fixture
@copied
async def planned(boards: Door) -> Door:
    """A council with a planned meeting on 12 March and one item."""
    await council(boards)
    await boards.made("/meetings", a_meeting(body="stadtrat"))
    await boards.made(AGENDA, an_item(key="a-1"))
    return boards


async def codes(door: Door, vote_: dict[str, Any]) -> list[str]:
    refused = await door.post("/votes", vote_)
    assert refused.status_code == 409, refused.text
    return [error["code"] for error in refused.json()["errors"]]


async def convening(door: Door) -> str:
    return str((await door.get(INVITATION)).json()["convening"])


async def test_the_answer_says_whether_the_invitation_is_in_due_form(planned: Door) -> None:
    answer = await planned.post(INVITATION, an_invitation())
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/{planned.municipality.key}{INVITATION}"
    told = answer.json()
    assert (told["in_due_form"], told["full_days"], told["needed_days"]) == (True, 4, 4)
    assert (told["clause"], told["verified"]) == ("§ 35 Abs. 2 Satz 2 ThürKO", True)
    assert (told["findings"], told["convening"]) == ([], "due")
    assert (await planned.get(MEETING)).json()["state"] == "invited"
    assert (await planned.as_().get(INVITATION)).json() == told


async def test_one_day_less_is_not_in_due_form(planned: Door) -> None:
    told = await planned.made(INVITATION, an_invitation("2026-03-08"))
    assert (told["in_due_form"], told["full_days"]) == (False, 3)
    assert told["findings"] == [
        {
            "defect": "too_late",
            "clause": "§ 35 Abs. 2 Satz 2 ThürKO",
            "verified": True,
            "memberships": None,
        }
    ]
    assert told["convening"] == "defective"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"received_on": "2026-03-03"}, "/received_on"),
        ({"sent_on": None}, "/sent_on"),
        ({"receipts": [{"membership": "m-9", "received_on": None}]}, "/receipts/0/membership"),
        ({"receipts": [{"membership": "m-1", "received_on": None}] * 2}, "/receipts"),
        ({"in_due_form": True}, "/in_due_form"),
    ],
)
async def test_an_invitation_that_cannot_be_is_refused(
    planned: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await planned.post(INVITATION, {**an_invitation(), **wrong})
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert (await planned.get(MEETING)).json()["state"] == "planned"
    assert (await planned.get(INVITATION)).status_code == 404


async def test_nobody_is_invited_to_a_meeting_that_has_begun(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation())
    corrected = await planned.made(INVITATION, an_invitation("2026-03-06"))
    assert (corrected["full_days"], corrected["revision"]) == (5, 2)
    history = (await planned.get(f"{INVITATION}/history")).json()
    assert [entry["row"]["received_on"] for entry in history] == ["2026-03-06", "2026-03-07"]
    await opened(planned)
    assert (await planned.post(INVITATION, an_invitation())).status_code == 409
    assert (await planned.as_("planner").post(INVITATION, an_invitation())).status_code == 403


async def test_there_are_no_votes_where_nobody_was_duly_invited(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation(LATE))
    await opened(planned)
    await present(planned, *MEMBERS[:4])
    assert await codes(planned, a_vote()) == ["not-convened"]
    await present(planned, "m-5")  # now all are there
    assert await convening(planned) == "healed"
    assert (await vote(planned, {"yes": 5, "no": 0}))["outcome"] == "adopted"


async def test_who_objects_keeps_the_defect_alive(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation(LATE))
    await opened(planned)
    await present(planned, *MEMBERS[:4])
    await present(planned, "m-5", objects=True)
    assert await codes(planned, a_vote()) == ["not-convened"]


async def test_a_vote_is_void_when_it_turns_out_that_nobody_was_duly_invited(
    planned: Door,
) -> None:
    await planned.made(INVITATION, an_invitation(LATE))
    await opened(planned)
    await present(planned, *MEMBERS)
    closed = await vote(planned, {"yes": 5, "no": 0})
    await planned.patch("/attendances/at-m-5", {"present": False})
    now = (await planned.get("/votes/v-1")).json()
    assert (closed["outcome"], now["outcome"]) == ("adopted", "void")
    assert "not_convened" in [one["kind"] for one in now["irregularities"]]
    await planned.patch("/attendances/at-m-5", {"present": True}, 2)
    assert (await planned.get("/votes/v-1")).json()["outcome"] == "adopted"


async def test_a_vote_opened_in_time_is_not_closed_once_somebody_objects(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation(LATE))
    await opened(planned)
    await present(planned, *MEMBERS)
    await planned.made("/votes", a_vote())
    await planned.patch("/attendances/at-m-5", {"objects": True})
    refused = await planned.post("/votes/v-1/closing", {"counts": {"yes": 5, "no": 0}})
    assert refused.json()["errors"][0]["code"] == "not-convened"


async def test_an_urgent_meeting_begins_with_the_vote_on_its_urgency(planned: Door) -> None:
    told = await planned.made(INVITATION, an_invitation(SHORT, **URGENT))
    assert (told["in_due_form"], told["convening"]) == (True, "awaits_finding")
    assert told["clause"] == "§ 35 Abs. 2 Satz 3 und 4 ThürKO"
    await opened(planned)
    await present(planned, "m-1", "m-2", "m-3")
    assert await codes(planned, a_vote()) == ["awaits-finding"]
    urgency = {"agenda_item": None, "purpose": "urgency"}
    await vote(planned, {"yes": 3, "no": 0}, "v-u", **urgency)
    assert await convening(planned) == "due"
    await vote(planned, {"yes": 3, "no": 0}, "v-1")


async def test_where_the_urgency_is_denied_nothing_is_voted_on(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation(SHORT, **URGENT))
    await opened(planned)
    await present(planned, "m-1", "m-2", "m-3")
    urgency = {"agenda_item": None, "purpose": "urgency"}
    await vote(planned, {"yes": 1, "no": 2}, "v-u", **urgency)
    assert await convening(planned) == "defective"
    assert await codes(planned, a_vote()) == ["not-convened"]


async def test_votes_fall_with_the_urgency_they_rest_on(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation(SHORT, **URGENT))
    await opened(planned)
    await present(planned, "m-1", "m-2", "m-3")
    urgency = {"agenda_item": None, "purpose": "urgency"}
    await vote(planned, {"yes": 2, "no": 1}, "v-u", **urgency)
    stays = {"stays": [{"starts_at": None, "ends_at": "2026-03-12T13:30:00+01:00"}]}
    await present(planned, "m-4")
    clear = await vote(planned, {"yes": 4, "no": 0}, "v-1")
    assert clear["outcome"] == "adopted"
    left = await planned.patch("/attendances/at-m-3", stays)  # gone when urgency was voted on
    assert left.status_code == 200, left.text
    assert (await planned.get("/votes/v-u")).json()["outcome"] == "void"
    assert (await planned.get("/votes/v-1")).json()["outcome"] == "void"
    await present(planned, "m-5")  # now all have come, and nobody objects
    assert (await planned.get("/votes/v-1")).json()["outcome"] == "adopted"


async def test_a_late_item_is_urgent_and_the_body_says_so_first(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation())
    late = an_item("2", key="a-2")
    refused = await planned.post(AGENDA, late)
    assert refused.json()["errors"][0]["code"] == "urgent-only"
    urgent = {**late, "urgent": True}
    without = await planned.post(AGENDA, urgent)
    assert without.json()["errors"][0]["pointer"] == "/urgency_reason"
    await planned.made(AGENDA, {**urgent, "urgency_reason": text("Antragsfrist")})
    changed = await planned.patch(f"{AGENDA}/a-2", {"urgent": False})
    assert changed.json()["errors"][0]["pointer"] == "/urgent"
    await opened(planned)
    await present(planned, *MEMBERS)
    on_it = {"agenda_item": "a-2"}
    assert await codes(planned, a_vote(**on_it)) == ["urgency-not-found"]
    await vote(planned, {"yes": 5, "no": 0}, "v-u", purpose="urgency", **on_it)
    assert (await vote(planned, {"yes": 5, "no": 0}, "v-2", **on_it))["outcome"] == "adopted"


async def test_what_was_taken_off_the_agenda_is_not_voted_on(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation())
    await opened(planned)
    await present(planned, *MEMBERS)
    await planned.patch(f"{AGENDA}/a-1", {"withdrawn": True})
    assert await codes(planned, a_vote()) == ["withdrawn"]


async def test_what_was_voted_on_stays_on_the_agenda(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation())
    await opened(planned)
    await present(planned, *MEMBERS)
    await vote(planned, {"yes": 5, "no": 0}, "v-p", purpose="procedural")
    await vote(planned, {"yes": 5, "no": 0})
    refused = await planned.patch(f"{AGENDA}/a-1", {"withdrawn": True})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "voted")
    absent = {"present": False, "reason": text("Erkrankt")}
    await planned.patch("/attendances/at-m-5", absent)
    assert (await planned.get("/votes/v-1")).json()["outcome"] == "adopted"


async def test_the_agenda_as_invited_stays_beside_the_agenda_as_held(planned: Door) -> None:
    assert (await planned.get(f"{MEETING}/agenda?as=invited")).status_code == 404
    assert (await planned.get(f"{MEETING}/agenda")).json()["of"] == "held"
    await planned.made(AGENDA, an_item("2", key="a-2", public=False, title=text("Personal")))
    await planned.made(INVITATION, an_invitation())
    reason = text("Antragsfrist")
    await planned.made(AGENDA, an_item("3", key="a-3", urgent=True, urgency_reason=reason))
    await planned.patch(f"{AGENDA}/a-1", {"title": {"de": "Begrüßung und Eröffnung"}})
    await opened(planned)
    await planned.patch(f"{AGENDA}/a-1", {"result": text("Eröffnet um 13 Uhr")}, 2)

    async def agenda(door: Door, query: str = "") -> dict[str, Any]:
        found: dict[str, Any] = (await door.get(f"{MEETING}/agenda{query}")).json()
        return found

    invited = await agenda(planned, "?as=invited")
    assert [(one["key"], one["title"]["de"]) for one in invited["items"]] == [
        ("a-1", "Begrüßung"),
        ("a-2", "Personal"),
    ]
    held = await agenda(planned)
    assert held["of"] == "held"
    assert [(one["key"], one["added"]) for one in held["items"]] == [
        ("a-1", False),
        ("a-2", False),
        ("a-3", True),
    ]
    assert held["items"][0]["result"] == text("Eröffnet um 13 Uhr")
    for query in ("?as=invited", "?as=held"):
        for outsider in (planned.as_(), planned.as_("member")):
            told = await agenda(outsider, query)
            assert "a-2" not in [one["key"] for one in told["items"]]
            assert told["closed_items"] == 1
    mine = (await planned.get("/persons/p-1")).json()["id"]
    assert await agenda(planned.as_("member", person=mine), "?as=invited") == invited


@pytest.mark.parametrize("first", [True, False])
async def test_what_was_closed_once_is_not_shown_as_invited(planned: Door, first: bool) -> None:
    for public in (first, not first):
        revision = (await planned.get(f"{AGENDA}/a-1")).json()["revision"]
        await planned.patch(f"{AGENDA}/a-1", {"public": public}, revision)
        if public == first:
            await planned.made(INVITATION, an_invitation())
    told = (await planned.as_().get(f"{MEETING}/agenda?as=invited")).json()
    assert (told["items"], told["closed_items"]) == ([], 1)


async def test_whom_a_defect_concerns_is_not_for_everybody(planned: Door) -> None:
    receipts = [{"membership": "m-2", "received_on": LATE}]
    given = an_invitation(SHORT, receipts=receipts, **URGENT)
    told = await planned.made(INVITATION, given)
    assert [one["memberships"] for one in told["findings"]] == [["m-2"]]
    outside = (await planned.as_().get(INVITATION)).json()
    assert (outside["receipts"], outside["reason"]) == ([], None)
    assert [one["memberships"] for one in outside["findings"]] == [[]]
    mine = (await planned.get("/persons/p-1")).json()["id"]
    assert (await planned.as_("member", person=mine).get(INVITATION)).json() == told


@pytest.mark.parametrize("stated", [True, False])
async def test_items_come_again_and_then_no_quorum_is_needed(boards: Door, stated: bool) -> None:
    """Where the invitation says so: who stayed away had to know."""
    await council(boards)
    await running(boards)
    await present(boards, "m-1", "m-2")
    assert (await vote(boards, {"yes": 2, "no": 0}))["outcome"] == "not_quorate"
    later = a_meeting("sitzung-2", body="stadtrat", starts_at="2026-03-26T13:00:00+01:00")
    await boards.made("/meetings", later)
    agenda = "/meetings/sitzung-2/agenda-items"
    unknown = await boards.post(agenda, an_item(key="b-1", again_of="a-9"))
    assert unknown.json()["errors"][0]["pointer"] == "/again_of"
    await boards.made(agenda, an_item(key="b-1", again_of="a-1"))
    await boards.made(agenda, an_item("2", key="b-2"))
    invitation = an_invitation("2026-03-20", states_again=stated)
    await boards.made("/meetings/sitzung-2/invitation", invitation)
    await opened(boards, "sitzung-2")
    for key in ("m-1", "m-2"):
        there = {**attendance(key), "key": f"at2-{key}", "meeting": "sitzung-2"}
        await boards.made("/attendances", there)
    again = {"meeting": "sitzung-2"}
    first = await vote(boards, {"yes": 2, "no": 0}, "v-2", agenda_item="b-1", **again)
    other = await vote(boards, {"yes": 2, "no": 0}, "v-3", agenda_item="b-2", **again)
    expected = ("adopted", True) if stated else ("not_quorate", False)
    assert (first["outcome"], first["snapshot"]["again"]) == expected
    assert other["outcome"] == "not_quorate"


async def test_an_invited_meeting_is_moved_by_postponing_it(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation())
    moved = {"starts_at": "2026-03-19T13:00:00+01:00"}
    refused = await planned.patch(MEETING, moved, 2)
    assert refused.json()["errors"][0]["pointer"] == "/starts_at"
    later = await planned.patch(MEETING, {"starts_at": "2026-03-12T15:00:00+01:00"}, 2)
    assert later.status_code == 200
    await planned.patch(MEETING, {"state": "postponed"}, 3)
    assert (await planned.patch(MEETING, moved, 4)).status_code == 200
    await planned.patch(MEETING, {"state": "planned"}, 5)
    again = await planned.made(INVITATION, an_invitation("2026-03-14"))
    assert (again["full_days"], again["in_due_form"]) == (4, True)


@pytest.mark.parametrize("off", ["postponed", "cancelled"])
async def test_who_was_invited_to_what_did_not_take_place_is_invited_anew(
    planned: Door, off: str
) -> None:
    await planned.made(INVITATION, an_invitation())
    steps = [{"state": off}, {"starts_at": "2026-03-19T13:00:00+01:00"}]
    for step in (*steps, {"state": "planned"}, {"state": "invited"}, {"state": "running"}):
        revision = (await planned.get(MEETING)).json()["revision"]
        stepped = await planned.patch(MEETING, step, revision)
        assert stepped.status_code == 200, stepped.text
        assert stepped.headers["etag"] == f'"r{revision + 1}"'
    await present(planned, *MEMBERS[:4])
    told = (await planned.get(INVITATION)).json()
    assert (told["in_due_form"], told["convening"]) == (False, "defective")
    assert [one["defect"] for one in told["findings"]] == ["called_off"]
    assert await codes(planned, a_vote()) == ["not-convened"]


async def test_advisory_boards_have_rules_of_their_own(boards: Door) -> None:
    await boards.made("/bodies", a_body())
    own = {"notice_days": 7, "urgent_days": None, "clauses": []}
    await boards.made("/procedures", a_procedure(**own))
    await boards.made("/meetings", a_meeting())
    await boards.made(AGENDA, an_item())
    told = await boards.made(INVITATION, an_invitation())
    assert (told["in_due_form"], told["needed_days"], told["clause"]) == (False, 7, None)


async def test_a_series_plans_all_its_meetings(boards: Door) -> None:
    await boards.made("/bodies", a_body())
    new = {
        "key": "beirat-2026",
        "body": "planungsbeirat",
        "name": text("Sitzung"),
        "starts_at": "2026-03-12T13:00:00+01:00",
        "ends_at": "2026-03-12T15:00:00+01:00",
        "rhythm": "monthly_weekday",
        "interval": 3,
        "count": 3,
    }
    made = await boards.made("/meeting-series", new)
    assert (await boards.as_().get("/meeting-series/beirat-2026")).json() == made
    items = (await boards.as_().get("/meetings?series=beirat-2026")).json()["items"]
    assert [(one["key"], one["starts_at"]) for one in items] == [
        ("beirat-2026-3", "2026-09-10T11:00:00Z"),
        ("beirat-2026-2", "2026-06-11T11:00:00Z"),
        ("beirat-2026-1", "2026-03-12T12:00:00Z"),
    ]
    assert {one["series"] for one in items} == {"beirat-2026"}
    assert (await boards.post("/meeting-series", new)).status_code == 409
    taken = await boards.post("/meeting-series", {**new, "key": "beirat"})
    assert taken.status_code == 201
    clash = await boards.post("/meeting-series", {**new, "key": "beirat-2026-3", "count": 0})
    assert clash.status_code == 422
    assert len((await boards.get("/meeting-series?body=planungsbeirat")).json()["items"]) == 2
    history = (await boards.get("/meeting-series/beirat-2026/history")).json()
    assert len(history) == 1


async def test_the_attendance_of_a_meeting_is_written_down_at_once(planned: Door) -> None:
    await planned.made(INVITATION, an_invitation())
    await opened(planned)
    address = f"{MEETING}/attendance-list"
    entries = [{"membership": key, "present": key != "m-5"} for key in MEMBERS]
    wrong = {"entries": [*entries, {"membership": "m-9", "present": True}]}
    refused = await planned.post(address, wrong)
    assert refused.json()["errors"][0]["pointer"] == "/entries/5/membership"
    assert (await planned.get("/attendances")).json()["items"] == []
    twice = await planned.post(address, {"entries": [entries[0], entries[0]]})
    assert twice.json()["errors"][0]["pointer"] == "/entries"
    listed = await planned.post(address, {"entries": entries})
    assert listed.status_code == 200, listed.text
    assert [one["present"] for one in listed.json()] == [True, True, True, True, False]
    corrected = await planned.post(address, {"entries": [{**entries[4], "present": True}]})
    assert [one["revision"] for one in corrected.json()] == [2]
    assert len((await planned.get("/attendances?meeting=sitzung-1")).json()["items"]) == 5
    assert (await planned.as_("planner").post(address, {"entries": entries})).status_code == 403
