"""The gateway before the boards service and before a mirror that tells what reached it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest
import uvicorn
from fastapi import APIRouter, FastAPI, Request, Response
from starlette.types import ASGIApp

from services.boards.app import create_app as create_boards
from services.commands.up import Server
from services.contracts.shared.access import Municipality
from services.gateway import local_tokens
from services.gateway.app import Gateway, create_app
from services.kit.identity import HEADER, Signer
from services.kit.settings import Settings
from tests.support.towns import KEY, register

CLERK = "203.0.113.9"


def mirror(signer: Signer) -> FastAPI:
    """A service that answers with what it got: headers, body length, who acts."""
    app, routes = FastAPI(), APIRouter(prefix="/v1/{municipality}")
    app.state.reads = 0
    app.state.arrived, app.state.gate = asyncio.Event(), asyncio.Event()

    @routes.get("/mirror", operation_id="readMirror")
    @routes.post("/mirror", operation_id="askMirror")
    async def look(request: Request) -> Response:
        app.state.reads += 1
        if "wait" in request.query_params:
            app.state.arrived.set()
            await app.state.gate.wait()
        told = {
            "headers": dict(request.headers),
            "path": request.scope["raw_path"].decode(),
            "query": request.scope["query_string"].decode(),
            "actor": signer.verify(request.headers[HEADER]).model_dump(mode="json"),
            "body": len(await request.body()),
            "reads": app.state.reads,
        }
        anonymous = told["actor"]["kind"] == "anonymous"
        control = "public, max-age=0, must-revalidate" if anonymous else "private, no-cache"
        return Response(
            json.dumps(told),
            media_type="application/json",
            headers={
                "Cache-Control": request.query_params.get("control", control),
                "ETag": '"r1"',
                "Vary": request.query_params.get("vary", "Accept"),
                "Server": "secret/1.0",
                "Connection": "x-hop",
                "X-Hop": "1",
            },
        )

    app.router.routes.extend(routes.routes)
    return app


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The app behind a real socket on 127.0.0.1; its address."""
    server = Server(
        uvicorn.Config(
            app, port=0, lifespan="off", log_level="critical", server_header=False, ws="none"
        )
    )
    serving = asyncio.create_task(server.serve())
    await server.begun.wait()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def opened(gateway: Gateway, *apps: FastAPI) -> AsyncIterator[Gateway]:
    """The gateway running, after the services that run in this process."""
    async with AsyncExitStack() as stack:
        for app in apps:
            await stack.enter_async_context(app.router.lifespan_context(app))
        await stack.enter_async_context(gateway.lifespan())
        yield gateway


def client_of(app: ASGIApp, address: str = CLERK) -> httpx.AsyncClient:
    """Somebody at this address, without a proxy between."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=(address, 50000)),
        base_url="https://planraum.test",
        headers={"accept-encoding": "identity"},
    )


Bearer = Callable[..., dict[str, str]]


@pytest.fixture(scope="session")
def looking_glass() -> FastAPI:
    return mirror(Signer(KEY))


@pytest.fixture(scope="session")
async def gateway(
    settings: Settings, database_url: str, looking_glass: FastAPI
) -> AsyncIterator[Gateway]:
    boards = create_boards(settings, database_url)
    made = create_app(settings, database_url, {"boards": boards, "mirror": looking_glass})
    async with opened(made, boards):
        yield made


@pytest.fixture
async def client(gateway: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(gateway) as somebody:
        yield somebody


@pytest.fixture(scope="session")
def bearer(settings: Settings) -> Bearer:
    """The header of somebody with these roles: `bearer("planner", town="jena")`."""

    def header(*roles: str, town: str = "*", subject: str = "clerk") -> dict[str, str]:
        return {
            "Authorization": f"Bearer {local_tokens.mint(settings, town, roles, subject, 3600)}"
        }

    return header


@pytest.fixture
async def registered(client: httpx.AsyncClient, town: Municipality, bearer: Bearer) -> str:
    """The key of a municipality that plans here."""
    return await register(client, town, bearer("administrator"))
