"""A town of its own for each test: nothing to clean up, and every test runs behind the walls."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
from starlette.types import ASGIApp

from services.contracts.shared.access import Actor, Municipality, Role
from services.kit.identity import HEADER, Signer

KEY = "a key that only the tests know, 32+"


def actor(
    municipality: Municipality | None,
    roles: Iterable[Role | str],
    subject: str = "test:clerk",
    **more: Any,
) -> Actor:
    held = frozenset(Role(role) for role in roles)
    kind = more.pop("kind", "person" if held else "anonymous")
    return Actor(
        subject=subject if held else "anonymous",
        kind=kind,
        roles=held,
        municipality=municipality,
        **more,
    )


@dataclass
class Door:
    """A client of one service, as somebody with these roles in one town."""

    client: httpx.AsyncClient
    signer: Signer
    municipality: Municipality
    roles: tuple[Role, ...] = (Role.administrator,)
    subject: str = "test:clerk"
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_(self, *roles: Role | str, subject: str = "test:clerk", **more: Any) -> "Door":
        """The same door for somebody else; no roles: anonymous."""
        held = tuple(Role(role) for role in roles)
        return Door(self.client, self.signer, self.municipality, held, subject, more)

    async def __call__(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        who = actor(self.municipality, self.roles, self.subject, **self.more)
        headers = {HEADER: self.signer.sign(who), **kwargs.pop("headers", {})}
        address = (
            path
            if path.startswith(("/v1/", "/oparl/", "/internal/"))
            else f"/v1/{self.municipality.key}{path}"
        )
        return await self.client.request(method, address, headers=headers, **kwargs)

    async def get(self, path: str, **kwargs: Any) -> httpx.Response:
        return await self("GET", path, **kwargs)

    async def post(self, path: str, json: Any = None, **kwargs: Any) -> httpx.Response:
        if json is not None:
            kwargs["json"] = json
        return await self("POST", path, **kwargs)

    async def patch(self, path: str, json: Any, revision: int = 1, **kwargs: Any) -> httpx.Response:
        headers = {"If-Match": f'"r{revision}"', **kwargs.pop("headers", {})}
        return await self("PATCH", path, json=json, headers=headers, **kwargs)

    async def made(self, path: str, json: Any) -> dict[str, Any]:
        """Create, insist that it worked, and return what was created."""
        response = await self.post(path, json)
        assert response.status_code == 201, response.text
        created: dict[str, Any] = response.json()
        return created


D = TypeVar("D", bound=Door)


def doors_of(
    kind: type[D], apps: Mapping[str, ASGIApp], signer: Signer, town: Municipality
) -> dict[str, D]:
    """The doors of all services of the town, by the name of the service."""
    return {
        name: kind(
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{name}"),
            signer,
            town,
        )
        for name, app in apps.items()
    }


def new_town() -> Municipality:
    number = secrets.randbelow(10**9)
    return Municipality(key=f"town-{number:09d}", id=169_000_000_000 + number)


def described(town: Municipality) -> dict[str, object]:
    """The town as it is registered."""
    return {
        "key": town.key,
        "id": f"{town.id:012d}",
        "name": {"de": "Musterstadt", "en": "Sample Town"},
        "kind": "independent_city",
        "state": {"de": "Thüringen", "en": "Thuringia"},
    }


async def register(
    gateway: httpx.AsyncClient, town: Municipality, operator: Mapping[str, str]
) -> str:
    """Let the town plan here, by somebody with these headers; its key."""
    made = await gateway.post("/v1/municipalities", json=described(town), headers=operator)
    assert made.status_code == 201, made.text
    return town.key
