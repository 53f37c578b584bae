"""The services behind the gateway, asked as the person who asks: in memory or over HTTP."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from starlette.types import ASGIApp

from services.gateway.remote import Remote
from services.kit.app import Background
from services.kit.clients import Peer

Peers = Mapping[str, Peer]


def asking(upstreams: Mapping[str, ASGIApp]) -> Background:
    """Clients of the upstreams, by name, as long as the gateway runs."""

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        signer = app.state.signer
        peers = {}
        for name, upstream in upstreams.items():
            away = isinstance(upstream, Remote)
            url = str(upstream.url) if isinstance(upstream, Remote) else f"http://{name}"
            peers[name] = Peer(name, url, signer, None if away else upstream)
        app.state.peers = peers
        try:
            yield
        finally:
            for peer in peers.values():
                await peer.close()

    return opened


async def _peers(request: Request) -> Peers:
    peers: Peers = request.app.state.peers
    return peers


Beside = Annotated[Peers, Depends(_peers)]
