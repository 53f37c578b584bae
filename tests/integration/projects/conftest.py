"""The projects service between two neighbours that the tests hold in their hands."""

from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import FastAPI

from services.kit.settings import Settings
from services.projects.app import create_app
from tests.integration.projects.neighbour import Neighbour
from tests.integration.projects.samples import settle
from tests.support.copies import copied
from tests.support.towns import Door

_NEIGHBOURS = {"boards": Neighbour(), "indicators": Neighbour()}


@pytest.fixture(scope="session")
async def apps(settings: Settings, database_url: str) -> AsyncIterator[dict[str, FastAPI]]:
    """The projects service alone; its neighbours are not real."""
    app = create_app(settings, database_url, _NEIGHBOURS.get)
    async with app.router.lifespan_context(app):
        yield {"projects": app}


@pytest.fixture
def neighbours() -> Iterator[dict[str, Neighbour]]:
    """Boards and indicators, present and with nothing asked of them yet."""
    for neighbour in _NEIGHBOURS.values():
        neighbour.away = False
        neighbour.calls.clear()
    yield _NEIGHBOURS
    for neighbour in _NEIGHBOURS.values():
        neighbour.away = False
        neighbour.known.clear()
        neighbour.journals.clear()
        neighbour.published.clear()
        neighbour.secret.clear()


@pytest.fixture
@copied
async def settled(projects: Door) -> Door:
    """A town with one of each kind."""
    await settle(projects)
    return projects
