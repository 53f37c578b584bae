"""Another service's journal is followed: each entry done once, in order, whatever happens."""

import asyncio
from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Municipality
from services.contracts.shared.journal import Entry
from services.kit import sql
from services.kit.clients import Peer
from services.kit.database import Database
from services.kit.following import Follower
from services.kit.identity import HEADER, Signer
from services.kit.ids import uuid7
from services.kit.problems import Unavailable
from tests.support.following import begins_now
from tests.support.towns import Door, actor, new_town

DONE = text("""
    INSERT INTO history (municipality_id, resource, id, revision, changed_at, actor, "row")
    VALUES (:town, :name, :id, :seq, now(), 'test', '{}')""")
COUNT = "SELECT revision FROM boards.history WHERE resource = $1 ORDER BY revision"


@pytest.fixture
async def peer(apps: dict[str, FastAPI], signer: Signer) -> AsyncIterator[Peer]:
    """The boards service as another service sees it."""
    made = Peer("boards", "http://boards", signer, apps["boards"])
    yield made
    await made.close()


@pytest.fixture
async def away(signer: Signer) -> AsyncIterator[Peer]:
    """A service that does not answer."""
    made = Peer("boards", "http://127.0.0.1:9", signer)
    yield made
    await made.close()


class Clerk:
    """Notes each entry of one town in the database, in the transaction of the offset."""

    def __init__(self, town: Municipality) -> None:
        self.name = f"clerk-{uuid7()}"
        self.town = town
        self.before: Callable[[Entry], object] = lambda entry: None
        self.order: list[int] = []

    async def __call__(self, session: AsyncSession, entry: Entry) -> None:
        if entry.municipality_id != self.town.id:
            return
        waited = self.before(entry)
        values = {"town": self.town.id, "name": self.name, "id": uuid7(), "seq": entry.seq}
        await sql.run(session, DONE, values)
        self.order.append(entry.seq)
        if isinstance(waited, asyncio.Event):
            await waited.wait()

    async def done(self, owner: asyncpg.Connection) -> list[int]:
        return [row["revision"] for row in await owner.fetch(COUNT, self.name)]


@pytest.fixture
def clerk(town: Municipality) -> Clerk:
    return Clerk(town)


@pytest.fixture
async def follower(
    apps: dict[str, FastAPI], peer: Peer, clerk: Clerk, owner: asyncpg.Connection
) -> Follower:
    await begins_now(owner, "boards", "boards", clerk.name)
    database: Database = apps["boards"].state.database
    return Follower(clerk.name, peer, database, clerk)


async def happen(boards: Door, *numbers: int) -> None:
    for number in numbers:
        new = {"key": f"amt-{number}", "name": {"de": "Amt"}, "kind": "administration"}
        await boards.made("/organisations", new)


async def test_each_entry_is_done_once_and_in_order(
    boards: Door, follower: Follower, clerk: Clerk, owner: asyncpg.Connection
) -> None:
    await happen(boards, 1, 2, 3)
    await follower.catch_up()
    await follower.catch_up()
    await happen(boards, 4)
    await follower.catch_up()
    assert clerk.order == [1, 2, 3, 4]
    assert await clerk.done(owner) == [1, 2, 3, 4]


async def test_two_processes_of_the_same_name_share_the_work(
    apps: dict[str, FastAPI],
    boards: Door,
    follower: Follower,
    peer: Peer,
    clerk: Clerk,
    owner: asyncpg.Connection,
) -> None:
    await happen(boards, *range(5))
    second = Follower(clerk.name, peer, apps["boards"].state.database, clerk)
    await asyncio.gather(follower.catch_up(), second.catch_up())
    assert await clerk.done(owner) == [1, 2, 3, 4, 5]


async def test_what_was_begun_when_the_process_ended_is_done_once_afterwards(
    apps: dict[str, FastAPI],
    boards: Door,
    follower: Follower,
    peer: Peer,
    clerk: Clerk,
    owner: asyncpg.Connection,
) -> None:
    await happen(boards, 1)
    await follower.catch_up()
    await happen(boards, 2, 3, 4)
    reached = asyncio.Event()

    def stop_at_three(entry: Entry) -> asyncio.Event | None:
        if entry.seq == 3:
            reached.set()
            return asyncio.Event()
        return None

    clerk.before = stop_at_three
    running = asyncio.create_task(follower.catch_up())
    await asyncio.wait_for(reached.wait(), 10)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await clerk.done(owner) == [1]
    clerk.before = lambda entry: None
    await Follower(clerk.name, peer, apps["boards"].state.database, clerk).catch_up()
    assert await clerk.done(owner) == [1, 2, 3, 4]


async def test_a_follower_knows_how_far_it_is_behind_and_catches_up(
    boards: Door, follower: Follower, peer: Peer, away: Peer, clerk: Clerk, town: Municipality
) -> None:
    await happen(boards, 1)
    await follower.catch_up()
    behind = await follower.lag()
    await happen(boards, 2, 3)

    def refuse(entry: Entry) -> None:
        raise RuntimeError("canary-4711")

    clerk.before = refuse
    with pytest.raises(RuntimeError):
        await follower.catch_up()
    assert await follower.lag() == behind + 2
    follower._peer = away
    with pytest.raises(Unavailable):
        await follower.catch_up()
    assert await follower.lag() == behind + 2
    follower._peer, clerk.before = peer, lambda entry: None
    await follower.catch_up()
    assert await follower.lag() == behind
    assert clerk.order == [1, 2, 3]


async def test_one_town_that_cannot_go_on_does_not_hold_up_another(
    boards: Door,
    follower: Follower,
    clerk: Clerk,
    town: Municipality,
    other_town: Municipality,
) -> None:
    await happen(boards, 1)
    await happen(Door(boards.client, boards.signer, other_town), 1)
    reached: list[int] = []

    async def refuse_one(_: AsyncSession, entry: Entry) -> None:
        if entry.municipality_id == town.id:
            raise RuntimeError("canary-4711")
        reached.append(entry.municipality_id)

    follower._handle = refuse_one
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await follower.catch_up()
    assert reached.count(other_town.id) == 1


async def test_it_goes_on_by_itself_when_the_bell_rings_and_after_a_failure(
    boards: Door,
    follower: Follower,
    clerk: Clerk,
    owner: asyncpg.Connection,
) -> None:
    failed, reached = asyncio.Event(), asyncio.Event()

    def fail_once(entry: Entry) -> None:
        if entry.seq == 2:
            reached.set()
        if not failed.is_set():
            failed.set()
            raise RuntimeError("canary-4711")

    clerk.before = fail_once
    async with follower.running(), asyncio.timeout(20):
        await happen(boards, 1)
        await failed.wait()
        await happen(boards, 2)
        await reached.wait()
        await follower.catch_up()
    assert await clerk.done(owner) == clerk.order == [1, 2]


@pytest.mark.parametrize("path", ["", "/{town}"])
@pytest.mark.parametrize("kind", ["anonymous", "person", "machine"])
async def test_only_services_read_the_journal(
    boards: Door, town: Municipality, path: str, kind: str
) -> None:
    roles = [] if kind == "anonymous" else ["administrator"]
    who = boards.signer.sign(actor(town, roles, kind=kind))
    address = f"/internal/journal{path.format(town=town.key)}"
    response = await boards.client.get(address, headers={HEADER: who})
    assert response.status_code == 404


async def test_only_the_towns_that_are_asked_for_are_looked_at(
    doors: Callable[[str, Municipality], Door],
    boards: Door,
    follower: Follower,
    clerk: Clerk,
    town: Municipality,
) -> None:
    other = new_town()
    await happen(boards, 1, 2)
    await happen(doors("boards", other), 1)
    await follower.catch_up([other.id])
    assert clerk.order == []
    assert await follower.catch_up([town.id]) == 2
    assert clerk.order == [1, 2]
    assert await follower.catch_up([town.id, other.id]) == 0


@pytest.mark.parametrize(("asked", "found"), [("{here}", 1), ("{here},{there}", 2), ("7", 0)])
async def test_the_heads_of_some_towns_can_be_asked_for(
    doors: Callable[[str, Municipality], Door],
    boards: Door,
    town: Municipality,
    asked: str,
    found: int,
) -> None:
    other = new_town()
    await happen(boards, 1)
    await happen(doors("boards", other), 1)
    numbers = asked.format(here=town.id, there=other.id)
    service = boards.as_("administrator", kind="service")
    heads = (await service.get(f"/internal/journal?of={numbers}")).json()
    assert [head["municipality_id"] for head in heads] == sorted([town.id, other.id][:found])


async def test_towns_are_asked_for_by_number(boards: Door) -> None:
    service = boards.as_("administrator", kind="service")
    assert (await service.get("/internal/journal?of=jena")).status_code == 422
