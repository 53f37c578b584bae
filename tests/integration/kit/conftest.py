"""Looking at the database itself, past every service."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from services.contracts.shared.access import Municipality
from tests.support.towns import new_town


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """The boards service as it logs in where services run apart: with its own role."""
    url = database_url.replace("//planraum@", "//planraum_boards@")
    connection = await asyncpg.connect(url, server_settings={"search_path": "boards"})
    yield connection
    await connection.close()


@pytest.fixture
def other_town() -> Municipality:
    return new_town()
