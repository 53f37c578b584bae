"""A town with something to be found in it, and the search of the gateway over its services."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.gateway.app import create_app
from services.kit.identity import Signer
from services.kit.settings import Settings
from tests.support.towns import Door


@pytest.fixture
async def gate(
    apps: dict[str, FastAPI],
    settings: Settings,
    database_url: str,
    signer: Signer,
    town: Municipality,
) -> AsyncIterator[Door]:
    """The gateway's own resources, in this town."""
    gateway = create_app(settings, database_url, apps)
    async with gateway.lifespan():
        transport = httpx.ASGITransport(gateway.inner)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            yield Door(client, signer, town)
