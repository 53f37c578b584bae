"""The gateway, put together."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from services.gateway import oidc
from services.gateway.api_keys.routes import api_keys
from services.gateway.batch.routes import batch
from services.gateway.cache import AnswerCache
from services.gateway.callers import Callers
from services.gateway.deadline_feeds.routes import deadline_feeds
from services.gateway.deadlines.routes import deadlines
from services.gateway.dispatch import HOME, Directory, Remote
from services.gateway.door import Door
from services.gateway.events.queries import Journals
from services.gateway.events.routes import events
from services.gateway.events.stream import Bell, Streams
from services.gateway.municipalities.routes import municipalities
from services.gateway.pages.documents import Documents
from services.gateway.pages.routes import pages
from services.gateway.peers import peers_of
from services.gateway.planning_overview.routes import planning_overview
from services.gateway.readiness import readiness_router
from services.gateway.search.routes import search
from services.gateway.threads.routes import threads
from services.gateway.towns import Towns
from services.gateway.webhook_deliveries.events import Following
from services.gateway.webhook_deliveries.routes import webhook_deliveries
from services.gateway.webhook_deliveries.sending import JOBS
from services.gateway.webhook_messages.routes import messages
from services.gateway.webhooks.routes import webhooks
from services.kit import app
from services.kit.app import Background
from services.kit.following import woken
from services.kit.outside import Allowed, Outside
from services.kit.settings import Settings
from services.kit.workers import Worker

DESCRIPTION = """
The door: who are you, which municipality, how often. It keeps the register of municipalities and
the API keys of machines, and passes everything else on to the service that owns it.
"""
TAGS = [
    {
        "name": "Municipalities",
        "description": "The towns and counties that plan with this installation (Kommunen).",
    },
    {
        "name": "API keys",
        "description": "How machines of an office or a supplier sign in (Zugangsschlüssel).",
    },
    {
        "name": "Threads",
        "description": "Where something comes from, and what became of it (roter Faden).",
    },
    {
        "name": "Events",
        "description": "What happened in all services, in order, as CloudEvents (Ereignisse).",
    },
    {
        "name": "Deadlines",
        "description": "What is due in all services, in one calendar (Fristen).",
    },
    {
        "name": "Batch",
        "description": "Several reads in one call (gebündeltes Lesen).",
    },
    {
        "name": "Planning overview",
        "description": "The planning cycle with what all services know of it (Planungskreislauf).",
    },
    {
        "name": "Search",
        "description": "Finding anything by its words, over all services (Suche).",
    },
    {
        "name": "Webhooks",
        "description": "Addresses that are told what happens, and how that went (Webhooks).",
    },
]

ROUTERS = (
    municipalities,
    api_keys,
    threads,
    search,
    deadlines,
    deadline_feeds,
    planning_overview,
    batch,
    events,
    webhooks,
    webhook_deliveries,
    pages,
)


class Gateway:
    """The gateway as an ASGI app; `http` is the door, for requests of HTTP alone, and `inner` the
    FastAPI app of its own resources and pages."""

    def __init__(
        self, settings: Settings, database_url: str, upstreams: Mapping[str, ASGIApp]
    ) -> None:
        self.cache = AnswerCache(settings.cache_megabytes * 1024 * 1024)
        self.issuer = oidc.Issuer(settings) if settings.oidc_issuer else None
        self.callers = Callers(settings, self.issuer)
        self.inner = app.service(
            HOME,
            "Planraum gateway",
            DESCRIPTION,
            [*ROUTERS, readiness_router(upstreams)],
            settings=settings,
            database_url=database_url,
            peers=[
                self._asking,
                self._listening,
                *map(_opened, upstreams.values()),
                self._sending,
                Worker(JOBS).working,
            ],
            tags=TAGS,
            openapi_url=None,  # the address shows the document of all services
        )
        self.inner.webhooks.routes.extend(messages.routes)
        state = self.inner.state
        state.peers = peers_of(state.signer, upstreams)
        state.journals = Journals(state.peers, state.database, settings.public_address)
        self._bell = Bell()
        state.outside = Outside(Allowed(settings.webhook_allow))
        self.following = Following(state.peers, state.database)
        state.streams = Streams(state.journals, self._bell)
        self.inner.state.documents = Documents(self.inner, upstreams)
        self.towns = Towns(self.inner.state.database)
        self.http = Door(
            settings,
            self.inner.state.signer,
            self.inner.state.database,
            Directory(self.inner, upstreams, self.towns),
            self.callers,
            self.cache,
        )
        state.door = self.http

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self.inner(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1003})

    def lifespan(self) -> AbstractAsyncContextManager[Any]:
        """For whoever runs the gateway without a server: `async with gateway.lifespan():`"""
        return self.inner.router.lifespan_context(self.inner)

    def _ring(self, told: str) -> None:
        self.cache.ring(told)
        self._bell.ring()
        self.following.ring(told)
        if not told or told.startswith(f"{HOME} "):
            self.towns.forget()
            self.callers.forget()

    @asynccontextmanager
    async def _asking(self, _: FastAPI) -> AsyncIterator[None]:
        yield
        for peer in self.inner.state.peers.values():
            await peer.close()

    @asynccontextmanager
    async def _sending(self, _: FastAPI) -> AsyncIterator[None]:
        async with self.following.running():
            yield

    @asynccontextmanager
    async def _listening(self, _: FastAPI) -> AsyncIterator[None]:
        async with woken(self.inner.state.database.url, self._ring):
            yield


def _opened(upstream: ASGIApp) -> Background:
    """Services in this process are started by whoever made them; connections are opened here."""

    @asynccontextmanager
    async def opened(_: FastAPI) -> AsyncIterator[None]:
        if isinstance(upstream, Remote):
            async with upstream:
                yield
        else:
            yield

    return opened


def create_app(settings: Settings, database_url: str, upstreams: Mapping[str, ASGIApp]) -> Gateway:
    """The gateway before these services: service name -> its app, or a `Remote`."""
    return Gateway(settings, database_url, upstreams)
