"""A service without a database, for what happens before and around the database."""

from typing import Annotated, Any, Literal

import httpx
from fastapi import Query
from pydantic import Field, SecretStr, field_validator

from services.contracts.shared.access import Municipality
from services.contracts.shared.base import Money, Request, Texts
from services.kit import app
from services.kit.database import Writing
from services.kit.identity import HEADER, Signer
from services.kit.patches import Patch
from services.kit.settings import Settings
from tests.support.towns import KEY, actor

CANARY = "canary-4711"
towers = app.router("Towers")


class Round(Request):
    kind: Literal["round"]
    radius: int


class Square(Request):
    kind: Literal["square"]
    sides: list[int]


class NewTower(Request):
    name: Texts
    price: Money | None = None
    plan: Annotated[Round | Square, Field(discriminator="kind")] | None = None
    size: int | list[str] = 1

    @field_validator("size")
    @classmethod
    def _odd(cls, value: int | list[str]) -> int | list[str]:
        if value == 13:
            raise ValueError("thirteen brings bad luck")
        return value


@towers.get("/towers")
async def list_towers(floor: Annotated[int, Query(ge=0, description="Floor.")] = 0) -> int:
    """List towers."""
    if floor == 13:
        raise RuntimeError(f"the tower of {CANARY} has no such floor")
    return floor


@towers.post("/towers", status_code=201)
async def create_tower(new: NewTower) -> dict[str, Any]:
    """Create a tower."""
    return new.model_dump(mode="json")


@towers.post("/towers/{key}/copies", status_code=201)
async def copy_tower(session: Writing, key: str, new: NewTower) -> dict[str, Any]:
    """Copy a tower; only described here, for there is no database."""
    return {"key": key, **new.model_dump(mode="json")}


@towers.patch("/towers/{key}")
async def change_tower(key: str, patch: Patch[NewTower]) -> dict[str, Any]:
    """Change a tower."""
    old = NewTower(name={"de": "Turm"}, price=None)
    return patch.onto(old).model_dump(mode="json")


@towers.delete("/towers/{key}", status_code=204)
async def fell_tower(key: str) -> None:
    """Fall down."""
    raise RuntimeError(f"the tower of {CANARY} fell")


TOWN = Municipality(key="jena", id=160530000000)
IDENTITY = {HEADER: Signer(KEY).sign(actor(TOWN, ["administrator"]))}
SETTINGS = Settings(internal_key=SecretStr(KEY))


def made() -> Any:
    return app.service(
        "boards", "Towers", "", [towers], settings=SETTINGS, database_url="postgresql://x@127.0.0.1"
    )


async def ask(method: str, path: str, **kwargs: Any) -> httpx.Response:
    """An answer of the app; a failure that comes out of it fails the test."""
    headers = {**IDENTITY, **kwargs.pop("headers", {})}
    transport = httpx.ASGITransport(made())
    async with httpx.AsyncClient(transport=transport, base_url="http://towers") as client:
        return await client.request(method, path, headers=headers, **kwargs)
