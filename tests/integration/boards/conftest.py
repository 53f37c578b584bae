"""What holds for the boards whatever a test has done."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from services.boards.oparl import commands, queries
from services.contracts.shared.access import Municipality
from services.kit.database import enter
from services.kit.native import native
from tests.support.oparl import Reader, Standard
from tests.support.towns import Door, actor


@pytest.fixture(scope="session")
def standard(shared_data: Path) -> Standard:
    """OParl's own schemas, beside the project."""
    return Standard(shared_data / "boards" / "oparl-schema-1.1" / "schema")


@pytest.fixture
def world(boards: Door) -> Reader:
    return Reader(boards)


@pytest.fixture(autouse=True)
async def the_public_side_is_as_it_should_be(
    request: pytest.FixtureRequest, apps: dict[str, FastAPI], town: Municipality
) -> AsyncIterator[None]:
    """Whatever was changed and however: what the world reads was brought up to date with it."""
    yield
    # Who alters rows as the owner goes past the services, and past what follows from a change.
    if "boards" in request.fixturenames and "owner" not in request.fixturenames:
        async with apps["boards"].state.database.sessions() as session:
            await enter(session, actor(town, ("administrator",)))
            begun = await queries.begun(await native(session), town.id)
            assert await commands.rebuild(session) == (0 if begun else 2)
