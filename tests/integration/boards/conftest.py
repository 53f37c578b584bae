"""What tests of the boards need beside a door."""

from collections.abc import AsyncIterator

import asyncpg
import pytest


@pytest.fixture
async def owner(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """The owner of the schemas, whom no wall holds."""
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()
