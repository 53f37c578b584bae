"""A change and its news travel together, in an order that nobody can alter."""

import asyncio
import json
from collections.abc import AsyncIterator

import asyncpg
import pytest

from services.contracts.shared.access import Municipality
from services.contracts.shared.journal import Entry
from services.kit.journal import first_broken
from tests.support.towns import Door

READ = "SELECT * FROM boards.journal WHERE municipality_id = $1 AND seq > $2 ORDER BY seq"
HEAD = "SELECT seq, hash FROM boards.journal_head WHERE municipality_id = $1"


def body(number: int) -> dict[str, object]:
    return {"key": f"amt-{number}", "name": {"de": f"Amt {number}"}, "kind": "administration"}


async def read(owner: asyncpg.Connection, town: Municipality, after: int = 0) -> list[Entry]:
    rows = await owner.fetch(READ, town.id, after)
    return [Entry.model_validate({**row, "data": json.loads(row["data"])}) for row in rows]


async def test_a_change_is_journaled_once_and_a_refusal_never(
    boards: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    created = await boards.made("/organisations", body(1))
    await boards.patch("/organisations/amt-1", {"kind": "other"}, 1)
    await boards.patch("/organisations/amt-1", {"kind": "other"}, 2)
    await boards.patch("/organisations/amt-1", {"kind": "network"}, 1)
    await boards.patch("/organisations/amt-1", {"kind": "nonsense"}, 2)
    await boards.post("/organisations", body(1))
    await boards.as_("planner").post("/organisations", body(2))
    entries = await read(owner, town)
    assert [(e.seq, e.type, e.subject) for e in entries] == [
        (1, "boards.organisation.created.v1", "organisations/amt-1"),
        (2, "boards.organisation.changed.v1", "organisations/amt-1"),
    ]
    assert entries[1].data == {"id": created["id"], "revision": 2, "fields": ["kind"]}
    assert {e.actor for e in entries} == {"test:clerk"}


@pytest.fixture
async def breaks_at_commit(owner: asyncpg.Connection) -> AsyncIterator[str]:
    """A key whose row the database refuses at the very last moment."""
    await owner.execute("""
        CREATE FUNCTION boards.too_late() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'canary-4711' USING ERRCODE = 'check_violation'; END $$;
        CREATE CONSTRAINT TRIGGER too_late AFTER INSERT ON boards.organisation
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.key = 'amt-13')
        EXECUTE FUNCTION boards.too_late()""")
    yield "amt-13"
    await owner.execute("DROP FUNCTION boards.too_late() CASCADE")


async def test_a_commit_that_fails_is_an_answer_that_fails_and_leaves_nothing(
    boards: Door, town: Municipality, owner: asyncpg.Connection, breaks_at_commit: str
) -> None:
    await boards.made("/organisations", body(1))
    before = await owner.fetchrow(HEAD, town.id)
    refused = await boards.post("/organisations", body(13), headers={"Idempotency-Key": "once"})
    assert refused.status_code == 422, refused.text
    assert "canary" not in refused.text
    assert (await boards.get(f"/organisations/{breaks_at_commit}")).status_code == 404
    assert len(await read(owner, town)) == 1
    assert await owner.fetchrow(HEAD, town.id) == before
    for table in ("history", "idempotency"):
        count = f"SELECT count(*) FROM boards.{table} WHERE municipality_id = $1"
        assert await owner.fetchval(count, town.id) == (1 if table == "history" else 0)


async def test_fifty_writers_at_once_leave_one_whole_chain_without_gaps_for_a_reader(
    boards: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    seen: list[Entry] = []

    async def follow() -> None:
        while len(seen) < 50:
            seen.extend(await read(owner, town, seen[-1].seq if seen else 0))
            await asyncio.sleep(0)

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(follow())
        writers = [
            group.create_task(boards.post("/organisations", body(number))) for number in range(50)
        ]
    assert {writer.result().status_code for writer in writers} == {201}
    assert [entry.seq for entry in seen] == list(range(1, 51))
    head = await owner.fetchrow(HEAD, town.id)
    assert head is not None
    assert first_broken(seen, tuple(head)) is None


@pytest.mark.parametrize("table", ["journal", "history"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE boards.{} SET actor = 'test:nobody'", "DELETE FROM boards.{}", "TRUNCATE boards.{}"],
)
async def test_nobody_alters_what_is_written(
    boards: Door,
    town: Municipality,
    owner: asyncpg.Connection,
    office: asyncpg.Connection,
    table: str,
    statement: str,
) -> None:
    await boards.made("/organisations", body(1))
    await office.execute("SELECT set_config('app.municipality', $1, false)", str(town.id))
    for somebody in (office, owner):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await somebody.execute(statement.format(table))
