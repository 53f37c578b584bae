"""The public side follows each change in its transaction, and whoever doubts can verify it."""

import asyncpg
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy.exc import DBAPIError

from services.boards.oparl import queries
from services.commands.verify import public_side
from services.contracts.shared.access import Municipality
from services.kit import journal
from services.kit.database import Database
from services.kit.settings import Settings
from tests.integration.boards.council import everything
from tests.support.oparl import Reader
from tests.support.towns import Door, actor

SPOIL = """UPDATE boards.oparl_object SET content = ',"name":"Falsch"'
           WHERE municipality_id = $1 AND type = 'Meeting'"""


async def test_nobody_writes_to_the_journal_without_the_public_side(
    boards: Door, apps: dict[str, FastAPI], town: Municipality
) -> None:
    await everything(boards)
    database: Database = apps["boards"].state.database
    careless = Database("boards", database.url, apps["boards"].state.settings)
    clerk = actor(town, ("administrator",))
    with pytest.raises(DBAPIError, match="the public side was not brought up"):
        async with careless.opened(), careless.writing(clerk) as session:
            await journal.append(session, "boards.body.changed.v1", "bodies/planungsbeirat")


async def test_what_was_spoilt_is_found_and_repaired(
    boards: Door, world: Reader, owner: asyncpg.Connection, database_url: str, settings: Settings
) -> None:
    await everything(boards)
    key = boards.municipality.key
    assert await public_side(database_url, settings, key, repair=False) == 0
    await owner.execute(SPOIL, boards.municipality.id)
    assert (await world.data("meetings"))[0]["name"] == "Falsch"
    assert await public_side(database_url, settings, key, repair=False) == 1
    assert (await world.data("meetings"))[0]["name"] == "Falsch"
    assert await public_side(database_url, settings, key, repair=True) == 0
    assert (await world.data("meetings"))[0]["name"] == "1. Sitzung"
    assert await public_side(database_url, settings, key, repair=False) == 0


async def test_other_statements_make_everything_anew(
    boards: Door, world: Reader, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await everything(boards)
    await owner.execute(SPOIL, boards.municipality.id)
    monkeypatch.setattr(queries, "version", lambda: "another")
    await boards.patch("/organisations/dezernat-4", {"name": {"de": "Dezernat"}})
    assert (await world.data("meetings"))[0]["name"] == "1. Sitzung"


async def test_a_change_that_fails_leaves_the_public_side_alone(
    boards: Door, world: Reader
) -> None:
    await everything(boards)
    before = (await world.get("organizations")).content
    refused = await boards.patch("/bodies/planungsbeirat", {"parent": "planungsbeirat"})
    assert refused.status_code == 422
    assert (await world.get("organizations")).content == before


async def test_in_production_no_id_is_given_out_before_its_address_is_set() -> None:
    key = SecretStr("an internal key for the tests alone, long enough")
    production = Settings(environment="production", internal_key=key)
    assert production.public_address is None
    assert Settings(public_url="https://planung.example.org").public_address == (
        "https://planung.example.org"
    )
    assert Settings(port=8123).public_address == "http://127.0.0.1:8123"
    for wrong in ("planung.example.org", "https://planung.example.org/", "https://x.de/?a"):
        with pytest.raises(ValueError, match="public_url"):
            Settings(public_url=wrong)
