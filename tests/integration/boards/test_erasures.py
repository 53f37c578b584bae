"""What is kept of people can be told to them, and it ends."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from services.boards.erasures import commands
from services.contracts.boards.persons import PersonField
from services.kit import journal
from services.kit.days import today
from services.kit.settings import Settings
from tests.integration.boards.council import (
    a_body,
    a_membership,
    a_person,
    a_seat,
    exactly,
    organisations,
)
from tests.integration.boards.erasing import ALL, PLANTED, database, found, work
from tests.integration.boards.filing import kept
from tests.integration.boards.sitting import council, present, running
from tests.support.documents import JPEG
from tests.support.oparl import BASE, Reader, Standard
from tests.support.towns import Door, actor, new_town

__all__ = ["database"]

YESTERDAY, TOMORROW = today() - timedelta(1), today() + timedelta(1)
GROUND = {"ground": "consent_withdrawn"}


async def somebody(boards: Door, key: str = "p-1", **more: Any) -> dict[str, Any]:
    """A person with everything that can be told, as it was entered, changed and corrected."""
    answer = await boards.post(
        "/persons", a_person(key, **ALL, **more), headers={"Idempotency-Key": f"enter-{key}"}
    )
    assert answer.status_code == 201, answer.text
    for revision, change in enumerate(({"title": "Prof. planta"}, {"phone": []}), 1):
        changed = await boards.patch(f"/persons/{key}", change, revision)
        assert changed.status_code == 200, changed.text
    entered: dict[str, Any] = answer.json()
    return entered


async def a_board(boards: Door) -> None:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    await boards.made("/seats", a_seat())


async def test_what_was_erased_is_nowhere_and_the_facts_stay(
    boards: Door, database: asyncpg.Connection
) -> None:
    await a_board(boards)
    entered = await somebody(boards)
    await boards.made("/memberships", a_membership(key="m-1", seat="sitz", ends_on="2025-06-30"))
    assert await found(database, boards.municipality.id, PLANTED) != []
    done = await boards.post("/persons/p-1/erasure", GROUND)
    assert done.status_code == 200, done.text
    assert (done.json()["states"], done.json()["memberships"]) == (3, 1)
    assert await found(database, boards.municipality.id, PLANTED) == []
    left = (await boards.get("/persons/p-1")).json()
    assert (left["id"], left["revision"]) == (entered["id"], 4)
    assert (left["given_name"], left["email"], left["organisation"]) == (None, [], None)
    assert (left["erasure_ground"], left["purpose"]) == ("consent_withdrawn", "board_work")
    membership = (await boards.get("/memberships/m-1")).json()
    assert (membership["person"], membership["revision"]) == ("p-1", 1)
    history = (await boards.get("/persons/p-1/history")).json()
    assert [state["revision"] for state in history] == [4, 3, 2, 1]
    assert {state["row"]["family_name"] for state in history} == {None}


async def test_nothing_is_left_of_somebody_whom_everybody_could_read_about(
    boards: Door, world: Reader, database: asyncpg.Connection, standard: Standard
) -> None:
    await a_board(boards)
    given = {"given_on": "2026-01-15", "text_version": "1"}
    agreed = {"consents": [{"field": field, **given} for field in PersonField]}
    await boards.made("/persons", a_person(**{**ALL, **agreed, "visibility": "public"}))
    await boards.made("/memberships", a_membership(key="m-1", seat="sitz", ends_on="2025-06-30"))
    said = {"subject_kind": "person", "subject": "p-1", "role": "image"}
    await kept(boards, JPEG, file_name="planta.jpg", name="Plantabild", **said)
    shown = {name: await world.data(name) for name in ("persons", "locations", "files")}
    for word in PLANTED:
        assert word in str(shown), word
    assert (await boards.post("/persons/p-1/erasure", GROUND)).status_code == 200
    assert await found(database, boards.municipality.id, PLANTED) == []
    for name, (one,) in shown.items():
        assert await world.data(name) == []
        stub = await world.one(one["id"])
        assert stub["deleted"] is True
        standard.check(stub)
    picture = shown["files"][0]["accessUrl"].removeprefix(BASE)
    assert (await boards.as_()("GET", picture)).status_code in (404, 410)


async def test_the_journal_says_that_and_why_but_not_who(
    boards: Door, database: asyncpg.Connection
) -> None:
    await organisations(boards)
    entered = await somebody(boards)
    await boards.post("/persons/p-1/erasure", GROUND)
    rows = await database.fetch(
        "SELECT type, data FROM journal WHERE municipality_id = $1 AND subject = $2 ORDER BY seq",
        boards.municipality.id,
        f"persons/{entered['id']}",
    )
    assert [row["type"].split(".")[2] for row in rows] == [
        "created",
        "changed",
        "changed",
        "erased",
    ]
    assert "consent_withdrawn" in rows[-1]["data"]


async def test_the_journal_is_whole_after_an_erasure(
    boards: Door, apps: dict[str, FastAPI]
) -> None:
    await organisations.anew(boards)
    await somebody(boards)
    await boards.post("/persons/p-1/erasure", GROUND)
    service = actor(boards.municipality, ["administrator"], "service:test", kind="service")
    async with apps["boards"].state.database.writing(service) as session:
        entries = await journal.entries(session, boards.municipality.id, 0)
    assert len(entries) == len(ORGANISATIONS_AND_ONE_PERSON)
    assert journal.first_broken(entries) is None


ORGANISATIONS_AND_ONE_PERSON = [*range(5), "created", "changed", "changed", "erased"]


async def test_nobody_is_erased_twice_or_while_they_sit_in_a_body(boards: Door) -> None:
    await a_board(boards)
    await somebody(boards)
    made = await boards.made("/memberships", a_membership(key="m-1"))
    refused = await boards.post("/persons/p-1/erasure", GROUND)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "still-a-member")
    assert (await boards.get("/persons/p-1")).json()["family_name"] == "Mustermann"
    await boards.patch(
        f"/memberships/{made['key']}", {"ends_on": YESTERDAY.isoformat()}, made["revision"]
    )
    assert (await boards.post("/persons/p-1/erasure", GROUND)).status_code == 200
    again = await boards.post("/persons/p-1/erasure", GROUND)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "erased")


async def test_of_somebody_erased_nothing_new_is_entered(boards: Door) -> None:
    await a_board(boards)
    await somebody(boards)
    await boards.post("/persons/p-1/erasure", GROUND)
    assert (await boards.patch("/persons/p-1", {"title": "Dr."}, 4)).status_code == 409
    refused = await boards.post("/memberships", a_membership())
    assert refused.json()["errors"][0] == {
        "pointer": "/person",
        "code": "erased",
        "detail": "The data of this person were erased.",
    }


async def test_only_those_who_keep_the_register_erase_and_tell(boards: Door) -> None:
    await organisations(boards)
    await somebody(boards, visibility="public")
    for role, status in (("planner", 403), ("controller", 403), ("member", 403)):
        assert (await boards.as_(role).post("/persons/p-1/erasure", GROUND)).status_code == status
        for address in ("/persons/p-1/data", "/persons/deletions"):
            assert (await boards.as_(role).get(address)).status_code == status
    assert (await boards.as_().get("/persons/p-1/data")).status_code == 401
    unfounded = await boards.post("/persons/p-1/erasure", {"ground": "because"})
    assert unfounded.json()["errors"][0]["pointer"] == "/ground"
    assert (await boards.as_("secretary").post("/persons/p-1/erasure", GROUND)).status_code == 200


async def test_a_person_is_told_everything(boards: Door) -> None:
    await a_board(boards)
    await somebody(boards, delete_on=TOMORROW.isoformat())
    await boards.made("/memberships", a_membership(key="m-1", seat="sitz"))
    told = (await boards.as_("secretary").get("/persons/p-1/data")).json()
    assert told["person"]["address"] == "Plantastraße 1"
    assert told["person"]["delete_on"] == TOMORROW.isoformat()
    assert (told["known_to"], told["shown_to"]["public"]) == ("administration", ["email", "name"])
    assert [state["revision"] for state in told["states"]] == [3, 2, 1]
    assert [(one["kind"], one["rows"][0]["key"]) for one in told["rows"]] == [("membership", "m-1")]
    assert [entry["type"] for entry in told["journal"]] == [
        "boards.person.created.v1",
        "boards.person.changed.v1",
        "boards.person.changed.v1",
        "boards.membership.created.v1",
    ]


async def test_the_office_sees_whom_nobody_needs_any_longer(boards: Door) -> None:
    await a_board(boards)
    await boards.made("/persons", a_person("due", delete_on=YESTERDAY.isoformat()))
    await boards.made("/persons", a_person("kept", delete_on=TOMORROW.isoformat()))
    await boards.made("/persons", a_person("late", delete_on=YESTERDAY.isoformat()))
    await boards.made("/persons", a_person("sits"))
    await boards.made("/persons", a_person("sat"))
    await boards.made("/memberships", a_membership("late", ends_on=TOMORROW.isoformat()))
    await boards.made("/memberships", a_membership("sits"))
    await boards.made("/memberships", a_membership("sat", ends_on="2024-12-31"))
    listed = (await boards.get("/persons/deletions")).json()["items"]
    assert [(one["person"], one["state"], one["needed_until"]) for one in listed] == [
        ("due", "due", None),
        ("late", "postponed", TOMORROW.isoformat()),
        ("sat", "unplanned", "2024-12-31"),
    ]
    first = (await boards.get("/persons/deletions?limit=1")).json()
    assert [one["person"] for one in first["items"]] == ["due"]
    rest = (await boards.get(first["next"])).json()["items"]
    assert [one["person"] for one in rest] == ["late"]


async def test_every_night_what_is_due_is_erased_and_nothing_else(
    boards: Door, apps: dict[str, FastAPI], settings: Settings, database: asyncpg.Connection
) -> None:
    await a_board(boards)
    await somebody(boards, delete_on=today().isoformat())
    await boards.made("/persons", a_person("kept", delete_on=TOMORROW.isoformat()))
    await boards.made("/persons", a_person("late", delete_on=YESTERDAY.isoformat()))
    await boards.made("/memberships", a_membership("late"))
    for _ in range(2):
        await commands.erase_what_is_due(work(boards, apps, settings))
        persons = (await boards.get("/persons")).json()["items"]
        assert [(one["key"], one["erasure_ground"]) for one in persons] == [
            ("kept", None),
            ("late", None),
            ("p-1", "expired"),
        ]
    assert await found(database, boards.municipality.id, ("lanta", "7777777")) == []
    history = (await boards.get("/persons/p-1/history")).json()
    assert (history[0]["actor"], len(history)) == ("job:erasure", 4)


async def test_a_term_that_is_over_needs_nobody_unless_it_is_carried_over(
    boards: Door, apps: dict[str, FastAPI], settings: Settings
) -> None:
    await a_board(boards)
    over, day_before, tomorrow = "2025-06-30", YESTERDAY.isoformat(), TOMORROW.isoformat()
    for seat in ("carried", "followed", "coming"):
        carries = {"rule": exactly("paritaetischer"), "carry_over": True}
        await boards.made("/seats", a_seat(seat, **carries))
    for key, more in {
        "carried": {"seat": "carried", "term_ends_on": over},
        "coming": {"seat": "coming", "term_ends_on": over},
        "followed": {"seat": "followed", "term_ends_on": over},
        "in-term": {"term_ends_on": tomorrow},
        "left": {"term_ends_on": over, "ends_on": "2025-01-31"},
        "over": {"term_ends_on": over, "ends_on": tomorrow},
        "successor": {"seat": "followed", "starts_on": "2025-07-01"},
        "tomorrow": {"seat": "coming", "starts_on": tomorrow},
        "unplanned": {"term_ends_on": over},
    }.items():
        planned = key not in ("successor", "tomorrow", "unplanned")
        await boards.made("/persons", a_person(key, delete_on=day_before if planned else None))
        await boards.made("/memberships", a_membership(key, **more))
    listed = (await boards.get("/persons/deletions")).json()["items"]
    assert [(one["person"], one["state"], one["needed_until"]) for one in listed] == [
        ("carried", "postponed", None),
        ("coming", "postponed", None),
        ("followed", "due", over),
        ("in-term", "postponed", tomorrow),
        ("left", "due", "2025-01-31"),
        ("over", "due", over),
        ("unplanned", "unplanned", over),
    ]
    await commands.erase_what_is_due(work(boards, apps, settings))
    persons = (await boards.get("/persons")).json()["items"]
    erased = [one["key"] for one in persons if one["erased_at"]]
    assert erased == ["followed", "left", "over"]
    answer = await boards.post("/persons/unplanned/erasure", GROUND)
    assert answer.status_code == 200, answer.text


async def test_a_personal_substitute_is_needed_as_long_as_the_member_is(
    boards: Door, apps: dict[str, FastAPI], settings: Settings
) -> None:
    """Who stands in for somebody who is there no more stands in for nobody."""
    await a_board(boards)
    over, day_before, tomorrow = "2025-06-30", YESTERDAY.isoformat(), TOMORROW.isoformat()
    carries = {"rule": exactly("paritaetischer"), "carry_over": True}
    await boards.made("/seats", a_seat("carried", **carries))
    for key, more in {
        "carried": {"seat": "carried", "term_ends_on": over},
        "in-term": {"term_ends_on": tomorrow},
        "leaves": {"seat": None, "ends_on": tomorrow},
        "left": {"ends_on": over},
        "over": {"term_ends_on": over},
        "sits": {},
    }.items():
        await boards.made("/persons", a_person(key))
        await boards.made("/memberships", a_membership(key, key=f"m-{key}", **more))
        stands_by = {"role": "substitute", "substitute_for": f"m-{key}", "voting": False}
        await boards.made("/persons", a_person(f"for-{key}", delete_on=day_before))
        await boards.made("/memberships", a_membership(f"for-{key}", **stands_by))
    listed = (await boards.get("/persons/deletions")).json()["items"]
    said = [(one["person"], one["state"], one["needed_until"]) for one in listed]
    assert [one for one in said if one[0].startswith("for-")] == [
        ("for-carried", "postponed", None),
        ("for-in-term", "postponed", tomorrow),
        ("for-leaves", "postponed", tomorrow),
        ("for-left", "due", over),
        ("for-over", "due", over),
        ("for-sits", "postponed", None),
    ]
    await commands.erase_what_is_due(work(boards, apps, settings))
    persons = (await boards.get("/persons?limit=100")).json()["items"]
    assert [one["key"] for one in persons if one["erased_at"]] == ["for-left", "for-over"]


async def test_who_is_no_longer_due_when_their_turn_comes_is_not_erased(
    boards: Door, apps: dict[str, FastAPI], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at who is due and their turn the office goes on working."""
    await a_board(boards)
    for key in ("due", "erased", "freed", "kept", "sits"):
        await boards.made("/persons", a_person(key, delete_on=YESTERDAY.isoformat()))
    looked = commands.queries.due

    async def the_office_works_on(session: Any, on: Any) -> Any:
        found = await looked(session, on)
        assert (await boards.patch("/persons/kept", {"delete_on": str(TOMORROW)})).is_success
        assert (await boards.patch("/persons/freed", {"delete_on": None})).is_success
        await boards.made("/memberships", a_membership("sits"))
        assert (await boards.post("/persons/erased/erasure", GROUND)).is_success
        return found

    monkeypatch.setattr(commands.queries, "due", the_office_works_on)
    await commands.erase_what_is_due(work(boards, apps, settings))
    persons = (await boards.get("/persons")).json()["items"]
    assert [(one["key"], one["erasure_ground"]) for one in persons] == [
        ("due", "expired"),
        ("erased", GROUND["ground"]),
        ("freed", None),
        ("kept", None),
        ("sits", None),
    ]


async def test_each_town_gets_its_job_every_day(
    boards: Door,
    apps: dict[str, FastAPI],
    settings: Settings,
    database: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await boards.made("/persons", a_person("due", delete_on=YESTERDAY.isoformat()))
    ordered = []

    async def order(session: Any, name: str, **_: Any) -> None:
        ordered.append((session.info["actor"].municipality.key, name))

    monkeypatch.setattr(commands.JOBS, "order", order)
    await commands.JOBS.everywhere(apps["boards"].state.database, commands.ERASE)
    assert (boards.municipality.key, "privacy.erase") in ordered
    schedule = "SELECT expression, next_run > now() FROM boards_jobs.job_schedules"
    for _ in range(200):  # the worker loads its library beside the first requests
        rows = [tuple(row) for row in await database.fetch(schedule)]
        if rows:
            break
        await asyncio.sleep(0.05)
    assert rows == [("10 2 * * *", True)]


async def test_the_past_of_what_was_not_erased_cannot_be_changed(
    boards: Door, apps: dict[str, FastAPI], database: asyncpg.Connection
) -> None:
    await organisations(boards)
    await somebody(boards)
    kept = await boards.made("/persons", a_person("p-2"))
    town = boards.municipality.id
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.execute("SELECT redact('person', $1)", kept["id"])
    with pytest.raises(asyncpg.PostgresError):
        await database.execute("SELECT redact('membership', $1)", kept["id"])
    blank = """UPDATE history SET "row" = jsonb_set("row", '{family_name}', 'null')
               WHERE municipality_id = $1 AND id = $2"""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.execute(blank, town, kept["id"])
    erased = (await boards.get("/persons/p-1")).json()["id"]
    await boards.post("/persons/p-1/erasure", GROUND)
    for forged in (
        """UPDATE history SET "row" = jsonb_set("row", '{family_name}', '"Other"')""",
        """UPDATE history SET "row" = "row" - 'family_name'""",
        """UPDATE history SET "row" = "row" || '{"more": null}'""",
        "UPDATE history SET actor = 'somebody else'",
        "UPDATE history SET changed_at = now()",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await database.execute(f"{forged} WHERE municipality_id = $1 AND id = $2", town, erased)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.execute("DELETE FROM history WHERE municipality_id = $1", town)
    service = await apps["boards"].state.database.connect()
    try:
        await service.execute("SELECT set_config('app.municipality', $1, false)", str(town))
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await service.execute(blank, town, erased)
    finally:
        await service.close()


async def test_another_town_erases_nobody_here(
    boards: Door, doors: Any, database: asyncpg.Connection
) -> None:
    await organisations(boards)
    entered = await somebody(boards)
    elsewhere = doors("boards", new_town())
    for key in ("p-1", entered["id"]):
        assert (await elsewhere.post(f"/persons/{key}/erasure", GROUND)).status_code == 404
        assert (await elsewhere.get(f"/persons/{key}/data")).status_code == 404
    await boards.post("/persons/p-1/erasure", GROUND)
    other = str(elsewhere.municipality.id)
    await database.execute("SELECT set_config('app.municipality', $1, false)", other)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.execute("SELECT redact('person', $1)", entered["id"])


async def test_the_picture_of_a_person_goes_with_them(
    boards: Door, database: asyncpg.Connection
) -> None:
    await organisations(boards)
    await somebody(boards)
    said = {"subject_kind": "person", "subject": "p-1", "role": "image"}
    kept = []
    for name in ("planta.txt", "planta alt.txt"):
        sent = await boards.post(
            "/files",
            content=f"plantabild {name}".encode(),
            params={"file_name": name, "name": f"Bild {name}", **said},
            headers={"Content-Type": "text/plain"},
        )
        assert sent.status_code == 201, sent.text
        kept.append(sent.json()["key"])
    reason = {"reason": "plantagrund"}
    assert (await boards.post(f"/files/{kept[1]}/withdrawal", reason)).status_code == 200
    done = await boards.post("/persons/p-1/erasure", GROUND)
    assert done.json()["files"] == 2
    assert await found(database, boards.municipality.id, PLANTED) == []


async def test_why_somebody_was_absent_or_excluded_is_erased_with_them(
    boards: Door, database: asyncpg.Connection
) -> None:
    await council(boards)
    await running(boards)
    await boards.patch("/memberships/m-2", {"ends_on": YESTERDAY.isoformat()})
    planted = {"de": "Plantakrankheit"}
    await present(boards, "m-2", present=False, reason=planted)
    declared = await boards.made(
        "/exclusions", {"agenda_item": "a-1", "membership": "m-2", "reason": planted}
    )
    address = f"/exclusions/{declared['key']}"
    decision = {"state": "confirmed", "reason": {"de": "Plantabruder"}}
    assert (await boards.post(f"{address}/decision", decision)).status_code == 200
    assert await found(database, boards.municipality.id, ("lanta",))
    erased = await boards.post("/persons/p-2/erasure", GROUND)
    assert erased.status_code == 200, erased.text
    assert await found(database, boards.municipality.id, ("lanta",)) == []
    absence = (await boards.get("/attendances/at-m-2")).json()
    assert (absence["present"], absence["reason"]) == (False, None)
    exclusion = (await boards.get(address)).json()
    assert exclusion["state"] == "confirmed"
    assert (exclusion["reason"], exclusion["decision_reason"]) == (None, None)
    others = (await boards.get("/attendances")).json()["items"]
    assert [one["key"] for one in others] == ["at-m-2"]
