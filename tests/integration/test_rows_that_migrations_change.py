"""Rows that are there when a migration comes: the wall stands before it, and it finds them."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from alembic import command

from tests.support import history

OF_ALL = "municipality_id, id, key, visibility, revision"
SERVER = f"""
    INSERT INTO boards.oparl_server ({OF_ALL}, name, url, read_at)
    VALUES (16053, gen_random_uuid(), 'source', 'administration', 1, '{{}}', 'x', now());
    INSERT INTO boards.oparl_object_read
        (municipality_id, source, external_id, type, digest, deleted)
    VALUES (16053, 'source', 'p', 'Paper', 'x', false),
           (16053, 'source', 'm', 'Meeting', 'x', false)
"""
BOOKINGS = f"""
    INSERT INTO projects.booking_mapping ({OF_ALL}, name, columns, decimal, sign, rules)
    VALUES (16053, gen_random_uuid(), 'finance', 'administration', 1, '{{}}', '{{}}', ',', 'plus',
            '[{{"grant": "esf"}}]');
    INSERT INTO projects.booking
        (municipality_id, id, fiscal_year, account, booked_on, amount, "grant", category, digest)
    SELECT 16053, gen_random_uuid(), 2026, 'x', '2026-03-01', 1, g, 'staff', gen_random_uuid()
    FROM unnest(ARRAY['esf', 'other']) AS g
"""
COUNTS = f"""
    ALTER TABLE projects.target_indicator DROP CONSTRAINT fk_target_indicator_result;
    INSERT INTO projects.target_indicator ({OF_ALL}, result, title, unit, measure, direction,
        counting, tolerance, esf_code, dimensions)
    SELECT 16053, gen_random_uuid(), code || unit, 'administration', 1, 'x', '{{}}',
           jsonb_build_object('de', unit), 'number', 'increase', 'cumulative', 0,
           nullif(code, ''), '{{}}'
    FROM (VALUES ('EECO01', 'x'), ('EECO18', 'x'), ('', 'Kinder'), ('', 'Orte')) AS t (code, unit)
"""
FILLED = """
    INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, (
        SELECT jsonb_object_agg(attname, CASE format_type(atttypid, NULL)
            WHEN 'jsonb' THEN '[]'
            WHEN 'integer' THEN '1'
            WHEN 'boolean' THEN 'false'
            WHEN 'uuid' THEN to_jsonb(gen_random_uuid())
            WHEN 'character varying' THEN to_jsonb(left($1, 200))
            ELSE to_jsonb(now()) END)
        FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND attnotnull
        AND NOT attisdropped) || $1::text::jsonb)).*
"""


async def _run(url: str, service: str, statements: str) -> None:
    async with history.town(url, service) as connection:
        await connection.execute(statements)


async def _read(url: str, service: str, statement: str) -> Sequence[tuple[Any, ...]]:
    async with history.town(url, service) as connection:
        return [tuple(row) for row in await connection.fetch(statement)]


@pytest.fixture(scope="module")
def url() -> str:
    return history.fresh()


def test_what_was_read_before_is_read_anew(url: str) -> None:
    step = history.step(url, "boards", "what_each_paper_said")
    command.downgrade(step.config, step.before)
    asyncio.run(_run(url, "boards", SERVER))
    command.upgrade(step.config, step.revision)
    server = "SELECT read_at, revision FROM boards.oparl_server"
    assert asyncio.run(_read(url, "boards", server)) == [(None, 2)]
    objects = "SELECT type, digest FROM boards.oparl_object_read ORDER BY type"
    assert asyncio.run(_read(url, "boards", objects)) == [("Meeting", "x"), ("Paper", None)]
    past = "SELECT revision, actor FROM boards.history WHERE revision > 1"
    assert asyncio.run(_read(url, "boards", past)) == [(2, "migration")]
    command.upgrade(step.config, "head")


def test_what_was_read_before_belongs_to_what_its_source_said(url: str) -> None:
    step = history.step(url, "boards", "what_each_paper_said")
    command.downgrade(step.config, step.before)
    asyncio.run(_enter_what_was_read(url))
    command.upgrade(step.config, step.revision)
    objects = """SELECT external_id, held, above FROM boards.oparl_object_read
                 WHERE source = 'other' ORDER BY external_id"""
    assert asyncio.run(_read(url, "boards", objects)) == [
        ("o/1", None, None),
        ("o/2", "council", None),
        ("o/3", "town", None),
        ("p/1", None, None),
        ("p/2", None, '["p/1"]'),
    ]
    command.upgrade(step.config, "head")


async def _enter_what_was_read(url: str) -> None:
    """A body and an office below others, a paper below one of its source and one of the town."""
    paper = {"state": "submitted", "kind": "motion"}
    rows: list[tuple[str, dict[str, Any]]] = [
        ("oparl_server", {"key": "other"}),
        ("body", {"key": "council", "kind": "council"}),
        ("body", {"key": "board", "kind": "advisory_board", "parent": "council"}),
        ("organisation", {"key": "town", "kind": "public_administration"}),
        ("organisation", {"key": "office", "kind": "public_administration", "parent": "town"}),
        ("paper", {"key": "a", **paper, "external_id": "p/1"}),
        ("paper", {"key": "c", **paper}),
        ("paper", {"key": "b", **paper, "external_id": "p/2", "superordinate": ["c", "a"]}),
    ]
    read = [
        ("o/1", "Organization", "bodies", "council"),
        ("o/2", "Organization", "bodies", "board"),
        ("o/3", "Organization", "organisations", "office"),
        ("p/1", "Paper", "papers", "a"),
        ("p/2", "Paper", "papers", "b"),
    ]
    for address, type, collection, key in read:
        told = {"external_id": address, "type": type, "collection": collection, "key": key}
        rows.append(("oparl_object_read", {"source": "other", **told}))
    await _fill(url, rows)


async def _fill(url: str, rows: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """Rows of the boards; where nothing is said, what must not be null is filled."""
    async with history.town(url, "boards") as connection:
        for table, said in rows:
            common = {"municipality_id": history.TOWN, "visibility": "public", **said}
            filled = FILLED.format(table=f"boards.{table}")
            await connection.execute(filled, json.dumps(common))


def test_files_that_a_version_shows_and_nobody_sees_were_hidden_on_purpose(url: str) -> None:
    step = history.step(url, "boards", "files_hidden_on_purpose")
    command.downgrade(step.config, step.before)
    asyncio.run(_enter_published_files(url))
    command.upgrade(step.config, step.revision)
    files = "SELECT key, narrowed, revision FROM boards.file ORDER BY key"
    assert asyncio.run(_read(url, "boards", files)) == [
        ("draft", False, 1),
        ("hidden", True, 2),
        ("left", False, 1),
        ("shown", False, 1),
    ]
    command.upgrade(step.config, "head")


async def _enter_published_files(url: str) -> None:
    """Two files of a public version, one of which only the administration sees; two drafts, one of
    which a version had that was withdrawn."""
    rows: list[tuple[str, dict[str, Any]]] = [("publication", {"key": "report"})]
    for number, files, visibility, withdrawn in (
        (1, ["hidden", "shown"], "public", {}),
        (2, ["draft", "hidden"], "administration", {}),
        (3, ["left"], "public", {"withdrawn_at": "2026-03-01", "reason": "x"}),
    ):
        told = {"key": f"v-{number}", "number": number, "files": files, "visibility": visibility}
        rows.append(("publication_version", {"publication": "report", **told, **withdrawn}))
    for key in ("draft", "hidden", "left", "shown"):
        told = {"visibility": "public" if key == "shown" else "administration"}
        of = {"subject_kind": "publication", "subject": "report", "name": key, "file_name": key}
        rows.append(("file", {"key": key, "sha512": key, **of, **told}))
    await _fill(url, rows)


def test_bookings_know_the_mapping_that_alone_names_their_grant(url: str) -> None:
    step = history.step(url, "projects", "bookings_that_leave")
    command.downgrade(step.config, step.before)
    asyncio.run(_run(url, "projects", BOOKINGS))
    command.upgrade(step.config, step.revision)
    booked = 'SELECT "grant", mapping FROM projects.booking ORDER BY 1'
    assert asyncio.run(_read(url, "projects", booked)) == [("esf", "finance"), ("other", None)]
    left = """UPDATE projects.booking SET gone = 'vanished', "grant" = NULL WHERE mapping IS NULL"""
    asyncio.run(_run(url, "projects", left))
    command.downgrade(step.config, step.before)
    kept = 'SELECT "grant" FROM projects.booking'
    assert asyncio.run(_read(url, "projects", kept)) == [("esf",)]
    command.upgrade(step.config, "head")


def test_counts_of_people_are_marked_and_the_past_knows_it(url: str) -> None:
    step = history.step(url, "projects", "people_counted_by_targets")
    command.downgrade(step.config, step.before)
    asyncio.run(_run(url, "projects", COUNTS))
    command.upgrade(step.config, step.revision)
    counted = "SELECT key, counts_people, revision FROM projects.target_indicator ORDER BY key"
    assert asyncio.run(_read(url, "projects", counted)) == [
        ("EECO01x", True, 2),
        ("EECO18x", False, 1),
        ("Kinder", True, 2),
        ("Orte", False, 1),
    ]
    command.upgrade(step.config, "head")
