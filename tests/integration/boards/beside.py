"""The boards service alone, beside an indicators service that knows every area."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from services.boards.app import create_app
from services.kit.settings import Settings
from tests.integration.projects.neighbour import Neighbour

INDICATORS = Neighbour()
AREAS = ["lobeda", "winzerla"]


@pytest.fixture(scope="module")
async def apps(settings: Settings, database_url: str) -> AsyncIterator[dict[str, FastAPI]]:
    """The boards service alone; its neighbours are not real."""
    app = create_app(settings, database_url, {"indicators": INDICATORS}.get)
    async with app.router.lifespan_context(app):
        INDICATORS.away = False
        yield {"boards": app}


@pytest.fixture
def present() -> None:
    """The neighbours answer, and nobody has asked them yet."""
    INDICATORS.away = False
    INDICATORS.calls.clear()
