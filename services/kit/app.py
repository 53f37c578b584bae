"""One factory for every service's app, so that all of them behave alike."""

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.types import ASGIApp

from services.kit import openapi
from services.kit.database import BeforeCommit, Database, UnitOfWork
from services.kit.health import health_router
from services.kit.identity import Signer
from services.kit.problems import speak_problems
from services.kit.selection import Relations
from services.kit.settings import Settings
from services.kit.telemetry import Requests

VERSION = "0.1.0"
JSON_LIMIT = 2 * 1024 * 1024
Background = Callable[[FastAPI], AbstractAsyncContextManager[Any]]


class _App(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        """The log of requests stands outside of everything, so that failures pass it too."""
        return Requests(super().build_middleware_stack(), service=self.state.name)

    def openapi(self) -> dict[str, Any]:
        """The document with what FastAPI does not know of: permissions, refusals, examples."""
        return openapi.document(self)


_NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


def telemetry_is_asked_for() -> bool:
    """OpenTelemetry is FastAPI's own and set up by the usual OTEL_* variables."""
    return any(name.startswith(("OTEL_", "FASTAPI_OTEL_")) for name in os.environ)


def router(
    tag: str, *, path: str = "/v1/{municipality}", kind: type[UnitOfWork] = UnitOfWork
) -> APIRouter:
    """A feature's router: `@router.get("/bodies")` serves /v1/{municipality}/bodies."""
    return APIRouter(
        prefix=path,
        tags=[tag],
        route_class=kind,
        generate_unique_id_function=openapi.operation_id,
    )


def _internal(router: APIRouter) -> bool:
    return router.prefix.startswith("/internal")


def service(
    name: str,
    title: str,
    description: str,
    routers: Sequence[APIRouter],
    *,
    settings: Settings,
    database_url: str,
    peers: Sequence[Background] = (),
    tags: Sequence[dict[str, str]] = (),
    openapi_url: str | None = "/openapi.json",
    before_commit: BeforeCommit | None = None,
    relations: Relations = MappingProxyType({}),
) -> FastAPI:
    """The app of one service. `peers` are contexts that live as long as the app does."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(app.state.database.opened())
            for background in peers:
                await stack.enter_async_context(background(app))
            yield

    app = _App(
        title=title,
        version=VERSION,
        description=description,
        openapi_tags=[dict(tag) for tag in tags],
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        contact={"name": "Planraum", "url": "https://example.org/planraum"},
        servers=[{"url": "/", "description": "This installation"}],
        openapi_url=openapi_url,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        max_body_size=JSON_LIMIT,
        telemetry=None if telemetry_is_asked_for() else _NO_TELEMETRY,
    )
    app.state.name = name
    app.state.settings = settings
    app.state.relations = relations
    app.state.signer = Signer(
        settings.internal_key.get_secret_value() if settings.internal_key else ""
    )
    app.state.database = Database(name, database_url, settings)
    app.state.database.before_commit = before_commit
    # What services ask of one another is asked most often, and routes are tried in their order.
    for part in sorted((*routers, health_router(name)), key=lambda one: not _internal(one)):
        app.router.routes.extend(part.routes)
    speak_problems(app)
    return app
