"""The services behind the gateway, for what it puts together from their answers."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request
from starlette.types import ASGIApp

from services.gateway.remote import Remote
from services.kit.clients import Peer
from services.kit.identity import Signer

Peers = Mapping[str, Peer]
"""Service name -> how to ask it; ask as the person who asks, so that nobody sees more."""


def peers_of(signer: Signer, upstreams: Mapping[str, ASGIApp]) -> Peers:
    """A client of each service, in memory or over HTTP, wherever it runs."""
    return {
        name: Peer(name, str(upstream.url), signer)
        if isinstance(upstream, Remote)
        else Peer(name, f"http://{name}", signer, upstream)
        for name, upstream in upstreams.items()
    }


async def _peers(request: Request) -> Peers:
    peers: Peers = request.app.state.peers
    return peers


Behind = Annotated[Peers, Depends(_peers)]
