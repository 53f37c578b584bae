"""Migrations lead from nothing to the tables the code knows, and back."""

import asyncio
import re
from collections.abc import Iterable

import asyncpg
import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory

from services.kit import ddl, migrate
from services.kit.migrate import SERVICES
from tests.support import history

CATALOG = """
    SELECT 'column', attrelid::regclass::text, attname, format_type(atttypid, atttypmod),
           attnotnull, pg_get_expr(d.adbin, d.adrelid), attgenerated::text
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
    LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (attrelid, attnum)
    WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'p', 'v', 'm')
      AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT 'table', oid::regclass::text, relkind::text, relacl::text, relrowsecurity,
           relforcerowsecurity::text, NULL
    FROM pg_class
    WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL
    SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid),
           NULL, NULL, NULL
    FROM pg_constraint WHERE connamespace = to_regnamespace($1)
    UNION ALL
    SELECT 'index', tablename, indexname, indexdef, NULL, NULL, NULL
    FROM pg_indexes WHERE schemaname = $1
    UNION ALL
    SELECT 'policy', polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid), NULL,
           pg_get_expr(polwithcheck, polrelid), polcmd::text
    FROM pg_policy JOIN pg_class c ON c.oid = polrelid WHERE relnamespace = to_regnamespace($1)
    UNION ALL
    SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(t.oid), NULL, NULL, NULL
    FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    WHERE relnamespace = to_regnamespace($1) AND NOT tgisinternal
    UNION ALL
    SELECT 'function', proname, pg_get_function_identity_arguments(oid), prosrc, prosecdef,
           NULL, NULL
    FROM pg_proc WHERE pronamespace = to_regnamespace($1)"""


ROWS = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|WITH|COPY)\b")


def of_no_town(statements: Iterable[str]) -> list[str]:
    """The statements that touch rows of all towns at once: behind the wall they touch none."""
    found = []
    for statement in statements:
        if "DO $towns$" in statement:
            _, _, loop = statement.partition("LOOP")
            said = [one for one in loop.split(";") if ROWS.match(one)]
            found += [one for one in said if not re.search(r"\btown\b", one)]
        elif ROWS.match(statement) or re.match(r"\s*DO\b", statement):
            found.append(statement)
    return found


def statements(script: Script, way: str, patch: pytest.MonkeyPatch) -> list[str]:
    """What a step runs on its way, without a database."""
    said: list[str] = []
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True})
    patch.setattr(context.impl, "static_output", said.append)
    with Operations.context(context):
        getattr(script.module, way)()
    return said


def catalog(url: str, service: str) -> set[tuple[object, ...]]:
    async def read() -> set[tuple[object, ...]]:
        connection = await asyncpg.connect(url)
        try:
            return {tuple(row) for row in await connection.fetch(CATALOG, service)}
        finally:
            await connection.close()

    return asyncio.run(read())


@pytest.fixture(scope="module")
def fresh() -> str:
    """A database that went through the whole history."""
    return history.fresh()


def test_a_second_upgrade_has_nothing_to_do(fresh: str) -> None:
    assert asyncio.run(migrate.upgrade(fresh)) == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_history_has_one_end(service: str) -> None:
    script = ScriptDirectory.from_config(migrate.configuration(service))
    assert script.get_heads() == [migrate.head(service)]
    assert len(script.get_bases()) == 1


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("way", ["upgrade", "downgrade"])
def test_rows_are_touched_town_by_town(
    service: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = ScriptDirectory.from_config(migrate.configuration(service))
    said = {
        script.revision: statements(script, way, monkeypatch) for script in history.walk_revisions()
    }
    assert all(said.values())
    assert {step: found for step, all_ in said.items() if (found := of_no_town(all_))} == {}


@pytest.mark.parametrize(
    "statement",
    [
        "\n    UPDATE boards.paper SET state = 'x'",
        "DELETE FROM boards.paper WHERE state = 'x'",
        "WITH old AS (SELECT 1) INSERT INTO boards.paper SELECT * FROM old",
        "DO $$ BEGIN UPDATE boards.paper SET state = 'x'; END $$",
        ddl.in_every_town("boards", "UPDATE boards.paper SET state = 'x'"),
    ],
)
def test_a_statement_that_touches_rows_of_all_towns_is_found(statement: str) -> None:
    assert len(of_no_town(["CREATE TABLE boards.x ()", statement])) == 1


@pytest.mark.parametrize("service", SERVICES)
def test_the_way_back_leaves_nothing_and_the_way_up_again_the_same(
    fresh: str, service: str
) -> None:
    before = catalog(fresh, service)
    assert len(before) > 50
    config = migrate.configuration(service)
    config.attributes["url"] = fresh
    command.downgrade(config, "base")
    assert {row[1] for row in catalog(fresh, service)} <= {
        f"{service}.alembic_version",
        "alembic_version",
    }
    command.upgrade(config, "head")
    assert catalog(fresh, service) == before


@pytest.mark.parametrize("service", SERVICES)
def test_every_step_can_be_taken_back_and_again(fresh: str, service: str) -> None:
    config = migrate.configuration(service)
    config.attributes["url"] = fresh
    steps = list(ScriptDirectory.from_config(config).walk_revisions())[:-1]
    before = []
    for _ in steps:
        before.append(catalog(fresh, service))
        command.downgrade(config, "-1")
    for step in reversed(steps):
        command.upgrade(config, "+1")
        assert catalog(fresh, service) == before.pop(), step.revision


@pytest.mark.parametrize("service", SERVICES)
def test_the_tables_in_the_code_are_the_tables_in_the_database(fresh: str, service: str) -> None:
    config = migrate.configuration(service)
    config.attributes["url"] = fresh
    command.check(config)
