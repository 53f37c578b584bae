"""Who takes part: counts that tell of nobody, and persons whom nobody but case workers sees."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Role
from services.kit import journal
from services.kit.days import today
from services.kit.jobs import Work
from services.kit.settings import Settings
from services.projects.participant_erasures import commands
from tests.integration.projects.samples import MONITORING, settle
from tests.support.copies import copied
from tests.support.towns import Door, actor, new_town

PERSONS = {**MONITORING, "mode": "persons", "legal_basis": "Art. 17 VO (EU) 2021/1057"}
ERIKA = {
    "given_name": "Erikaplanta",
    "family_name": "Musterplanta",
    "birth_date": "1990-05-17",
    "contact": "planta@example.org",
}
NEW: dict[str, Any] = {
    "monitoring": "teilnehmende",
    "identity": ERIKA,
    "entered_on": "2024-03-01",
    "gender": "women",
    "employment": "unemployed",
    "unemployed_months": 14,
    "education": "isced_3_4",
    "disability": True,
    "erase_on": "2090-12-31",
}
PLANTED = ("lanta", "1990-05-17")


@pytest.fixture
@copied
async def office(projects: Door) -> Door:
    """The case worker of a project that keeps persons."""
    await settle(projects, until="monitorings")
    await projects.made("/monitorings", PERSONS)
    return projects.as_("case_worker", subject="test:case-worker")


@pytest.fixture
async def database(database_url: str, projects: Door) -> AsyncIterator[asyncpg.Connection]:
    """The database as its owner, looking at this town."""
    connection = await asyncpg.connect(database_url, server_settings={"search_path": "projects"})
    number = str(projects.municipality.id)
    await connection.execute("SELECT set_config('app.municipality', $1, false)", number)
    yield connection
    await connection.close()


async def found(database: asyncpg.Connection, town: int, words: tuple[str, ...]) -> set[str]:
    """Every table of the service, its journal, past and kept answers included, with a word."""
    tables = await database.fetch(
        "SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
        " JOIN pg_attribute a ON attrelid = c.oid AND attname = 'municipality_id'"
        " WHERE nspname = 'projects' AND relkind IN ('r', 'p')"
    )
    hits = set()
    for name in (row["name"] for row in tables):
        rows = await database.fetch(
            f'SELECT to_jsonb(t)::text AS row FROM "{name}" AS t WHERE municipality_id = $1', town
        )
        texts = [row["row"] for row in rows]
        if name == "idempotency":
            kept = await database.fetch(
                "SELECT body FROM idempotency WHERE municipality_id = $1", town
            )
            texts += [bytes(row["body"] or b"").decode() for row in kept]
        hits |= {name for text in texts for word in words if word in text}
    return hits


def somebody(number: int, **more: Any) -> dict[str, Any]:
    names = {**ERIKA, "given_name": f"Person{number}"}
    return {**NEW, "identity": names, **more}


def cells(answer: dict[str, Any], code: str, starts_on: str | None) -> dict[str, Any]:
    (row,) = [r for r in answer["rows"] if (r["code"], r["starts_on"]) == (code, starts_on)]
    return {g: row[g]["value"] for g in ("women", "men", "non_binary", "total")}


async def counts(door: Door) -> dict[str, Any]:
    address = "/monitorings/teilnehmende/participation"
    made = await door.as_("planner").post(address)
    assert made.status_code == 200, made.text
    answer = await door.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.json() == made.json()
    shown: dict[str, Any] = answer.json()
    return shown


async def test_entered_counts_come_out_protected(settled: Door) -> None:
    planner = settled.as_("planner")
    for code, by in {
        "EECO02": {"women": 30, "men": 41, "non_binary": 0},
        "EECO12": {"women": 2, "men": 20, "non_binary": 0},
        "EECO05": {"women": 12, "men": None, "non_binary": 0},
    }.items():
        body = {"key": f"z-{code.lower()}", "monitoring": "teilnehmende", "code": code}
        span = {"starts_on": "2024-01-01", "ends_on": "2024-12-31"}
        await planner.made("/participant-counts", {**body, **span, **by})
    shown = await counts(settled.as_())
    assert cells(shown, "EECO02", "2024-01-01") == {
        "women": 30,
        "men": 41,
        "non_binary": 0,
        "total": 71,
    }
    special = cells(shown, "EECO12", "2024-01-01")
    assert special["women"] is None
    assert None in (special["men"], special["total"])
    assert cells(shown, "EECO05", "2024-01-01")["men"] is None
    assert (await counts(settled)) == shown, "the administration sees the same"
    raw = await planner.get("/participant-counts/z-eeco12")
    assert raw.json()["women"] == 2
    for door, status in ((settled.as_(), 401), (settled.as_("secretary"), 403)):
        assert (await door.get("/participant-counts/z-eeco12")).status_code == status
        assert (await door.get("/participant-counts/z-eeco12/history")).status_code == status


@pytest.mark.parametrize(
    ("wrong", "status", "pointer"),
    [
        ({"code": "EECO18"}, 422, "/code"),
        ({"women": -1}, 422, "/women"),
        ({"women": "viele"}, 422, "/women"),
        ({"monitoring": "not-there"}, 422, "/monitoring"),
        ({"ends_on": "2023-12-31"}, 422, "/ends_on"),
        ({"key": "zweite", "starts_on": "2024-12-31", "ends_on": "2025-12-31"}, 422, "/starts_on"),
    ],
)
async def test_wrong_counts_are_pointed_at(
    settled: Door, wrong: dict[str, Any], status: int, pointer: str
) -> None:
    body = {
        "key": "erste",
        "monitoring": "teilnehmende",
        "code": "EECO02",
        "starts_on": "2024-01-01",
        "ends_on": "2024-12-31",
        "women": 7,
    }
    if wrong.get("key"):
        await settled.made("/participant-counts", body)
    before = (await settled.get("/participant-counts")).json()
    refused = await settled.post("/participant-counts", {**body, **wrong})
    assert refused.status_code == status, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert (await settled.get("/participant-counts")).json() == before


async def test_counts_that_contradict_one_another_are_not_published(settled: Door) -> None:
    planner, address = settled.as_("planner"), "/monitorings/teilnehmende/participation"
    body = {"monitoring": "teilnehmende", "starts_on": "2024-01-01", "ends_on": "2024-12-31"}
    for code, women in {"EECO12": 8, "EECR03": 9}.items():
        await planner.made(
            "/participant-counts", {**body, "key": code.lower(), "code": code, "women": women}
        )
    alone = await planner.post(address)
    assert alone.status_code == 409, alone.text
    assert [error["code"] for error in alone.json()["errors"]] == ["nobody_counted"]
    await planner.made("/participant-counts", {**body, "key": "alle", "code": "EECO01", "women": 7})
    refused = await planner.post(address)
    assert refused.status_code == 409, refused.text
    assert [error["detail"] for error in refused.json()["errors"]] == [
        "More are EECO12 than EECO01 until 2024-12-31 (women).",
        "More are EECR03 than EECO01 until 2024-12-31 (women).",
    ]
    assert (await settled.get(address)).json()["edition"] is None
    changed = await planner.patch("/participant-counts/alle", {"women": 9}, 1)
    assert changed.status_code == 200, changed.text
    assert (await planner.post(address)).json()["edition"] == 1


async def test_what_is_entered_is_read_by_nobody_until_it_is_published(settled: Door) -> None:
    address = "/monitorings/teilnehmende/participation"
    planner, anyone = settled.as_("planner"), settled.as_()
    nothing = (await anyone.get(address)).json()
    assert (nothing["edition"], nothing["published_on"], nothing["rows"]) == (None, None, [])
    span = {"starts_on": "2024-01-01", "ends_on": "2024-12-31"}
    body = {"key": "zahl", "monitoring": "teilnehmende", "code": "EECO12", **span}
    await planner.made("/participant-counts", {**body, "women": 20, "men": 30, "non_binary": 0})
    assert (await anyone.get(address)).json() == nothing
    assert (await anyone.post(address)).status_code == 401
    assert (await settled.as_("case_worker").post(address)).status_code == 403
    first = await counts(anyone)
    assert (first["edition"], first["threshold"]) == (1, 5)
    assert cells(first, "EECO12", None)["total"] == 50
    await planner.patch("/participant-counts/zahl", {"women": 21}, 1)
    assert (await anyone.get(address)).json() == first, "one woman has come, and nobody sees it"
    second = await counts(anyone)
    assert second["edition"] == 2
    assert cells(second, "EECO12", None) == {
        "women": None,
        "men": 30,
        "non_binary": 0,
        "total": None,
    }
    assert await counts(anyone) == second, "published again, nothing has changed"
    assert (await anyone.get("/monitorings/nein/participation")).status_code == 404


async def test_a_monitoring_does_not_turn_back(settled: Door, projects: Door) -> None:
    address = "/monitorings/teilnehmende"
    second = await settled.post("/monitorings", {**MONITORING, "key": "zweite"})
    assert second.json()["errors"][0]["pointer"] == "/project"
    assert (await settled.patch(address, {"threshold": 4}, 1)).status_code == 409
    assert (await settled.patch(address, {"threshold": 2}, 1)).status_code == 422
    assert (await settled.patch(address, {"mode": "persons"}, 1)).status_code == 422
    persons = {"mode": "persons", "legal_basis": "§ 1"}
    assert (await settled.patch(address, persons, 1)).status_code == 200
    worker = settled.as_("case_worker")
    assert (await worker.post("/participants", NEW)).status_code == 201
    assert (await settled.patch(address, {"mode": "counts"}, 2)).status_code == 409


@pytest.mark.parametrize("role", [None, *sorted(set(Role) - {Role.public, Role.case_worker})])
async def test_nobody_but_case_workers_comes_near_a_participant(
    office: Door, role: str | None
) -> None:
    key = (await office.made("/participants", NEW))["key"]
    door = office.as_(*([role] if role else []), subject="test:somebody")
    status = 403 if role else 401
    asked = [
        await door.get("/participants"),
        await door.get(f"/participants/{key}"),
        await door.get(f"/participants/{key}/identity"),
        await door.get("/participants/follow-ups"),
        await door.post("/participants", somebody(2)),
        await door.patch(f"/participants/{key}", {"rural": True}, 1),
        await door.patch(f"/participants/{key}/identity", {"contact": None}, 1),
        await door.post(f"/participants/{key}/exit", {"exited_on": "2024-09-30"}),
        await door.post(f"/participants/{key}/erasure"),
    ]
    assert {answer.status_code for answer in asked} == {status}
    assert (await office.get(f"/participants/{key}")).status_code == 200


async def test_a_case_worker_sees_participants_and_nothing_that_is_internal(office: Door) -> None:
    assert (await office.post("/projects", {})).status_code == 403
    assert (await office.get("/participant-counts")).status_code == 403


async def test_who_it_is_stands_apart_and_not_in_the_journal(
    office: Door, database: asyncpg.Connection
) -> None:
    created = await office.made("/participants", NEW)
    town = office.municipality.id
    assert not any(word in json.dumps(created) for word in PLANTED)
    assert await found(database, town, PLANTED) == {"participant_identity"}
    who = await office.get(f"/participants/{created['key']}/identity")
    assert who.json() == ERIKA
    assert created["age"] == 33
    assert created["long_term_unemployed"] is True
    told = "SELECT subject, data::text FROM journal WHERE municipality_id = $1 ORDER BY seq DESC"
    entries = await database.fetch(told, town)
    assert entries[0]["subject"] == f"participants/{created['id']}"
    assert created["key"] not in "".join(str(entry) for entry in map(dict, entries))
    mine = "WHERE municipality_id = $1"
    special = f"SELECT disability FROM participant_special {mine}"
    assert await database.fetchval(special, town) is True
    columns = f"SELECT to_jsonb(p)::text FROM participant AS p {mine}"
    assert "disability" not in await database.fetchval(columns, town)


async def test_no_past_is_kept_but_the_journal_says_what_changed(
    office: Door, database: asyncpg.Connection
) -> None:
    created = await office.made("/participants", NEW)
    address = f"/participants/{created['key']}"
    changed = await office.patch(address, {"disability": False, "rural": True}, 1)
    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"] == '"r2"'
    assert (await office.patch(address, {"rural": False}, 1)).status_code == 412
    mine = "WHERE municipality_id = $1"
    past = f"SELECT count(*) FROM history {mine} AND resource LIKE 'participant%'"
    assert await database.fetchval(past, office.municipality.id) == 0
    last = f"SELECT type, data FROM journal {mine} ORDER BY seq DESC LIMIT 1"
    entry = await database.fetchrow(last, office.municipality.id)
    assert entry is not None
    assert entry["type"] == "projects.participant.changed.v1"
    assert json.loads(entry["data"])["fields"] == ["disability", "rural"]


async def test_a_project_that_keeps_counts_takes_no_persons(settled: Door) -> None:
    refused = await settled.as_("case_worker").post("/participants", NEW)
    assert refused.status_code == 409, refused.text


async def test_a_project_that_keeps_persons_takes_no_counts(office: Door) -> None:
    body = {
        "key": "erste",
        "monitoring": "teilnehmende",
        "code": "EECO02",
        "starts_on": "2024-01-01",
        "ends_on": "2024-12-31",
    }
    assert (await office.as_("planner").post("/participant-counts", body)).status_code == 409


async def test_who_is_not_complete_is_not_counted(office: Door) -> None:
    keys = []
    for n in range(6):
        made = await office.made("/participants", somebody(n, education=None))
        assert made["missing"] == ["education"]
        keys.append(made["key"])
    assert (await counts(office.as_()))["rows"] == []
    for key in keys[:3]:
        await office.patch(f"/participants/{key}", {"education": "isced_5_8"}, 1)
    for key in keys[3:]:
        why = {"no_answer": {"education": "Zeugnis nicht anerkannt"}}
        answer = await office.patch(f"/participants/{key}", why, 1)
        assert answer.json()["complete"] is True
    shown = await counts(office.as_())
    everybody = {"women": 6, "men": 0, "non_binary": 0, "total": 6}
    assert cells(shown, "EECO01", "2024-01-01") == everybody
    assert cells(shown, "EECO02", None) == everybody
    assert cells(shown, "EECO11", None)["women"] is None


async def test_who_comes_back_is_one_record_and_the_last_exit_counts(office: Door) -> None:
    key = (await office.made("/participants", NEW))["key"]
    again = {**NEW, "identity": {**ERIKA, "given_name": "ERIKAPLANTA"}, "entered_on": "2025-01-01"}
    refused = await office.post("/participants", again)
    assert refused.status_code == 409
    assert "lanta" not in refused.text
    address = f"/participants/{key}"
    assert (
        await office.post(f"{address}/re-entry", {"entered_on": "2025-01-01"})
    ).status_code == 409
    early = await office.post(f"{address}/exit", {"exited_on": "2024-02-01"})
    assert early.status_code == 422
    both = {"exited_on": "2024-09-30", "employed": True, "job_searching": True}
    refused = await office.post(f"{address}/exit", both)
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/job_searching"]
    assert (await office.get(address)).json()["exited_on"] is None
    first = {"exited_on": "2024-09-30", "employed": True, "qualification": False}
    assert (await office.post(f"{address}/exit", first)).status_code == 200
    assert (await office.post(f"{address}/six-months", {"employed": True})).status_code == 200
    before = await office.post(f"{address}/re-entry", {"entered_on": "2024-09-30"})
    assert before.status_code == 422
    back = await office.post(f"{address}/re-entry", {"entered_on": "2025-01-01"})
    assert back.json()["exited_on"] is None
    assert back.json()["entered_on"] == "2024-03-01"
    assert back.json()["leaving"]["employed"] is True
    last = {"exited_on": "2025-06-30", "employed": False, "qualification": True}
    left = (await office.post(f"{address}/exit", last)).json()
    assert (left["leaving"]["employed"], left["leaving"]["qualification"]) == (False, True)
    assert left["six_months"] is None
    assert left["re_entered_on"] == ["2025-01-01"]
    assert len((await office.get("/participants")).json()["items"]) == 1


async def test_the_due_list_says_whom_to_ask(office: Door) -> None:
    key = (await office.made("/participants", NEW))["key"]
    assert (await office.get("/participants/follow-ups")).json() == []
    await office.post(f"/participants/{key}/exit", {"exited_on": "2024-09-30"})
    found_ = (await office.get("/participants/follow-ups")).json()
    assert [(one["kind"], one["due_on"], one["overdue"]) for one in found_] == [
        ("leaving", "2024-10-28", True),
        ("six_months", "2025-03-30", True),
    ]
    soon = (await office.get("/participants/follow-ups?until=2024-12-31")).json()
    assert [one["kind"] for one in soon] == ["leaving"]
    await office.post(f"/participants/{key}/six-months", {"employed": True, "improved": False})
    left = (await office.get("/participants/follow-ups")).json()
    assert [one["kind"] for one in left] == ["leaving"]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"employment": ["unemployed", "employed"]}, "/employment"),
        ({"gender": None}, "/gender"),
        ({"monitoring": "not-there"}, "/monitoring"),
        ({"no_answer": {"employment": "x"}}, "/no_answer/employment"),
        ({"identity": {**ERIKA, "birth_date": "1890-01-01"}}, "/identity/birth_date"),
        ({"visibility": "public"}, "/visibility"),
    ],
)
async def test_a_wrong_participant_is_pointed_at_and_not_stored(
    office: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await office.post("/participants", {**NEW, **wrong})
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"].replace("/[key]", "") for error in refused.json()["errors"]]
    assert "lanta" not in refused.text
    assert (await office.get("/participants")).json()["items"] == []


async def test_pages_of_participants_follow_each_other(office: Door) -> None:
    made = {(await office.made("/participants", somebody(n)))["key"] for n in range(3)}
    first = (await office.get("/participants?limit=2")).json()
    second = (await office.get(first["next"])).json()
    keys = [one["key"] for one in first["items"] + second["items"]]
    assert keys == sorted(made)
    assert second["next"] is None


async def test_another_town_finds_no_participant(office: Door, doors: Any) -> None:
    key = (await office.made("/participants", NEW))["key"]
    elsewhere = doors("projects", new_town()).as_("case_worker")
    assert (await elsewhere.get(f"/participants/{key}")).status_code == 404
    assert (await elsewhere.get("/participants")).json()["items"] == []
    assert (await elsewhere.post(f"/participants/{key}/erasure")).status_code == 404


async def test_what_is_erased_is_gone_and_the_counts_stay(
    office: Door, database: asyncpg.Connection
) -> None:
    keys = []
    for n in range(6):
        sent = await office.post(
            "/participants", somebody(n), headers={"Idempotency-Key": f"click-{n}"}
        )
        keys.append(sent.json()["key"])
    await office.post(
        f"/participants/{keys[0]}/exit", {"exited_on": "2025-01-31", "employed": True}
    )
    before = await counts(office.as_())
    for key in keys:
        assert (await office.post(f"/participants/{key}/erasure")).status_code == 204
        assert (await office.get(f"/participants/{key}")).status_code == 404
    town = office.municipality.id
    assert await found(database, town, (*PLANTED, *keys)) == set()
    for table in ("participant", "participant_special", "participant_identity"):
        rows = f"SELECT count(*) FROM {table} WHERE municipality_id = $1"
        assert await database.fetchval(rows, town) == 0
    assert await counts(office.as_()) == before
    again = await office.post(f"/participants/{keys[0]}/erasure")
    assert again.status_code == 404


async def test_in_the_night_of_the_erase_date_people_are_erased(
    office: Door, apps: dict[str, FastAPI], settings: Settings, database: asyncpg.Connection
) -> None:
    stays = (await office.made("/participants", somebody(1)))["key"]
    goes = (await office.made("/participants", somebody(2, erase_on=str(today()))))["key"]
    state = apps["projects"].state.database
    case_worker = actor(office.municipality, ["case_worker"], "job:participants", kind="service")
    work = Work(state, settings, case_worker, {})
    for _ in range(2):
        await commands.erase_who_is_due(work)
    left = [one["key"] for one in (await office.get("/participants")).json()["items"]]
    assert left == [stays]
    assert goes not in left
    erased = "SELECT count(*) FROM journal WHERE type = 'projects.participant.erased.v1'"
    town = office.municipality.id
    assert await database.fetchval(f"{erased} AND municipality_id = $1", town) == 1


async def test_whose_erasure_fails_holds_up_nobody_else(
    office: Door, apps: dict[str, FastAPI], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [
        (await office.made("/participants", somebody(number, erase_on=str(today()))))["key"]
        for number in (1, 2, 3)
    ]
    erase = commands.erase

    async def failing(session: Any, key: str) -> None:
        await erase(session, key)
        if key == keys[0]:
            raise RuntimeError(key)

    monkeypatch.setattr(commands, "erase", failing)
    case_worker = actor(office.municipality, ["case_worker"], "job:participants", kind="service")
    work = Work(apps["projects"].state.database, settings, case_worker, {})
    with pytest.raises(ExceptionGroup):
        await commands.erase_who_is_due(work)
    left = [one["key"] for one in (await office.get("/participants")).json()["items"]]
    assert left == keys[:1]


async def test_every_night_every_town_is_looked_at(
    office: Door, apps: dict[str, FastAPI], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered: list[str] = []

    async def note(session: Any, name: str, **_: Any) -> None:
        ordered.append(session.info["actor"].municipality.key)
        assert session.info["actor"].roles == {Role.case_worker}
        assert name == commands.ERASE

    monkeypatch.setattr(commands.JOBS, "order", note)
    state = apps["projects"].state.database
    await commands.JOBS.everywhere(state, commands.ERASE)
    heads = await journal.heads(state.pool)
    assert ordered.count(office.municipality.key) == 1
    assert len(ordered) == len(heads)


async def test_dates_of_a_person_fit_together(office: Door) -> None:
    key = (await office.made("/participants", NEW))["key"]
    await office.post(f"/participants/{key}/exit", {"exited_on": "2024-09-30"})
    address = f"/participants/{key}"
    after = await office.patch(address, {"entered_on": "2024-10-01"}, 2)
    assert after.status_code == 422, after.text
    unborn = await office.patch(f"{address}/identity", {"birth_date": "2024-03-02"}, 2)
    assert unborn.status_code == 422, unborn.text
    younger = await office.patch(f"{address}/identity", {"birth_date": "2005-03-01"}, 2)
    assert younger.status_code == 200, younger.text
    assert (await office.get(address)).json()["age"] == 19
    soon = str(today() + timedelta(1))
    assert (await office.patch(address, {"erase_on": soon}, 3)).json()["erase_on"] == soon
