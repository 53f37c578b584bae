"""The services behind the door, as the gateway itself asks them."""

from collections.abc import Mapping

from fastapi import Request
from starlette.types import ASGIApp

from services.gateway.remote import Remote
from services.kit.clients import Peer
from services.kit.identity import Signer
from services.kit.settings import Settings

SERVICES = ("indicators", "boards", "projects")
Peers = Mapping[str, Peer]


def peers_of(settings: Settings, signer: Signer, upstreams: Mapping[str, ASGIApp]) -> Peers:
    """A typed client of each service: in memory in one process, over HTTP else."""
    return {
        name: Peer(
            name,
            settings.upstream(name),
            signer,
            None if isinstance(upstreams[name], Remote) else upstreams[name],
        )
        for name in SERVICES
        if name in upstreams
    }


async def peers(request: Request) -> Peers:
    """The services, for an operation that asks more than one of them."""
    found: Peers = request.app.state.peers
    return found
