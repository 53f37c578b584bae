"""A town with a whole chain, behind a gateway: in one process, and with the services at URLs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.gateway import local_tokens
from services.gateway.app import create_app
from services.gateway.dispatch import Remote
from services.kit.settings import Settings
from tests.integration.gateway.conftest import client_of, served
from tests.integration.threads import chain
from tests.support.copies import copied
from tests.support.towns import Door, register

Tell = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def statements(statements: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Those of sessions and those past them, without the ends of transactions."""

    def noted(name: str) -> Callable[..., Awaitable[Any]]:
        send = getattr(asyncpg.Connection, name)

        async def noting(connection: Any, statement: str, *values: Any, **more: Any) -> Any:
            task = asyncio.current_task()
            if not (
                statement.startswith(_ENDS) or (task and task.get_name().startswith("follow "))
            ):
                statements.append(statement)
            return await send(connection, statement, *values, **more)

        return noting

    for name in ("execute", "fetch", "fetchrow", "fetchval"):
        monkeypatch.setattr(asyncpg.Connection, name, noted(name))
    return statements


_ENDS = ("BEGIN;", "COMMIT", "ROLLBACK")


async def fewest(statements: list[str], ask: Callable[[], Awaitable[Any]]) -> int:
    """How many statements an answer takes; asked for again while followers ask in between."""
    counts: list[int] = []
    while len(counts) < 2 or (counts[-1] != counts[-2] and len(counts) < 20):
        statements.clear()
        await ask()
        counts.append(len(statements))
    return min(counts)


@pytest.fixture(params=["one process", "four"])
def deployment(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def door(
    settings: Settings, database_url: str, apps: dict[str, FastAPI], deployment: str
) -> AsyncIterator[httpx.AsyncClient]:
    """The gateway before the running services."""
    async with AsyncExitStack() as stack:
        upstreams: dict[str, Any] = dict(apps)
        if deployment == "four":
            for name, app in apps.items():
                url = await stack.enter_async_context(served(app))
                upstreams[name] = Remote(url)
        gateway = create_app(settings, database_url, upstreams)
        await stack.enter_async_context(gateway.lifespan())
        yield await stack.enter_async_context(client_of(gateway))


def bearer(settings: Settings, *roles: str) -> dict[str, str]:
    """The header of somebody with these roles everywhere; without roles that of nobody."""
    if not roles:
        return {}
    return {"Authorization": f"Bearer {local_tokens.mint(settings, '*', roles, 'clerk', 3600)}"}


@pytest.fixture
async def town_here(door: httpx.AsyncClient, settings: Settings, town: Municipality) -> str:
    """The town is registered."""
    return await register(door, town, bearer(settings, "administrator"))


@pytest.fixture
def ask(door: httpx.AsyncClient, settings: Settings, town_here: str) -> Tell:
    """The thread of a node, as somebody with these roles."""

    async def told(of: str, *roles: str, status: int = 200) -> dict[str, Any]:
        answer = await door.get(
            f"/v1/{town_here}/thread", params={"of": of}, headers=bearer(settings, *roles)
        )
        assert answer.status_code == status, answer.text
        thread: dict[str, Any] = answer.json()
        return thread

    return told


@pytest.fixture
@copied
async def whole(
    apps: dict[str, FastAPI], boards: Door, indicators: Door, projects: Door
) -> dict[str, Door]:
    """The whole chain, told to everybody but for the money."""
    await chain.found(indicators, apps)
    await chain.decided(boards)
    await chain.carried_out(projects)
    await chain.seen_again(indicators, apps)
    return {"boards": boards, "indicators": indicators, "projects": projects}


def refs(thread: dict[str, Any]) -> set[str]:
    return {node["ref"] for node in thread["nodes"]}


def edges(thread: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(edge["from"], edge["kind"], edge["to"]) for edge in thread["edges"]}
