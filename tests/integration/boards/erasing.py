"""What is planted in a town to be erased, and where it may still be found."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from fastapi import FastAPI

from services.kit.jobs import Work
from services.kit.settings import Settings
from tests.support.towns import Door, actor

ALL = {
    "given_name": "Erika",
    "family_name": "Mustermann",
    "form_of_address": "Frau Hofrätin",
    "title": "Dr. planta",
    "affix": "planta jun.",
    "gender": "plantafemale",
    "email": ["planta@example.org"],
    "phone": ["+49 3641 7777777"],
    "address": "Plantastraße 1",
    "life": {"de": "Plantaleben"},
    "public_by_law": "§ 23 ThürKO Planta",
    "organisation": "paritaetischer",
    "consents": [{"field": "email", "given_on": "2026-01-15", "text_version": "planta-1"}],
}
PLANTED = ("Erika", "Muster", "Hofr", "lanta", "7777777")


@pytest.fixture
async def database(database_url: str, boards: Door) -> AsyncIterator[asyncpg.Connection]:
    """The database as its owner, looking at this town."""
    connection = await asyncpg.connect(database_url, server_settings={"search_path": "boards"})
    number = str(boards.municipality.id)
    await connection.execute("SELECT set_config('app.municipality', $1, false)", number)
    yield connection
    await connection.close()


async def found(database: asyncpg.Connection, town: int, words: tuple[str, ...]) -> list[str]:
    """Every table of the service, its journal, past and kept answers included, with a word."""
    tables = await database.fetch(
        "SELECT n.nspname || '.' || c.relname AS name FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = relnamespace"
        " JOIN pg_attribute a ON attrelid = c.oid AND attname = 'municipality_id'"
        " WHERE nspname = 'boards' AND relkind IN ('r', 'p')"
    )
    hits = []
    for name in (row["name"] for row in tables):
        rows = await database.fetch(f"SELECT * FROM {name} WHERE municipality_id = $1", town)
        text = "\n".join(
            value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            for row in rows
            for value in row.values()
        )
        hits += [f"{name}: {word}" for word in words if word in text]
    jobs = await database.fetch("SELECT payload::text FROM boards_jobs.job")
    hits += [word for word in words if word in str(jobs)]
    return hits


def work(boards: Door, apps: dict[str, FastAPI], settings: Settings) -> Work:
    service = actor(boards.municipality, ["administrator"], "job:erasure", kind="service")
    return Work(apps["boards"].state.database, settings, service, {})
