"""Reading behind the wall of a town without a session."""

import asyncpg
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.kit.native import walled
from tests.support.towns import Door, new_town

_ALL = "SELECT count(*) FROM organisation"
_WHERE = "SELECT current_setting('app.municipality', true)"


async def test_a_town_is_seen_from_inside_its_wall_alone_and_nothing_stays(
    apps: dict[str, FastAPI], boards: Door, town: Municipality
) -> None:
    amt = {"key": "amt", "name": {"de": "Amt"}, "kind": "administration"}
    await boards.made("/organisations", amt)
    pool = apps["boards"].state.database.pool
    for municipality, number in ((town, 1), (new_town(), 0)):
        async with walled(pool, municipality.id) as connection:
            assert await connection.fetchval(_ALL) == number
            assert await connection.fetchval(_WHERE) == str(municipality.id)
            with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
                await connection.execute("DELETE FROM organisation")
        # The wall is closed again also after a statement that failed.
        async with pool.acquire() as connection:
            assert not connection.is_in_transaction()
            assert await connection.fetchval(_ALL) == 0
            assert not await connection.fetchval(_WHERE)
