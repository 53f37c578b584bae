"""Between towns and between services stands the database itself."""

import asyncpg
import pytest

from services.contracts.shared.access import Municipality
from services.kit.ids import uuid7
from services.kit.migrate import SERVICES
from tests.support.towns import Door

JENARBEIT = {"key": "jenarbeit", "name": {"de": "jenarbeit"}, "kind": "jobcentre"}
INSERT = """
    INSERT INTO boards.organisation
        (municipality_id, id, key, visibility, revision, name, kind)
    VALUES ($1, $2, $3, 'public', 1, '{"de": "Verein"}', 'association')"""
TABLES = ("organisation", "journal", "history", "idempotency")


async def enter(office: asyncpg.Connection, town: Municipality | None) -> None:
    number = str(town.id) if town else ""
    await office.execute("SELECT set_config('app.municipality', $1, false)", number)


async def filled(owner: asyncpg.Connection, boards: Door, town: Municipality) -> None:
    """At least one row of the town in each table."""
    created = await boards.post("/organisations", JENARBEIT, headers={"Idempotency-Key": "one"})
    assert created.status_code == 201
    await owner.execute("INSERT INTO boards.follower VALUES ($1, 'test', 0)", town.id)


async def counts(office: asyncpg.Connection, town: Municipality) -> list[int]:
    count = "SELECT count(*) FROM boards.{} WHERE municipality_id = $1"
    return [await office.fetchval(count.format(table), town.id) for table in TABLES]


async def test_without_a_town_nothing_is_there(
    boards: Door, town: Municipality, owner: asyncpg.Connection, office: asyncpg.Connection
) -> None:
    await filled(owner, boards, town)
    for table in TABLES:
        assert await office.fetchval(f"SELECT count(*) FROM boards.{table}") == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await office.execute(INSERT, town.id, uuid7(), "verein")


async def test_from_one_town_another_can_be_neither_seen_nor_changed(
    boards: Door,
    town: Municipality,
    other_town: Municipality,
    owner: asyncpg.Connection,
    office: asyncpg.Connection,
) -> None:
    await filled(owner, boards, town)
    await enter(office, town)
    assert all(await counts(office, town))
    await enter(office, other_town)
    assert await counts(office, town) == [0] * len(TABLES)
    changed = await office.execute("UPDATE boards.organisation SET revision = 2, kind = 'other'")
    assert changed == "UPDATE 0"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await office.execute(INSERT, town.id, uuid7(), "verein")
    await office.execute(INSERT, other_town.id, uuid7(), "verein")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await office.execute(
            "UPDATE boards.organisation SET revision = 2, municipality_id = $1", town.id
        )


async def test_how_far_others_followed_is_read_but_never_moved(
    boards: Door,
    town: Municipality,
    other_town: Municipality,
    owner: asyncpg.Connection,
    office: asyncpg.Connection,
) -> None:
    """A follower begins with all its offsets at once; they tell a number and nothing else."""
    await filled(owner, boards, town)
    await enter(office, other_town)
    mine = "SELECT seq FROM boards.follower WHERE municipality_id = $1"
    assert await office.fetchval(mine, town.id) == 0
    assert await office.execute("UPDATE boards.follower SET seq = 7") == "UPDATE 0"
    assert await office.execute("DELETE FROM boards.follower") == "DELETE 0"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await office.execute("INSERT INTO boards.follower VALUES ($1, 'other', 0)", town.id)
    assert await owner.fetchval(mine, town.id) == 0


async def test_another_town_is_not_there_for_reading_and_writing(
    boards: Door, other_town: Municipality
) -> None:
    mine = await boards.made("/organisations", JENARBEIT)
    theirs = Door(boards.client, boards.signer, other_town)
    for name in ("jenarbeit", mine["id"]):
        assert (await theirs.get(f"/organisations/{name}")).status_code == 404
        assert (await theirs.patch(f"/organisations/{name}", {"kind": "other"})).status_code == 404
        path = f"/v1/{boards.municipality.key}/organisations/{name}"
        assert (await theirs.get(path)).status_code == 404
        assert (await theirs.patch(path, {"kind": "other"})).status_code == 404
    elsewhere = f"/v1/{boards.municipality.key}/organisations"
    assert (await theirs.get(elsewhere)).status_code == 404
    assert (await theirs.post(elsewhere, {**JENARBEIT, "key": "foreign"})).status_code == 404
    assert [item["key"] for item in (await boards.get("/organisations")).json()["items"]] == [
        "jenarbeit"
    ]


async def test_a_reference_does_not_reach_into_another_town(
    boards: Door, other_town: Municipality
) -> None:
    await boards.made("/organisations", JENARBEIT)
    theirs = Door(boards.client, boards.signer, other_town)
    refused = await theirs.post(
        "/organisations", {**JENARBEIT, "key": "team", "parent": "jenarbeit"}
    )
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/parent"


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "boards"])
async def test_a_service_cannot_look_into_the_house_of_another(
    office: asyncpg.Connection, service: str
) -> None:
    for statement in (
        f"SELECT * FROM {service}.journal",
        f"SELECT * FROM {service}.alembic_version",
        f"INSERT INTO {service}.follower VALUES (1, 'test', 0)",
        f"SET ROLE planraum_{service}",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await office.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE boards.mine (id int)",
        "CREATE TABLE public.mine (id int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE boards.organisation DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE boards.organisation DISABLE TRIGGER remember",
        "DROP POLICY tenant ON boards.organisation",
        "DROP TABLE boards.organisation",
        "DELETE FROM boards.organisation",
        "TRUNCATE boards.organisation",
        "SET row_security = off; SELECT * FROM boards.organisation",
        "SET session_replication_role = replica",
        "CREATE ROLE mine",
    ],
)
async def test_a_service_cannot_take_its_own_walls_down(
    office: asyncpg.Connection, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await office.execute(statement)


async def test_a_change_that_keeps_its_revision_is_refused(
    boards: Door, town: Municipality, office: asyncpg.Connection
) -> None:
    await boards.made("/organisations", JENARBEIT)
    await enter(office, town)
    for revision in (1, 0):
        with pytest.raises(asyncpg.RaiseError, match="must raise its revision"):
            await office.execute(
                f"UPDATE boards.organisation SET kind = 'other', revision = {revision}"
            )
    await office.execute("UPDATE boards.organisation SET kind = 'other', revision = 2")
    past = await office.fetch("SELECT revision, actor FROM boards.history ORDER BY revision")
    assert [(row["revision"], row["actor"]) for row in past] == [
        (1, "test:clerk"),
        (2, "planraum_boards"),
    ]


async def test_no_value_is_null_in_the_database_too(
    boards: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    await boards.made("/organisations", {**JENARBEIT, "description": {"de": "Text"}})
    await boards.patch("/organisations/jenarbeit", {"description": None}, 1)
    await boards.made("/organisations", {**JENARBEIT, "key": "other", "description": None})
    nulls = "SELECT description IS NULL FROM boards.organisation WHERE municipality_id = $1"
    assert [row[0] for row in await owner.fetch(nulls, town.id)] == [True, True]
