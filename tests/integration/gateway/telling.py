"""A town whose services write, and the gateway before all of them."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.gateway.app import Gateway, create_app
from services.kit.settings import Settings
from tests.integration.gateway.conftest import Bearer, client_of, opened
from tests.support.towns import Door, register


@asynccontextmanager
async def before_all(
    settings: Settings, database_url: str, apps: Mapping[str, FastAPI]
) -> AsyncIterator[Gateway]:
    """The gateway before services that are running already."""
    async with opened(create_app(settings, database_url, apps)) as made:
        yield made


@dataclass
class Listening:
    """Somebody who asks what happened in a town."""

    client: httpx.AsyncClient
    town: Municipality
    door: Callable[[str, Municipality], Door]
    bearer: Bearer
    gateway: Gateway
    headers: dict[str, str] = field(default_factory=dict)

    def as_(self, *roles: str) -> "Listening":
        """The same with these roles; none: somebody without a token."""
        headers = self.bearer(*roles, town=self.town.key) if roles else {}
        return Listening(self.client, self.town, self.door, self.bearer, self.gateway, headers)

    def service(self, name: str) -> Door:
        return self.door(name, self.town)

    async def get(self, path: str = "/events", **params: Any) -> httpx.Response:
        address = path if path.startswith("/v1/") else f"/v1/{self.town.key}{path}"
        return await self.client.get(address, params=params or None, headers=self.headers)

    async def page(self, **params: Any) -> dict[str, Any]:
        answer = await self.get(**params)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    async def heard(self, **params: Any) -> list[tuple[str, str]]:
        """Types and subjects of everything, without the municipality's own beginning."""
        items = (await self.page(limit=500, **params))["items"]
        return [
            (item["type"], item["subject"])
            for item in items
            if not item["type"].startswith("gateway.municipality")
        ]


@asynccontextmanager
async def listening(
    gateway: Gateway,
    town: Municipality,
    door: Callable[[str, Municipality], Door],
    bearer: Bearer,
) -> AsyncIterator[Listening]:
    """An administrator of a town that was just registered."""
    async with client_of(gateway) as client:
        await register(client, town, bearer("administrator"))
        yield Listening(client, town, door, bearer, gateway).as_("administrator")
