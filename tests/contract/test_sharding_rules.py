"""The rules that keep the door to sharding by tenant open, read from the migrated database."""

from collections.abc import AsyncIterator
from itertools import product

import asyncpg
import pytest

from services.kit.migrate import SERVICES, role_of

OURS = "n.nspname = ANY(ARRAY['gateway', 'indicators', 'boards', 'projects'])"
TOWN = "app.municipality"
READ_BY_ALL = {
    "gateway.municipality",
    "gateway.webhook_lane",
    *(f"{service}.journal_head" for service in SERVICES),
    *(f"{service}.follower" for service in SERVICES),
}
"""Which municipalities there are, how far their journals have come and how far they were followed,
and where somebody listens, is no secret."""
OPEN = {
    f"indicators.{name}"
    for name in (
        "published",
        "edition",
        "shown_area",
        "shown_indicator",
        "shown_dimension",
        "shown_release",
        "shown_crossing",
    )
} | {
    "boards.oparl_object",
    *(
        f"{service}.{table}"
        for service in ("indicators", "boards", "projects")
        for table in ("search_document", "search_name", "search_word")
    ),
}
"""The public side, of figures, boards and the search: no policy. The one statement that reads it
names the municipality and what the actor may see."""
TABLES = f"""
    SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE {OURS} AND relkind IN ('r', 'p') AND relname <> 'alembic_version'"""
LED_BY_TENANT = f"""
    SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'municipality_id'
    WHERE {OURS} AND relkind IN ('r', 'p') AND a.attnotnull AND a.atttypid = 'bigint'::regtype"""
KEYS = f"""
    SELECT i.indexrelid::regclass::text, a.attname FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    WHERE {OURS} AND (i.indisunique OR i.indisexclusion) AND c.relname <> 'alembic_version'"""
REFERENCES = f"""
    SELECT f.conname, n.nspname AS here, there.nspname AS there, a.attname, b.attname AS target
    FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class d ON d.oid = f.confrelid JOIN pg_namespace there ON there.oid = d.relnamespace
    JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
    JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = f.confkey[1]
    WHERE f.contype = 'f' AND {OURS}"""
WALLS = f"""
    SELECT c.oid::regclass::text AS name, relrowsecurity AND relforcerowsecurity AS forced,
           coalesce(array_agg(p.polcmd::text) FILTER (WHERE
               coalesce(pg_get_expr(p.polqual, c.oid), '{TOWN}') LIKE '%{TOWN}%'
               AND coalesce(pg_get_expr(p.polwithcheck, c.oid), '{TOWN}') LIKE '%{TOWN}%'), '{{}}')
               AS walls,
           coalesce(array_agg(p.polcmd::text) FILTER (WHERE
               pg_get_expr(p.polqual, c.oid) NOT LIKE '%{TOWN}%'
               OR pg_get_expr(p.polwithcheck, c.oid) NOT LIKE '%{TOWN}%'), '{{}}') AS gates
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    LEFT JOIN pg_policy p ON p.polrelid = c.oid
    WHERE {OURS} AND relkind IN ('r', 'p') AND relname <> 'alembic_version' GROUP BY c.oid"""


@pytest.fixture
async def catalog(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url, server_settings={"search_path": ""})
    yield connection
    await connection.close()


async def names(catalog: asyncpg.Connection, query: str) -> set[str]:
    return {row[0] for row in await catalog.fetch(query)}


async def test_every_table_belongs_to_municipalities(catalog: asyncpg.Connection) -> None:
    tables = await names(catalog, TABLES)
    assert len(tables) > 20
    assert tables == {name.replace('"', "") for name in await names(catalog, LED_BY_TENANT)}


async def test_the_municipality_leads_every_key(catalog: asyncpg.Connection) -> None:
    keys = await catalog.fetch(KEYS)
    assert [row[0] for row in keys if row["attname"] != "municipality_id"] == []


async def test_every_table_has_a_primary_key(catalog: asyncpg.Connection) -> None:
    keyed = """
        SELECT n.nspname || '.' || c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE i.indisprimary"""
    assert await names(catalog, TABLES) - await names(catalog, keyed) == set()


async def test_references_stay_in_the_municipality_and_in_the_service(
    catalog: asyncpg.Connection,
) -> None:
    for row in await catalog.fetch(REFERENCES):
        assert row["here"] == row["there"], row["conname"]
        assert row["attname"] == row["target"] == "municipality_id", row["conname"]


async def test_a_wall_stands_around_the_rows_of_every_municipality(
    catalog: asyncpg.Connection,
) -> None:
    for row in await catalog.fetch(WALLS):
        name = row["name"].replace('"', "")
        if name not in OPEN:
            assert row["forced"], name
            assert row["walls"] == ["*"], name
            assert row["gates"] == (["r"] if name in READ_BY_ALL else []), name


async def test_tables_are_divided_once_at_most(catalog: asyncpg.Connection) -> None:
    twice = f"""
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE {OURS} AND relispartition AND relkind = 'p'"""
    assert await names(catalog, twice) == set()


async def test_no_number_is_drawn_from_a_sequence(catalog: asyncpg.Connection) -> None:
    sequences = f"""
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE {OURS} AND relkind = 'S'"""
    assert await names(catalog, sequences) == set()


async def test_no_collation_of_one_system_is_written_into_the_tables(
    catalog: asyncpg.Connection,
) -> None:
    collated = f"""
        SELECT c.relname || '.' || attname FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
        JOIN pg_namespace n ON n.oid = relnamespace
        WHERE {OURS} AND attcollation NOT IN (0, 'pg_catalog."default"'::regcollation)
          AND NOT (attcollation = 'pg_catalog."C"'::regcollation)"""
    assert await names(catalog, collated) == set()


@pytest.mark.parametrize(("service", "schema"), [*product(SERVICES, SERVICES)])
async def test_a_service_has_rights_in_its_own_schema_only(
    catalog: asyncpg.Connection, service: str, schema: str
) -> None:
    role, own = role_of(service), service == schema
    usage = await catalog.fetchval("SELECT has_schema_privilege($1, $2, 'USAGE')", role, schema)
    assert usage is own
    assert not await catalog.fetchval("SELECT has_schema_privilege($1, $2, 'CREATE')", role, schema)
    tables = """
        SELECT c.relname, array_agg(p ORDER BY p) FILTER (WHERE has_table_privilege($1, c.oid, p))
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace,
             unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS p
        WHERE n.nspname = $2 AND relkind IN ('r', 'p') GROUP BY c.relname"""
    rights = {row[0]: set(row[1] or ()) for row in await catalog.fetch(tables, role, schema)}
    if not own:
        assert set().union(*rights.values()) == set()
        return
    assert rights["journal"] == rights["history"] == {"SELECT", "INSERT"}
    assert all("SELECT" in held for held in rights.values())
    assert not any(held & {"TRUNCATE", "TRIGGER"} for held in rights.values())


@pytest.mark.parametrize("service", SERVICES)
async def test_a_resource_keeps_its_past_and_is_never_deleted(
    catalog: asyncpg.Connection, service: str
) -> None:
    kept = """
        SELECT c.relname, has_table_privilege($1, c.oid, 'DELETE') AS deletable,
               EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgname = 'remember'
                       AND tgenabled = 'O') AS remembered
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE n.nspname = $2 AND relkind IN ('r', 'p') AND relname <> 'history'
          AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'revision')"""
    rows = await catalog.fetch(kept, role_of(service), service)
    assert rows
    for row in rows:
        assert row["remembered"], row["relname"]
        assert not row["deletable"], row["relname"]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_role_has_no_power_beyond_its_schema(
    catalog: asyncpg.Connection, service: str
) -> None:
    role = await catalog.fetchrow("SELECT * FROM pg_roles WHERE rolname = $1", role_of(service))
    assert role is not None
    powers = ("rolsuper", "rolbypassrls", "rolcreatedb", "rolcreaterole", "rolreplication")
    assert not any(role[power] for power in powers)
    memberships = "SELECT count(*) FROM pg_auth_members WHERE member = $1"
    assert await catalog.fetchval(memberships, role["oid"]) == 0
    owned = f"""
        SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE {OURS} AND relowner = $1"""
    assert await catalog.fetchval(owned, role["oid"]) == 0
    create = "SELECT has_database_privilege($1, current_database(), 'CREATE')"
    assert not await catalog.fetchval(create, role_of(service))


async def test_two_functions_lend_the_rights_of_their_owner_to_one_role(
    catalog: asyncpg.Connection,
) -> None:
    """One erases what is kept of a person, the other has tables looked at that have grown."""
    lending = f"""
        SELECT p.oid::regprocedure::text, proacl::text, proconfig::text
        FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
        WHERE {OURS} AND prosecdef"""
    found = await catalog.fetch(lending)
    names = {"boards.redact(text,uuid)", "boards.know_size(text[])"}
    assert {name for name, _, _ in found} == names
    for name, rights, settings in found:
        granted = {one.partition("=")[0] for one in rights.strip("{}").split(",")}
        assert "" not in granted, f"nobody else may call {name}"
        assert role_of("boards") in granted
        assert "search_path=pg_catalog, pg_temp" in settings
