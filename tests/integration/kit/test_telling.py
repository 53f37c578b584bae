"""What is found quickly is what one finds who asks of each entry: may I know this now?"""

import asyncio
import random
from collections.abc import Callable, Sequence
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from services.boards.telling import TOLD
from services.contracts.shared.access import Actor, Municipality
from services.kit.telling.queries import scan
from tests.integration.boards.council import (
    a_body,
    a_consultation,
    a_meeting,
    a_membership,
    a_paper,
    a_person,
    an_item,
)
from tests.support.towns import Door, actor, new_town

VISIBILITIES = ("public", "members", "administration")
BODIES = ("planungsbeirat", "beirat-2")
CALLERS: Sequence[tuple[str, ...]] = ((), ("member",), ("planner",))
OWN_STEPS = frozenset({"boards.agenda_item"})
"""Of which a member hears every step, since they may be of the own board."""
LIMITS = (1, 9)


class Past:
    """A town in which things are made, shown and hidden again by chance."""

    def __init__(self, door: Door, seed: int) -> None:
        self.door, self.chance, self.number = door, random.Random(seed), 0
        self.made: list[tuple[str, int]] = []
        self.meeting_of: dict[str, str] = {}

    async def begin(self) -> None:
        for body in BODIES:
            shown = "public" if body == BODIES[0] else self._visibility()
            await self._make("/bodies", a_body(body, visibility=shown))
        self.me = (await self.door.made("/persons", a_person()))["id"]
        await self.door.made("/memberships", a_membership())
        for _ in range(3):
            await self.door.made("/papers", a_paper(self._key("x"), visibility="administration"))
        await self.door.made("/meetings", a_meeting("erste"))
        item = an_item(public=False, key="erster-punkt")
        await self.door.made("/meetings/erste/agenda-items", item)
        self.meeting_of["erster-punkt"] = "erste"

    async def step(self) -> None:
        await self.chance.choice((self.paper, self.meeting, self.consultation, self.change))()

    async def paper(self) -> None:
        await self._make("/papers", a_paper(self._key("vorlage"), visibility=self._visibility()))

    async def meeting(self) -> None:
        key, body = self._key("sitzung"), self.chance.choice(BODIES)
        shown = self.chance.choice(("public", "public", "administration"))
        new = a_meeting(key, body=body, visibility=shown)
        await self._make("/meetings", new)
        item = an_item(public=self.chance.random() < 0.3, key=self._key("punkt"))
        made = await self._make(f"/meetings/{key}/agenda-items", item)
        self.meeting_of[made["key"]] = key

    async def consultation(self) -> None:
        papers = [path for path, _ in self.made if path.startswith("/papers/")]
        if papers:
            paper = self.chance.choice(papers).rsplit("/", 1)[1]
            body = self.chance.choice(BODIES)
            new = a_consultation(self._key("beratung"), paper=paper, body=body)
            await self.door.made("/consultations", new)

    async def change(self) -> None:
        place = self.chance.randrange(len(self.made))
        path, revision = self.made[place]
        closed = {"public": self.chance.random() < 0.5}
        wish = closed if "agenda-items" in path else {"visibility": self._visibility()}
        answer = await self.door.patch(path, wish, revision=revision)
        assert answer.status_code == 200, answer.text
        self.made[place] = (path, answer.json()["revision"])

    async def _make(self, path: str, new: dict[str, Any]) -> dict[str, Any]:
        made = await self.door.made(path, new)
        self.made.append((f"{path}/{made['key']}", 1))
        return made

    def _visibility(self) -> str:
        return self.chance.choice(VISIBILITIES)

    def _key(self, name: str) -> str:
        self.number += 1
        return f"{name}-{self.number}"

    def address(self, subject: str) -> str:
        collection, key = subject.split("/")
        if collection == "agenda-items":
            return f"/meetings/{self.meeting_of[key]}/agenda-items/{key}"
        return f"/{subject}"


async def slowly(past: Past, who: Door, roles: Sequence[str], journal: Sequence[Any]) -> list[int]:
    """One entry after the other: may they read it now, and might they have read that state?"""
    seen: dict[str, bool] = {}
    office = "planner" in roles
    visible = VISIBILITIES if office else VISIBILITIES[: 1 + len(roles)]
    found = []
    for entry in journal:
        if entry["subject"].startswith(("persons/", "memberships/")):
            continue
        address = past.address(entry["subject"])
        if address not in seen:
            seen[address] = (await who.get(address)).status_code == 200
        name, _, step = entry["type"].removesuffix(".v1").rpartition(".")
        own = name in OWN_STEPS and "member" in roles
        then = own or entry["visibility"] in visible
        if seen[address] and (office or (step in ("created", "changed") and then)):
            found.append(entry["seq"])
    return found


async def quickly(who: Door, limit: int) -> list[int]:
    """Page by page, as the gateway asks."""
    found: list[int] = []
    after, more = 0, True
    while more:
        address = f"/internal/events/{who.municipality.key}"
        answer = await who.get(address, params={"after": after, "limit": limit})
        page = answer.json()
        assert len(page["entries"]) <= limit
        assert page["seq"] > after
        found += [entry["seq"] for entry in page["entries"]]
        after, more = page["seq"], page["more"]
    return found


@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_the_quick_way_tells_exactly_what_the_slow_one_tells(
    doors: Callable[[str, Municipality], Door], database_url: str, seed: int
) -> None:
    past = Past(doors("boards", new_town()), seed)
    await past.begin()
    for _ in range(20):
        await past.step()
    connection = await asyncpg.connect(database_url)
    try:
        journal = await connection.fetch(_WHOLE, past.door.municipality.id)
    finally:
        await connection.close()
    for roles in CALLERS:
        who = past.door.as_(*roles, **({"person": past.me} if "member" in roles else {}))
        expected = await slowly(past, who, roles, journal)
        for limit in LIMITS:
            assert await quickly(who, limit) == expected, (roles, limit)


async def test_who_sits_in_a_body_hears_of_its_closed_items_and_nobody_else_does(
    boards: Door,
) -> None:
    for key in BODIES:
        await boards.made("/bodies", a_body(key))
        await boards.made("/meetings", a_meeting(f"sitzung-{key}", body=key))
        closed = an_item(public=False, key=f"punkt-{key}")
        await boards.made(f"/meetings/sitzung-{key}/agenda-items", closed)
    me = (await boards.made("/persons", a_person()))["id"]
    seat = (await boards.made("/memberships", a_membership()))["key"]
    address = f"/internal/events/{boards.municipality.key}?types=boards.agenda_item.*"

    async def heard(who: Door) -> list[str]:
        return [one["subject"] for one in (await who.get(address)).json()["entries"]]

    assert await heard(boards.as_("member", person=me)) == ["agenda-items/punkt-planungsbeirat"]
    for other in (boards.as_("member"), boards.as_(), boards.as_("supplier")):
        assert await heard(other) == []
    assert len(await heard(boards.as_("secretary"))) == 2
    left = {"ends_on": "2024-12-31"}
    ended = await boards.patch(f"/memberships/{seat}", left)
    assert ended.status_code == 200, ended.text
    assert await heard(boards.as_("member", person=me)) == []


_WHOLE = """
    SELECT j.seq, j.type, j.subject, h."row" ->> 'visibility' AS visibility
    FROM boards.journal j JOIN boards.history h ON h.municipality_id = j.municipality_id
        AND h.id = (j.data ->> 'id')::uuid AND h.revision = (j.data ->> 'revision')::int
    WHERE j.municipality_id = $1 ORDER BY j.seq"""
_PAPER = """
    INSERT INTO boards.paper (municipality_id, id, visibility, revision, key, reference, title,
        kind, dated_on, state, originator_organisations, originator_bodies, originator_persons,
        under_direction_of, concerned_organisations, related, superordinate, topics, areas,
        projects, measures, funded)
    SELECT $1, gen_random_uuid(), CASE WHEN n < $2 THEN 'public' ELSE 'administration' END, 2,
        'lang-' || n, 'L-' || n, '{"de": "Vorlage"}', 'resolution_proposal', DATE '2020-01-01',
        'decided', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '{}'
    FROM generate_series(0, 499) n"""
_HISTORY = """
    INSERT INTO boards.history (municipality_id, resource, id, revision, changed_at, actor, "row")
    SELECT municipality_id, 'paper', id, r, now(), 'x',
        jsonb_build_object('visibility', CASE WHEN r = 1 THEN 'administration' ELSE visibility END)
    FROM boards.paper, generate_series(1, 2) r WHERE municipality_id = $1"""
_ENTRIES = """
    INSERT INTO boards.journal
        (municipality_id, seq, type, subject, actor, at, data, previous, hash)
    SELECT $1, n, 'boards.paper.' || CASE WHEN n <= 500 THEN 'created' ELSE 'changed' END || '.v1',
        'papers/' || p.key, 'x', now(),
        jsonb_build_object('id', p.id, 'revision', CASE WHEN n <= 500 THEN 1 ELSE 2 END), '', ''
    FROM generate_series(1, $2) n
    JOIN boards.paper p ON p.municipality_id = $1 AND p.key = 'lang-' || n % 500"""
LONG, PUBLIC = 60_000, 2


@pytest.fixture(scope="module")
async def long_past(database_url: str, apps: dict[str, FastAPI]) -> Municipality:
    """A long journal of 500 papers, of which two became public with their second state."""
    town = new_town()
    connection = await asyncpg.connect(
        database_url, server_settings={"session_replication_role": "replica"}
    )
    try:
        await connection.execute(_PAPER, town.id, PUBLIC)
        await connection.execute(_HISTORY, town.id)
        await connection.execute(_ENTRIES, town.id, LONG)
        await connection.execute(
            "INSERT INTO boards.journal_head VALUES ($1, $2, $3, '')", town.id, town.key, LONG
        )
        await connection.execute("ANALYZE boards.journal, boards.paper, boards.history")
    finally:
        await connection.close()
    return town


def _visited(plan: dict[str, Any]) -> int:
    """Rows that a plan took up and threw away or kept, at most in one of its places."""
    here = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    here += plan.get("Rows Removed by Join Filter", 0)
    return max([int(here * plan["Actual Loops"]), *map(_visited, plan.get("Plans", ()))])


async def _told(app: FastAPI, who: Actor, types: str = "*") -> tuple[list[int], int, int]:
    """The first hundred entries; the statements that took, and the rows they looked at."""
    sent: list[tuple[str, Any]] = []
    mine = asyncio.current_task()

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if asyncio.current_task() is mine:
            sent.append((statement, parameters))

    engine = app.state.database.engine.sync_engine
    async with app.state.database.writing(who) as session:
        event.listen(engine, "before_cursor_execute", note)
        try:
            page = await scan(session, TOLD, 0, 100, [types])
        finally:
            event.remove(engine, "before_cursor_execute", note)
        connection, visited = await session.connection(), 0
        planned = await connection.exec_driver_sql("SHOW plan_cache_mode")
        assert planned.scalar_one() == "force_custom_plan"  # as are the plans below
        for statement, parameters in sent:
            explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
            [[plan]] = ((await connection.exec_driver_sql(explained, parameters)).scalar_one(),)
            visited = max(visited, _visited(plan["Plan"]))
    return [entry.seq for entry in page.entries], len(sent), visited


async def test_who_sees_little_of_a_long_journal_gets_a_full_page_at_once(
    long_past: Municipality, apps: dict[str, FastAPI]
) -> None:
    found, statements, visited = await _told(apps["boards"], actor(long_past, []))
    expected = [n for n in range(501, LONG + 1) if n % 500 < PUBLIC][:100]
    assert found == expected
    assert statements <= 7
    assert visited < LONG / 20


async def test_the_administration_reads_the_beginning_of_a_long_journal_only(
    long_past: Municipality, apps: dict[str, FastAPI]
) -> None:
    found, statements, visited = await _told(apps["boards"], actor(long_past, ["planner"]))
    assert found == list(range(1, 101))
    assert statements <= 3
    assert visited < LONG / 20


async def test_a_rare_type_is_found_wherever_it_lies(
    long_past: Municipality, apps: dict[str, FastAPI]
) -> None:
    who = actor(long_past, ["planner"])
    found, statements, visited = await _told(apps["boards"], who, "boards.vote.*")
    assert (found, statements) == ([], 2)
    assert visited < 1_000
