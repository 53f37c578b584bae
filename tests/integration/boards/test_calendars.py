"""Meetings in calendars: public by body, private by an address that can be revoked."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from icalendar import Calendar

from services.kit.days import today
from tests.integration.boards.council import a_meeting, a_membership, a_person, text
from tests.integration.boards.deciding import bodies
from tests.support.copies import copied
from tests.support.spoken import is_told_as_asked
from tests.support.towns import Door

SOON, LATER = (f"{today() + timedelta(days=days)}T17:00:00+01:00" for days in (7, 14))


async def events(door: Door, path: str) -> list[dict[str, Any]]:
    answer = await door.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return [{name: event.decoded(name, None) for name in event} for event in found]


@pytest.fixture
@copied
async def board(boards: Door) -> Door:
    await bodies(boards, "beirat")
    place = text("Rathaus; Saal 1, Markt 1")
    for key, day, seen in (
        ("beirat-10", SOON, "public"),
        ("beirat-20", LATER, "members"),
        ("beirat-30", LATER, "administration"),
    ):
        new = a_meeting(key, body="beirat", starts_at=day, location=place, visibility=seen)
        await boards.made("/meetings", {**new, "name": text(f"Sitzung {key}")})
    return boards


def named(found: list[dict[str, Any]]) -> list[str]:
    return [str(event["SUMMARY"]).rpartition(" ")[2] for event in found]


async def test_everybody_can_follow_the_public_meetings_of_a_body(board: Door) -> None:
    found = await events(board.as_(), "/bodies/beirat/calendar.ics")
    assert named(found)[-1:] == ["beirat-10"]
    assert found[-1]["LOCATION"] == "Rathaus; Saal 1, Markt 1"
    assert found[-1]["STATUS"] == "TENTATIVE"
    members = await events(board.as_("member"), "/bodies/beirat/calendar.ics")
    assert named(members)[-2:] == ["beirat-10", "beirat-20"]
    assert (await board.as_().get("/bodies/niemand/calendar.ics")).status_code == 404


async def test_a_change_keeps_the_uid_and_counts_up(board: Door) -> None:
    before = (await events(board.as_(), "/bodies/beirat/calendar.ics"))[-1]
    assert (await board.patch("/meetings/beirat-10", {"state": "cancelled"})).is_success
    after = (await events(board.as_(), "/bodies/beirat/calendar.ics"))[-1]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["STATUS"] == "CANCELLED"


async def test_a_meeting_that_was_put_off_moves_in_the_calendar(board: Door) -> None:
    """From one day to another it is the same entry, called off in between."""

    async def told() -> dict[str, Any]:
        (found,) = [
            event
            for event in await events(board.as_(), "/bodies/beirat/calendar.ics")
            if str(event["SUMMARY"]).endswith("beirat-10")
        ]
        return found

    before = await told()
    changes = ({"state": "postponed"}, {"state": "planned", "starts_at": LATER, "ends_at": None})
    seen = [before]
    for revision, change in enumerate(changes, 1):
        changed = await board.patch("/meetings/beirat-10", change, revision)
        assert changed.status_code == 200, changed.text
        seen.append(await told())
    assert [one["STATUS"] for one in seen] == ["TENTATIVE", "CANCELLED", "TENTATIVE"]
    assert {one["UID"] for one in seen} == {before["UID"]}
    assert [one["SEQUENCE"] for one in seen] == [0, 1, 2]
    moments = [one["DTSTART"].isoformat() for one in seen]
    assert moments == [f"{at[:10]}T16:00:00+00:00" for at in (SOON, SOON, LATER)]


async def issued(board: Door, **whom: str) -> dict[str, Any]:
    feed = await board.made("/calendar-feeds", whom)
    assert feed["address"].startswith(f"/v1/{board.municipality.key}/calendars/")
    return feed


@pytest.mark.parametrize("whom", [{"person": "p-beirat"}, {"body": "beirat"}])
async def test_a_private_calendar_shows_what_members_see_and_nothing_more(
    board: Door, whom: dict[str, str]
) -> None:
    feed = await issued(board, **whom)
    found = await events(board.as_(), feed["address"])
    assert named(found)[-2:] == ["beirat-10", "beirat-20"]
    assert "beirat-30" not in named(found)
    answer = await board.as_().get(feed["address"])
    assert answer.headers["cache-control"] == "private, no-store"


async def test_a_person_sees_the_meetings_of_the_own_bodies_while_a_member(board: Door) -> None:
    feed = await issued(board, person="p-beirat")
    member = (await board.get("/memberships/m-beirat")).json()
    ended = {"ends_on": str(today() + timedelta(days=8))}
    assert (await board.patch("/memberships/m-beirat", ended, member["revision"])).is_success
    found = await events(board.as_(), feed["address"])
    assert "beirat-10" in named(found)
    assert "beirat-20" not in named(found)


async def test_everybody_can_follow_the_public_meetings_of_a_member(board: Door) -> None:
    address = "/persons/p-beirat/calendar.ics"
    assert (await board.as_().get(address)).status_code == 404, "the person is not public"
    shown = await board.patch("/persons/p-beirat", {"visibility": "public"})
    assert shown.status_code == 200, shown.text
    assert named(await events(board.as_(), address)) == [], "nor is the membership"
    shown = await board.patch("/memberships/m-beirat", {"visibility": "public"})
    assert shown.status_code == 200, shown.text
    found = named(await events(board.as_(), address))
    assert found[-1] == "beirat-10"
    assert "Mustermann" not in (await board.as_().get(address)).text
    assert named(await events(board.as_("member"), address))[-2:] == ["beirat-10", "beirat-20"]


@pytest.mark.parametrize(
    "change", [{"term_ends_on": str(today())}, {"role": "guest", "voting": False, "seat": None}]
)
async def test_whose_term_is_over_or_who_is_a_guest_follows_nothing_that_is_for_members(
    board: Door, change: dict[str, Any]
) -> None:
    feed = await issued(board, person="p-beirat")
    assert "beirat-20" in named(await events(board.as_(), feed["address"]))
    changed = await board.patch("/memberships/m-beirat", change)
    assert changed.status_code == 200, changed.text
    assert "beirat-20" not in named(await events(board.as_(), feed["address"]))
    if "term_ends_on" in change:
        assert (await board.patch("/seats/sitz-beirat", {"carry_over": True})).is_success
        assert "beirat-20" in named(await events(board.as_(), feed["address"]))


async def test_a_personal_substitute_follows_the_meetings_as_long_as_the_member(
    board: Door,
) -> None:
    await board.made("/persons", a_person("p-next"))
    stands_by = {"body": "beirat", "role": "substitute", "substitute_for": "m-beirat"}
    await board.made("/memberships", {**a_membership("p-next"), **stands_by})
    feed = await issued(board, person="p-next")
    assert "beirat-20" in named(await events(board.as_(), feed["address"]))
    ends = ({"term_ends_on": str(today())}, {"term_ends_on": None, "ends_on": str(today())})
    for revision, over in enumerate(ends, 1):
        assert (await board.patch("/memberships/m-beirat", over, revision)).is_success
        assert "beirat-20" not in named(await events(board.as_(), feed["address"]))


async def test_who_is_carried_over_meets_until_the_successor_comes(board: Door) -> None:
    feed = await issued(board, person="p-beirat")
    assert (await board.patch("/seats/sitz-beirat", {"carry_over": True})).is_success
    over = await board.patch("/memberships/m-beirat", {"term_ends_on": str(today())})
    assert over.is_success, over.text
    assert named(await events(board.as_(), feed["address"]))[-2:] == ["beirat-10", "beirat-20"]
    await board.made("/persons", a_person("p-next"))
    successor = {
        "body": "beirat",
        "seat": "sitz-beirat",
        "starts_on": str(today() + timedelta(days=10)),
    }
    await board.made("/memberships", {**a_membership("p-next"), **successor})
    assert named(await events(board.as_(), feed["address"]))[-1:] == ["beirat-10"]


async def test_the_calendar_of_somebody_who_was_erased_works_no_longer(board: Door) -> None:
    feed = await issued(board, person="p-beirat")
    ended = {"ends_on": str(today() - timedelta(days=1))}
    assert (await board.patch("/memberships/m-beirat", ended)).is_success
    assert (await board.as_().get(feed["address"])).status_code == 200
    erased = await board.post("/persons/p-beirat/erasure", {"ground": "not_needed"})
    assert erased.status_code in (200, 201), erased.text
    assert (await board.as_().get(feed["address"])).status_code == 404


async def test_a_revoked_address_works_no_longer(board: Door) -> None:
    feed = await issued(board, body="beirat")
    for _ in range(2):
        revoked = await board.post(f"/calendar-feeds/{feed['key']}/revocation")
        assert revoked.json()["revoked_at"] is not None
    assert (await board.as_().get(feed["address"])).status_code == 404


async def test_the_address_is_told_once_and_kept_nowhere(
    board: Door, owner: asyncpg.Connection
) -> None:
    """Not even for who repeats the request."""
    once = {"Idempotency-Key": "give-out-once"}
    feed = (await board.post("/calendar-feeds", {"body": "beirat"}, headers=once)).json()
    token = feed["address"].rpartition("/")[2]
    again = (await board.post("/calendar-feeds", {"body": "beirat"}, headers=once)).json()
    assert again["address"] != feed["address"]
    assert token not in (await board.get("/calendar-feeds")).text
    for table in ("calendar_feed", "history", "idempotency", "journal"):
        rows = await owner.fetch(
            f"SELECT t::text FROM boards.{table} AS t WHERE municipality_id = $1",
            board.municipality.id,
        )
        assert rows or table == "idempotency"
        kept = " ".join(row[0] for row in rows)
        assert token not in kept
        assert token.encode().hex() not in kept, "as bytes of an answer"


@pytest.mark.parametrize(
    "token", ["x" * 32, "u5Wd3yQmYB0aIhFqzT8xPkVnR2cLJ6eG", "%00" * 20 + "a" * 8]
)
async def test_a_guess_finds_nothing(board: Door, token: str) -> None:
    assert (await board.as_().get(f"/calendars/{token}")).status_code in (404, 422)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/body"),
        ({"person": "p-beirat", "body": "beirat"}, "/body"),
        ({"person": "niemand"}, "/person"),
        ({"body": "niemand"}, "/body"),
    ],
)
async def test_a_calendar_is_of_somebody_who_is_there(
    board: Door, body: dict[str, str], pointer: str
) -> None:
    refused = await board.post("/calendar-feeds", body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("role", ["member", "planner", "controller", "supplier"])
async def test_only_the_board_office_gives_out_private_calendars(board: Door, role: str) -> None:
    assert (await board.as_(role).post("/calendar-feeds", {"body": "beirat"})).status_code == 403
    assert (await board.as_("secretary").post("/calendar-feeds", {"body": "beirat"})).is_success


async def test_a_calendar_opens_no_other_town(board: Door) -> None:
    feed = await issued(board, body="beirat")
    elsewhere = feed["address"].replace(board.municipality.key, "town-elsewhere")
    assert (await board.as_().get(elsewhere)).status_code == 404


async def test_calendars_are_in_the_language_that_is_asked_for(board: Door) -> None:
    for address in ("/persons/p-beirat", "/memberships/m-beirat"):
        assert (await board.patch(address, {"visibility": "public"})).is_success
    assert (await board.patch("/bodies/beirat", {"name": {"en": "Advisory board"}})).is_success
    feed = await issued(board, body="beirat")
    for path in ("/bodies/beirat/calendar.ics", "/persons/p-beirat/calendar.ics", feed["address"]):
        await is_told_as_asked(board.as_().get, path)
