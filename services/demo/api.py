"""The API as the demo uses it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx

from services.contracts.shared.access import Role
from services.contracts.shared.base import Request
from services.demo.figures import Table

OFFICE, PLANNER, SECOND = "demo-statistics-office", "demo-planner", "demo-second-person"
"""Who delivers the figures, who approves them and does everything else, and who approves that."""

As = Callable[[str, Sequence[Role], str], Mapping[str, str]]
"""Headers of somebody with these roles in a municipality ("*": everywhere), by subject."""


class DemoRefused(RuntimeError):
    """The API refused a part of the demo; the text says which and why."""


class Api:
    """Requests of the planner and of the statistics office; refuses with DemoRefused."""

    def __init__(self, client: httpx.AsyncClient, as_: As) -> None:
        self._client = client
        self._as = as_

    async def get(
        self, municipality: str, address: str, query: Mapping[str, str] | None = None
    ) -> Any:
        """What is at the address."""
        headers = self._planner(municipality)
        return _good(await self._client.get(address, headers=headers, params=query))

    async def all(
        self, municipality: str, address: str, query: Mapping[str, str] | None = None
    ) -> list[Any]:
        """Every item of a list, page by page."""
        items: list[Any] = []
        page = await self.get(municipality, address, {"limit": "1000", **(query or {})})
        while True:
            items += page["items"]
            if page["next"] is None:
                return items
            page = await self.get(municipality, page["next"])

    async def create(self, municipality: str, address: str, item: Request) -> None:
        """Create what somebody has not arranged otherwise meanwhile (409)."""
        response = await self._client.post(
            address,
            headers={**self._planner(municipality), "Content-Type": "application/json"},
            content=item.model_dump_json(),
        )
        if response.status_code != httpx.codes.CONFLICT:
            _good(response)

    async def post(
        self, municipality: str, address: str, json: Any = None, by: str = PLANNER
    ) -> Any:
        """Do something with what is there."""
        headers = self._as(municipality, [Role.administrator], by)
        return _good(await self._client.post(address, headers=headers, json=json))

    async def deliver(self, municipality: str, table: Table) -> Any:
        """Deliver a table of figures, as the statistics office."""
        office = self._as(municipality, [Role.supplier], OFFICE)
        delivery = _good(
            await self._client.post(
                f"/v1/{municipality}/deliveries",
                params={"source": table.source, "note": table.note},
                headers={**office, "Content-Type": "text/csv"},
                content=table.tidy(),
            )
        )
        if delivery["state"] == "refused":
            raise DemoRefused(f"{municipality}, {table.name}: {delivery['issues'][:3]}")
        return delivery

    def _planner(self, municipality: str) -> Mapping[str, str]:
        return self._as(municipality, [Role.administrator], PLANNER)


def _good(response: httpx.Response) -> Any:
    if response.is_error:
        where = f"{response.request.method} {response.request.url.path}"
        raise DemoRefused(f"{where}: {response.status_code} {response.text[:1000]}")
    return response.json()
