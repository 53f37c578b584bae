"""Votes: who may, how many must be there, what follows, and who may know it."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from services.boards.votes import queries
from services.contracts.shared.access import Municipality
from services.kit.database import Database
from tests.integration.boards.council import a_meeting, a_paper, a_procedure, an_item, text
from tests.integration.boards.deciding import bodies
from tests.integration.boards.sitting import (
    AGENDA,
    ALL,
    MEETING,
    MEMBERS,
    a_vote,
    attendance,
    council,
    member,
    present,
    running,
    vote,
)
from tests.support.copies import copied
from tests.support.oparl import Reader
from tests.support.towns import Door, actor, new_town


@pytest.fixture
@copied
async def sitting(boards: Door) -> Door:
    """Five of five members are there, and a meeting is running."""
    await council(boards)
    await running(boards)
    await present(boards, *MEMBERS)
    return boards


async def test_a_vote_is_counted_and_what_follows_is_computed(sitting: Door) -> None:
    opened = await sitting.made("/votes", a_vote())
    assert (opened["state"], opened["outcome"], opened["snapshot"]) == ("open", None, None)
    assert opened["majority"] == {"kind": "simple", "of": "votes", "abstentions_count": False}
    closed = (await sitting.post("/votes/v-1/closing", {"counts": {"yes": 3, "no": 2}})).json()
    assert (closed["state"], closed["outcome"], closed["body"]) == ("closed", "adopted", "stadtrat")
    assert closed["yes"], closed["no"] == (3, 2)
    frozen = closed["snapshot"]
    numbers = [frozen[n] for n in ("voting_members", "in_office", "present", "excluded", "needed")]
    assert numbers == [5, 5, 5, 0, 3]
    assert frozen["chair"] == "m-1"
    assert [one["votes"] for one in frozen["members"]] == list(MEMBERS)
    again = await sitting.post("/votes/v-1/closing", {"counts": ALL})
    assert again.status_code == 409
    assert (await sitting.get("/votes/v-1")).json() == closed
    listed = (await sitting.get("/votes?body=stadtrat&outcome=adopted")).json()["items"]
    assert listed == [closed]


async def test_nobody_types_an_outcome(sitting: Door) -> None:
    for typed in ({"outcome": "adopted"}, {"yes": 5}, {"state": "closed"}):
        refused = await sitting.post("/votes", a_vote(**typed))
        assert refused.status_code == 422
        await sitting.post("/votes", a_vote())
        closing = {"counts": {"yes": 0, "no": 5}, **typed}
        assert (await sitting.post("/votes/v-1/closing", closing)).status_code == 422
    assert (await sitting.get("/votes/v-1")).json()["outcome"] is None


async def test_nobody_types_what_came_of_a_vote(sitting: Door, world: Reader) -> None:
    typed = await sitting.patch(f"{AGENDA}/a-1", {"result": text("Einstimmig angenommen")})
    assert typed.status_code == 200, typed.text
    await vote(sitting, {"yes": 1, "no": 4})
    (item,) = await world.data("agenda-items")
    assert item["result"] == "abgelehnt"
    for wrong, pointer in (
        ({"result": text("Doch")}, "/result"),
        ({"withdrawn": True}, "/withdrawn"),
    ):
        refused = await sitting.patch(f"{AGENDA}/a-1", wrong, 2)
        assert refused.status_code == 409
        fault = refused.json()["errors"][0]
        assert (fault["pointer"], fault["code"]) == (pointer, "voted")


async def test_without_quorum_nothing_is_adopted(boards: Door) -> None:
    await council(boards)
    await running(boards)
    await present(boards, "m-1", "m-2")
    closed = await vote(boards, {"yes": 2, "no": 0})
    assert (closed["outcome"], closed["snapshot"]["quorate"]) == ("not_quorate", False)


async def test_vacant_seats_count_for_the_quorum_of_the_law(boards: Door) -> None:
    await council(boards)
    for key in ("m-3", "m-4", "m-5"):
        await boards.patch(f"/memberships/{key}", {"ends_on": "2025-12-31"})
    await running(boards)
    await present(boards, "m-1", "m-2")
    closed = await vote(boards, {"yes": 2, "no": 0})
    frozen = closed["snapshot"]
    assert (frozen["voting_members"], frozen["in_office"], frozen["needed"]) == (5, 2, 3)
    assert closed["outcome"] == "not_quorate"


async def test_members_without_a_vote_do_not_count_for_the_quorum(boards: Door) -> None:
    """Of nine members by rule five vote: three of them are enough, and no adviser is."""
    await council(boards)
    rule = {"kind": "open", "minimum": 4, "maximum": 4}
    seat = {"key": "beratend", "body": "stadtrat", "name": text("Beratend"), "rule": rule}
    await boards.made("/seats", {**seat, "voting": False})
    await member(boards, "m-b", "b", seat="beratend", voting=False)
    await running(boards)
    await present(boards, "m-1", "m-2", "m-b")
    few = await vote(boards, {"yes": 2, "no": 0}, "v-few")
    await present(boards, "m-3")
    enough = await vote(boards, {"yes": 2, "no": 0}, "v-enough")
    for closed, there, outcome in ((few, 2, "not_quorate"), (enough, 3, "adopted")):
        frozen = closed["snapshot"]
        assert (frozen["voting_members"], frozen["needed"], frozen["present"]) == (5, 3, there)
        assert closed["outcome"] == outcome


async def test_who_left_is_not_counted_any_more(sitting: Door) -> None:
    left = {"stays": [{"starts_at": None, "ends_at": "2026-03-12T14:00:00+01:00"}]}
    for key in ("m-3", "m-4", "m-5"):
        changed = await sitting.patch(f"/attendances/at-{key}", left)
        assert changed.status_code == 200, changed.text
    before = await vote(sitting, ALL, "v-1", at="2026-03-12T13:59:59+01:00")
    after = await vote(sitting, {"yes": 2, "no": 0}, "v-2", at="2026-03-12T14:00:00+01:00")
    assert (before["outcome"], after["outcome"]) == ("adopted", "not_quorate")
    assert after["snapshot"]["present"] == 2


MAJORITIES: dict[str, tuple[dict[str, Any], list[tuple[int, int, int, str]]]] = {
    "simple-votes": ({}, [(2, 1, 1, "adopted"), (1, 1, 2, "rejected")]),
    "simple-counting": ({"abstentions_count": True}, [(2, 1, 1, "rejected")]),
    "simple-present": ({"of": "members"}, [(2, 0, 2, "rejected"), (3, 1, 0, "adopted")]),
    "absolute-votes": ({"kind": "absolute"}, [(2, 2, 0, "rejected"), (2, 1, 1, "adopted")]),
    "absolute-members": (
        {"kind": "absolute", "of": "members"},
        [(2, 0, 2, "rejected"), (3, 0, 1, "adopted")],
    ),
    "two-thirds-votes": ({"kind": "two_thirds"}, [(2, 2, 0, "rejected"), (2, 1, 1, "adopted")]),
    "two-thirds-members": (
        {"kind": "two_thirds", "of": "members"},
        [(3, 0, 1, "rejected"), (4, 0, 0, "adopted")],
    ),
}
"""Of a council of five, of whom four are there: yes, no, abstentions, and what follows."""


async def test_every_majority_and_every_tie_is_decided_by_its_rule(boards: Door) -> None:
    await council(boards)
    await running(boards)
    await present(boards, *MEMBERS[:4])
    for name, (majority, cases) in MAJORITIES.items():
        for number, (yes, no, abstain, expected) in enumerate(cases):
            counts = {"yes": yes, "no": no, "abstain": abstain}
            closed = await vote(boards, counts, f"v-{name}-{number}", majority=majority)
            assert closed["outcome"] == expected, (name, counts)
    tie = {"yes": 2, "no": 2}
    assert (await vote(boards, tie, "v-tie"))["outcome"] == "rejected"
    for casting, expected in (("yes", "adopted"), ("no", "rejected")):
        chaired = {"tie": "chair_decides", "casting": casting}
        assert (await vote(boards, tie, f"v-{casting}", **chaired))["outcome"] == expected


async def test_there_are_never_more_votes_than_voters(sitting: Door) -> None:
    await sitting.made("/votes", a_vote())
    refused = await sitting.post("/votes/v-1/closing", {"counts": {"yes": 6, "no": 0}})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/counts"
    assert (await sitting.get("/votes/v-1")).json()["revision"] == 1


async def test_a_roll_call_keeps_one_ballot_of_each(sitting: Door) -> None:
    said = [{"membership": key, "choice": "no"} for key in MEMBERS]
    await sitting.made("/votes", a_vote(method="roll_call"))
    for wrong, pointer in (
        (said[:4], "/ballots"),
        ([*said, said[0]], "/ballots/5/membership"),
        ([*said[:4], {"membership": "m-9", "choice": "no"}], "/ballots/4/membership"),
    ):
        refused = await sitting.post("/votes/v-1/closing", {"ballots": wrong})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == pointer
    closed = (await sitting.post("/votes/v-1/closing", {"ballots": said})).json()
    assert (closed["no"], closed["outcome"], closed["ballots"]) == (5, "rejected", said)


async def test_of_a_secret_vote_nobody_knows_who_said_what(sitting: Door) -> None:
    await sitting.made("/votes", a_vote(method="secret"))
    mine = [{"membership": "m-1", "choice": "yes"}]
    refused = await sitting.post("/votes/v-1/closing", {"counts": ALL, "ballots": mine})
    assert refused.json()["errors"][0]["pointer"] == "/ballots"
    closed = (await sitting.post("/votes/v-1/closing", {"counts": {"yes": 1, "no": 4}})).json()
    assert (closed["ballots"], closed["outcome"]) == ([], "rejected")
    history = (await sitting.get("/votes/v-1/history")).text
    assert '"choice"' not in history


async def test_a_member_has_the_own_vote_recorded(sitting: Door) -> None:
    mine = [{"membership": "m-2", "choice": "no"}]
    closed = await vote(sitting, {"yes": 4, "no": 1}, ballots=mine)
    assert closed["ballots"] == mine


async def test_a_substitute_has_the_vote_of_the_absent_member(boards: Door) -> None:
    await council(boards)
    await member(boards, "m-s", "s", seat="sitz", role="substitute")
    await member(boards, "m-g", "g", role="guest", voting=False)
    await running(boards)
    await present(boards, "m-1", "m-2")
    for wrong, code in (("m-g", "no-substitute"), ("m-s", "no-member")):
        instead_of = "m-g" if wrong == "m-s" else "m-3"
        given = attendance(wrong, substitutes_for=instead_of)
        refused = await boards.post("/attendances", given)
        assert refused.json()["errors"][0]["code"] == code
    await present(boards, "m-s", substitutes_for="m-3")
    said = [{"membership": key, "choice": "yes"} for key in ("m-1", "m-2", "m-s")]
    closed = await vote(boards, method="roll_call", ballots=said)
    assert closed["outcome"] == "adopted"
    assert {"membership": "m-3", "standing": "represented", "votes": "m-s"} in closed["snapshot"][
        "members"
    ]


async def test_a_conflict_of_interest_is_proposed_where_the_organisation_is_named(
    boards: Door,
) -> None:
    await council(boards)
    await running(boards, concerns=["paritaetischer"])
    await present(boards, *MEMBERS)
    (proposed,) = (await boards.get("/exclusions?agenda_item=a-1")).json()["items"]
    assert proposed["membership"] == "m-4"
    assert (proposed["state"], proposed["organisation"]) == ("proposed", "paritaetischer")
    await boards.made("/votes", a_vote())
    undecided = await boards.post("/votes/v-1/closing", {"counts": {"yes": 4, "no": 0}})
    assert undecided.status_code == 409
    assert undecided.json()["errors"][0]["code"] == "undecided-exclusion"
    decision = {"state": "confirmed", "reason": text("Empfänger der Zuwendung")}
    decided = await boards.post(f"/exclusions/{proposed['key']}/decision", decision)
    assert decided.status_code == 200, decided.text
    too_many = await boards.post("/votes/v-1/closing", {"counts": ALL})
    assert too_many.json()["errors"][0]["code"] == "too-many"
    closed = (await boards.post("/votes/v-1/closing", {"counts": {"yes": 4, "no": 0}})).json()
    assert (closed["snapshot"]["present"], closed["snapshot"]["excluded"]) == (4, 1)


async def test_a_conflict_is_proposed_also_where_the_paper_names_the_organisation_later(
    boards: Door,
) -> None:
    await council(boards)
    await boards.patch("/persons/p-2", {"organisation": "universitaet"})
    await boards.made("/papers", a_paper())
    await running(boards)
    step = {"key": "c-1", "paper": "vorlage-1", "body": "stadtrat", "role": "decides"}
    await boards.made("/consultations", {**step, "meeting": "sitzung-1", "agenda_item": "a-1"})
    await present(boards, *MEMBERS)
    assert (await boards.get("/exclusions")).json()["items"] == []
    revision = (await boards.get("/papers/vorlage-1")).json()["revision"]
    concerned = {"concerned_organisations": ["universitaet"]}
    changed = await boards.patch("/papers/vorlage-1", concerned, revision)
    assert (changed.status_code, changed.headers["etag"]) == (200, f'"r{revision + 1}"')
    (proposed,) = (await boards.get("/exclusions")).json()["items"]
    assert (proposed["membership"], proposed["agenda_item"]) == ("m-2", "a-1")


async def test_the_ballot_of_an_excluded_member_is_refused(boards: Door) -> None:
    await council(boards)
    await running(boards)
    await present(boards, *MEMBERS)
    await excluded(boards, "m-2")
    await boards.made("/votes", a_vote(method="roll_call"))
    said = [{"membership": key, "choice": "yes"} for key in MEMBERS]
    refused = await boards.post("/votes/v-1/closing", {"ballots": said})
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/ballots/1/membership"]


async def test_a_conflict_of_interest_does_not_keep_from_elections(sitting: Door) -> None:
    await excluded(sitting, "m-2")
    assert (await vote(sitting, ALL, purpose="election"))["outcome"] == "adopted"


async def excluded(door: Door, membership: str, item: str = "a-1") -> dict[str, Any]:
    """A member who was found to have a conflict of interest."""
    given = {"agenda_item": item, "membership": membership}
    made = await door.made("/exclusions", given)
    assert (await door.post("/exclusions", given)).status_code == 409
    decision = {"state": "confirmed", "reason": text("Persönlich beteiligt")}
    decided = await door.post(f"/exclusions/{made['key']}/decision", decision)
    assert decided.status_code == 200, decided.text
    result: dict[str, Any] = decided.json()
    return result


async def test_a_vote_is_void_only_where_the_wrong_vote_may_have_decided(sitting: Door) -> None:
    close = await vote(sitting, {"yes": 3, "no": 2}, "v-close")
    clear = await vote(sitting, ALL, "v-clear")
    found = await excluded(sitting, "m-2")
    now = {key: (await sitting.get(f"/votes/{key}")).json() for key in ("v-close", "v-clear")}
    assert [now[key]["outcome"] for key in now] == ["void", "adopted"]
    assert now["v-clear"]["irregularities"][0]["decisive"] is False
    for before in (close, clear):
        assert now[before["key"]]["snapshot"] == before["snapshot"]
    dismissed = {"state": "dismissed", "reason": text("Doch nicht beteiligt")}
    await sitting.post(f"/exclusions/{found['key']}/decision", dismissed)
    assert (await sitting.get("/votes/v-close")).json()["outcome"] == "adopted"
    assert (await sitting.get("/votes/v-close")).json()["irregularities"] == []


async def test_a_corrected_attendance_list_is_held_against_closed_votes(sitting: Door) -> None:
    closed = await vote(sitting, {"yes": 5, "no": 0})
    absent = {"present": False, "reason": text("Erkrankt")}
    for key in ("m-1", "m-2"):
        await sitting.patch(f"/attendances/at-{key}", absent)
    assert (await sitting.get("/votes/v-1")).json()["outcome"] == "adopted"
    await sitting.patch("/attendances/at-m-3", absent)
    now = (await sitting.get("/votes/v-1")).json()
    assert now["outcome"] == "void"  # two of five are no quorum
    assert now["snapshot"] == closed["snapshot"]


async def _flags(door: Door, key: str = "v-1") -> tuple[str, list[tuple[str, bool, Any]]]:
    found = (await door.get(f"/votes/{key}")).json()
    told = [(one["kind"], one["decisive"], one["memberships"]) for one in found["irregularities"]]
    return found["outcome"], told


@pytest.mark.parametrize(
    ("change", "back"),
    [
        ({"ends_on": "2026-03-11"}, {"ends_on": None}),
        ({"starts_on": "2026-03-13"}, {"starts_on": "2024-07-01"}),
        ({"voting": False}, {"voting": True}),
    ],
)
async def test_a_membership_that_is_changed_afterwards_is_told_and_voids_nothing(
    sitting: Door, change: dict[str, Any], back: dict[str, Any]
) -> None:
    """What is entered later says nothing of who sat there; a person looks into it."""
    await vote(sitting, {"yes": 3, "no": 2}, "v-1")
    await vote(sitting, ALL, "v-clear")
    changed = await sitting.patch("/memberships/m-2", change)
    assert changed.status_code == 200, changed.text
    assert await _flags(sitting) == ("adopted", [("membership_changed", True, ["m-2"])])
    assert await _flags(sitting, "v-clear") == ("adopted", [("membership_changed", False, ["m-2"])])
    absent = {"present": False, "reason": text("Hatte keinen Sitz")}
    await sitting.patch("/attendances/at-m-2", absent)
    assert await _flags(sitting) == ("void", [("not_entitled_took_part", True, ["m-2"])])
    there = {"entries": [{"membership": "m-2", "present": True}]}
    noted = await sitting.post("/meetings/sitzung-1/attendance-list", there)
    assert noted.status_code == 200, noted.text
    restored = await sitting.patch("/memberships/m-2", back, 2)
    assert restored.status_code == 200, restored.text
    assert await _flags(sitting) == ("adopted", [])


@pytest.mark.parametrize(
    ("first", "last", "again"),
    [(11, 12, 1), (12, 12, 1), (12, None, 1), (13, None, 0), (11, 11, 0)],
)
async def test_a_vote_is_looked_at_again_from_the_first_to_the_last_day_of_a_term(
    sitting: Door, apps: dict[str, FastAPI], first: int, last: int | None, again: int
) -> None:
    await vote(sitting, ALL)
    term = date(2026, 3, first), last and date(2026, 3, last)
    database: Database = apps["boards"].state.database
    async with database.writing(actor(sitting.municipality, ["administrator"])) as session:
        assert len(await queries.decided_by(session, "stadtrat", [term])) == again


async def test_who_turns_out_to_have_been_a_member_is_told(boards: Door) -> None:
    await council(boards)
    await boards.patch("/memberships/m-5", {"ends_on": "2025-12-31"})
    await running(boards)
    await present(boards, *MEMBERS[:4])
    await vote(boards, {"yes": 2, "no": 1, "abstain": 1})
    await member(boards, "m-6", 6, seat="sitz", role="member", starts_on="2026-03-12")
    assert await _flags(boards) == ("adopted", [("membership_changed", False, ["m-6"])])
    await present(boards, "m-6")
    assert await _flags(boards) == ("adopted", [("membership_changed", True, ["m-6"])])


async def test_a_substitute_who_may_step_in_no_longer_is_told(boards: Door) -> None:
    await council(boards)
    await member(boards, "m-9", 9, role="substitute", substitute_for="m-1", voting=False)
    await running(boards)
    await present(boards, *MEMBERS[1:])
    await boards.made("/attendances", attendance("m-9", substitutes_for="m-1"))
    await vote(boards, {"yes": 3, "no": 2})
    changed = await boards.patch("/memberships/m-9", {"substitute_for": "m-2"})
    assert changed.status_code == 200, changed.text
    assert await _flags(boards) == ("adopted", [("membership_changed", True, ["m-9"])])


async def test_a_shared_substitute_of_a_group_takes_no_other_groups_vote(boards: Door) -> None:
    await council(boards)
    rule = {"kind": "one_per", "organisation_kind": "council_group"}
    seat = {"key": "fraktionen", "body": "stadtrat", "name": text("Fraktionen"), "rule": rule}
    await boards.made("/seats", seat)
    for number, group in enumerate(("fraktion-a", "fraktion-b"), 7):
        given = {"key": group, "name": text(group), "kind": "council_group"}
        await boards.made("/organisations", given)
        await member(boards, f"m-{number}", number, seat="fraktionen", on_behalf_of=group)
    pool = {"seat": "fraktionen", "role": "substitute", "on_behalf_of": "fraktion-a"}
    await member(boards, "m-9", 9, **pool)
    await running(boards)
    await present(boards, *MEMBERS[:3])
    other = await boards.post("/attendances", attendance("m-9", substitutes_for="m-8"))
    assert other.json()["errors"][0]["code"] == "no-substitute"
    await present(boards, "m-9", substitutes_for="m-7")
    await vote(boards, {"yes": 3, "no": 1})
    changed = await boards.patch("/memberships/m-9", {"on_behalf_of": "fraktion-b"})
    assert changed.status_code == 200, changed.text
    assert await _flags(boards) == ("adopted", [("membership_changed", True, ["m-9"])])


async def test_a_seat_that_loses_its_vote_is_told_and_what_comes_is_not_looked_at(
    sitting: Door,
) -> None:
    await vote(sitting, {"yes": 3, "no": 2})
    revision = (await sitting.get("/votes/v-1")).json()["revision"]
    ended = await sitting.patch("/memberships/m-2", {"ends_on": "2026-12-31"})
    assert ended.status_code == 200, ended.text
    assert (await sitting.get("/votes/v-1")).json()["revision"] == revision
    changed = await sitting.patch("/seats/sitz", {"voting": False})
    assert changed.status_code == 200, changed.text
    assert await _flags(sitting) == ("adopted", [("membership_changed", True, list(MEMBERS))])


async def test_no_vote_is_looked_at_where_a_seat_changes_nothing(
    sitting: Door, statements: list[str]
) -> None:
    """Meetings in which the body voted are not locked, whatever their number."""
    await vote(sitting, {"yes": 3, "no": 2})
    for change, looked_at in (
        ({"name": text("Sitze im Stadtrat")}, False),
        ({"ends_on": "2026-12-31"}, False),
        ({"ends_on": "2026-03-12"}, True),
        ({"ends_on": "2026-03-11"}, True),
    ):
        statements.clear()
        revision = (await sitting.get("/seats/sitz")).json()["revision"]
        changed = await sitting.patch("/seats/sitz", change, revision)
        assert changed.status_code == 200, changed.text
        assert any("vote.ballots" in one for one in statements) is looked_at, change
    flags = ("adopted", [("membership_changed", True, list(MEMBERS))])
    assert await _flags(sitting) == flags


async def test_a_vote_that_was_not_taken_is_taken_back(sitting: Door) -> None:
    await sitting.made("/votes", a_vote())
    back = await sitting.post("/votes/v-1/withdrawal")
    assert (back.json()["state"], back.json()["outcome"]) == ("withdrawn", None)
    assert (await sitting.post("/votes/v-1/closing", {"counts": ALL})).status_code == 409
    assert (await sitting.post("/votes/v-1/withdrawal")).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"meeting": "nowhere"}, "/meeting"),
        ({"agenda_item": "nothing"}, "/agenda_item"),
        ({"agenda_item": "a-other"}, "/agenda_item"),
        ({"agenda_item": None}, "/agenda_item"),
        ({"question": None}, "/question"),
        ({"method": "shouting"}, "/method"),
        ({"majority": {"kind": "huge"}}, "/majority/kind"),
        ({"tie": "lot"}, "/tie"),
    ],
)
async def test_a_vote_that_cannot_be_is_refused(
    sitting: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await sitting.made("/meetings", a_meeting("andere", body="stadtrat"))
    await sitting.made("/meetings/andere/agenda-items", an_item(key="a-other"))
    refused = await sitting.post("/votes", a_vote(**wrong))
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert (await sitting.get("/votes")).json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"meeting": "nowhere"}, "/meeting"),
        ({"membership": "m-9"}, "/membership"),
        ({"present": False, "stays": [{}]}, "/stays"),
        ({"present": False, "objects": True}, "/objects"),
        ({"stays": [{}, {}]}, "/stays"),
        ({"stays": [{"starts_at": "2026-03-12T13:00:00"}]}, "/stays/0/starts_at"),
    ],
)
async def test_attendance_that_cannot_be_is_refused(
    boards: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await council(boards)
    await running(boards)
    refused = await boards.post("/attendances", {**attendance("m-1"), **wrong})
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert (await boards.get("/attendances")).json()["items"] == []


async def test_nobody_is_there_or_votes_before_the_meeting(boards: Door) -> None:
    await council(boards)
    await boards.made("/meetings", a_meeting(body="stadtrat"))
    await boards.made(AGENDA, an_item(key="a-1"))
    assert (await boards.post("/attendances", attendance("m-1"))).status_code == 409
    assert (await boards.post("/votes", a_vote())).status_code == 409


async def test_the_rules_of_the_body_hold_and_closed_votes_keep_theirs(boards: Door) -> None:
    await council(boards)
    own = {"majority": {"kind": "two_thirds", "of": "members"}, "quorum": {"share": "3/4"}}
    await boards.made("/procedures", a_procedure(body="stadtrat", **own))
    second = await boards.post("/procedures", a_procedure("go-2", body="stadtrat"))
    assert second.status_code == 409
    in_force = (await boards.as_().get("/bodies/stadtrat/procedure?on=2026-03-12")).json()
    assert (in_force["key"], in_force["preset"]) == ("go-1", None)
    await running(boards)
    await present(boards, *MEMBERS)
    closed = await vote(boards, {"yes": 3, "no": 0})
    assert (closed["outcome"], closed["snapshot"]["needed"]) == ("rejected", 4)
    await boards.patch("/procedures/go-1", {"majority": {"kind": "simple", "of": "votes"}})
    assert (await boards.get("/votes/v-1")).json() == closed


async def test_presets_say_on_what_they_rest(boards: Door) -> None:
    presets = (await boards.as_().get("/procedures/presets")).json()
    assert [one["preset"] for one in presets] == ["council", "committee", "advisory"]
    clauses = {one["subject"]: one for one in presets[0]["rules"]["clauses"]}
    assert clauses["notice"] == {
        "subject": "notice",
        "text": "§ 35 Abs. 2 Satz 2 ThürKO",
        "verified": True,
    }
    assert clauses["quorum"]["verified"] is False


async def test_a_procedure_that_is_not_public_is_not_told_as_that_of_its_body(
    boards: Door,
) -> None:
    await bodies(boards, "beirat")
    assert (await boards.as_().get("/bodies/beirat/procedure")).json()["preset"] == "advisory"
    own = {"key": "geheim", "body": "beirat", "name": {"de": "Ordnung"}, "notice_days": 9}
    await boards.made("/procedures", {**own, "visibility": "administration"})
    refused = await boards.as_().get("/bodies/beirat/procedure")
    assert refused.status_code == 404
    assert "geheim" not in refused.text
    known = (await boards.get("/bodies/beirat/procedure")).json()
    assert (known["key"], known["rules"]["notice_days"]) == ("geheim", 9)


async def test_of_ten_who_close_a_vote_one_does(sitting: Door) -> None:
    await sitting.made("/votes", a_vote())
    answers = await asyncio.gather(
        *(sitting.post("/votes/v-1/closing", {"counts": {"yes": n % 5, "no": 0}}) for n in range(9))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 8


async def test_a_closed_item_hides_its_votes(boards: Door) -> None:
    await council(boards)
    await running(boards, public=False, concerns=["paritaetischer"])
    await present(boards, "m-1", "m-2", "m-3")
    await vote(boards, {"yes": 3, "no": 0})
    (exclusion,) = (await boards.get("/exclusions")).json()["items"]
    mine = (await boards.get("/persons/p-1")).json()["id"]
    colleague = boards.as_("member", person=mine)
    for outsider in (boards.as_(), boards.as_("member")):
        for address in ("/votes/v-1", f"/exclusions/{exclusion['key']}", f"{AGENDA}/a-1"):
            assert (await outsider.get(address)).status_code == 404
        for address in ("/votes", "/exclusions", AGENDA):
            assert (await outsider.get(address)).json()["items"] == []
    for address in ("/votes/v-1", f"/exclusions/{exclusion['key']}", f"{AGENDA}/a-1"):
        assert (await colleague.get(address)).status_code == 200
    await boards.patch(MEETING, {"visibility": "administration"}, 3)
    assert (await colleague.get("/votes/v-1")).status_code == 404


async def test_who_was_there_is_told_as_the_body_wishes(boards: Door) -> None:
    await council(boards)
    await boards.made("/procedures", a_procedure(body="stadtrat", attendance_visibility="members"))
    await running(boards)
    await present(boards, *MEMBERS)
    await boards.patch("/attendances/at-m-5", {"reason": text("Ging zum Arzt")})
    said = [{"membership": key, "choice": "yes"} for key in MEMBERS]
    closed = await vote(boards, method="roll_call", ballots=said)
    public = (await boards.as_().get("/votes/v-1")).json()
    assert (public["outcome"], public["yes"]) == ("adopted", 5)
    assert (public["ballots"], public["snapshot"]["members"]) == ([], None)
    assert public["snapshot"]["chair"] is None
    assert (await boards.as_().get("/attendances")).json()["items"] == []
    mine = (await boards.get("/persons/p-1")).json()["id"]
    assert (await boards.as_("member", person=mine).get("/votes/v-1")).json() == closed
    stranger = boards.as_("member")
    seen = (await stranger.get("/attendances/at-m-5")).json()
    assert (seen["present"], seen["reason"]) == (True, None)
    own = (await boards.as_("member", person=mine).get("/attendances/at-m-5")).json()
    assert own["reason"] == text("Ging zum Arzt")


async def test_hidden_people_are_not_named_in_a_public_vote(sitting: Door) -> None:
    await sitting.patch("/persons/p-2", {"visibility": "administration"})
    said = [{"membership": key, "choice": "yes"} for key in MEMBERS]
    await vote(sitting, method="roll_call", ballots=said)
    public = await sitting.as_().get("/votes/v-1")
    assert "m-2" not in public.text
    assert len(public.json()["ballots"]) == 4
    assert "m-2" not in (await sitting.as_().get("/attendances")).text


async def test_another_town_finds_nothing(
    sitting: Door, doors: Callable[[str, Municipality], Door]
) -> None:
    await vote(sitting, ALL)
    await excluded(sitting, "m-2")
    elsewhere = doors("boards", new_town())
    for collection in ("/votes", "/attendances", "/exclusions"):
        (found, *_) = (await sitting.get(collection)).json()["items"]
        for name in (found["key"], found["id"]):
            assert (await sitting.get(f"{collection}/{name}")).json() == found
            assert (await elsewhere.get(f"{collection}/{name}")).status_code == 404
            assert (await elsewhere.get(f"{collection}/{name}/history")).status_code == 404
            assert (await sitting.get(f"{collection}/{name}/history")).status_code == 200
        assert (await elsewhere.get(collection)).json()["items"] == []
    assert (await elsewhere.post("/votes/v-1/closing", {"counts": ALL})).status_code == 404
    assert (await sitting.as_("planner").post("/votes", a_vote("v-2"))).status_code == 403
    assert (await sitting.as_("secretary").post("/votes", a_vote("v-2"))).status_code == 201


async def test_a_page_of_votes_costs_few_statements(sitting: Door, statements: list[str]) -> None:
    for number in range(4):
        await vote(sitting, ALL, f"v-{number}")
    for reader, price in ((sitting, 2), (sitting.as_(), 4), (sitting.as_("member"), 4)):
        statements.clear()
        assert len((await reader.get("/votes")).json()["items"]) == 4
        assert len(statements) == price


async def test_who_was_there_is_written_down_once_and_never_in_the_journal(sitting: Door) -> None:
    assert (await sitting.post("/attendances", attendance("m-1", key="at-x"))).status_code == 409
    told = (await sitting.get(f"/internal/journal/{sitting.municipality.key}")).text
    assert "m-1" not in told
