"""The services behind the gateway, for what it puts together from their answers."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from starlette.types import ASGIApp

from services.gateway.remote import Remote
from services.kit.app import Background
from services.kit.clients import Peer


def peers(upstreams: Mapping[str, ASGIApp]) -> Background:
    """Connections to the services, as `state.peers`: in memory or over HTTP, wherever they run."""

    @asynccontextmanager
    async def connected(app: FastAPI) -> AsyncIterator[None]:
        state = app.state
        state.peers = {
            name: Peer(name, str(upstream.url), state.signer)
            if isinstance(upstream, Remote)
            else Peer(name, f"http://{name}", state.signer, upstream)
            for name, upstream in upstreams.items()
        }
        try:
            yield
        finally:
            for peer in state.peers.values():
                await peer.close()

    return connected


async def _peers(request: Request) -> Mapping[str, Peer]:
    connected: Mapping[str, Peer] = request.app.state.peers
    return connected


Behind = Annotated[Mapping[str, Peer], Depends(_peers)]
"""Service name -> how to ask it; ask as the person who asks, so that nobody sees more."""
