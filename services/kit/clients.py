"""How services speak with one another: typed reads over HTTP, signed like every request.

In one process the address is an ASGI app in memory, in separate processes a URL. The same client.
"""

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.datastructures import State
from starlette.types import ASGIApp

from services.contracts.shared.access import Actor, Municipality, Role
from services.contracts.shared.journal import Entry, Head
from services.kit.identity import HEADER, Signer
from services.kit.problems import NotFound, Unavailable, UpstreamTimeout

A = TypeVar("A", bound=BaseModel)
T = TypeVar("T")
InProcess = Callable[[str], ASGIApp | None]
"""The app of a service in this process; None where it runs on its own."""
_HEADS, _ENTRIES = TypeAdapter(list[Head]), TypeAdapter(list[Entry])


def transport(app: ASGIApp | None) -> httpx.AsyncBaseTransport:
    """In memory when there is an app, over sockets when there is none."""
    if app is not None:
        return httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncHTTPTransport(retries=1, limits=httpx.Limits(max_connections=20))


class Peer:
    """Another service. Reads are made as the caller, so that nobody sees more through a detour."""

    def __init__(self, name: str, url: str, signer: Signer, app: ASGIApp | None = None) -> None:
        self.name = name
        self._signer = signer
        self._http = httpx.AsyncClient(
            transport=transport(app), base_url=url, timeout=httpx.Timeout(5), trust_env=False
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def read(
        self,
        contract: type[A],
        address: str,
        actor: Actor,
        query: Mapping[str, str] | None = None,
        nothing: Collection[int] = (NotFound.status,),
    ) -> A | None:
        """What is at the address, as the actor sees it; None when there is nothing to see.

        `nothing` are the statuses that say so, such as 422 for a question about what is not there.
        Refuses (503, 504) when the other service is away or too slow.
        """
        response = await self._get(address, actor, query, nothing)
        if response.status_code in nothing:
            return None
        return self._understood(contract.model_validate_json, response)

    async def ask(self, contract: type[A], address: str, actor: Actor, question: BaseModel) -> A:
        """The answer to a question that is too long for an address; it changes nothing there.

        Refuses (503, 504) when the other service is away or too slow.
        """
        body = question.model_dump(mode="json")
        request = self._http.build_request("POST", address, json=body)
        return self._understood(contract.model_validate_json, await self._send(request, actor))

    async def text(
        self,
        address: str,
        actor: Actor,
        query: Mapping[str, str] | None = None,
        nothing: Collection[int] = (NotFound.status,),
    ) -> str | None:
        """What is at the address as text, such as a drawing; None when there is nothing to see."""
        response = await self._get(address, actor, query, nothing)
        return None if response.status_code in nothing else response.text

    async def heads(self, of: Collection[int] = ()) -> list[Head]:
        """How far the journals of the other service have come, one per municipality: of these
        numbers, or of all."""
        only = {"of": ",".join(map(str, of))} if of else None
        response = await self._get("/internal/journal", _as_service(None), only)
        return self._understood(_HEADS.validate_json, response)

    async def entries(self, municipality: Municipality, after: int) -> list[Entry]:
        """Journal entries after number `after`, at most 500, oldest first."""
        address = f"/internal/journal/{municipality.key}"
        response = await self._get(address, _as_service(municipality), {"after": str(after)})
        return self._understood(_ENTRIES.validate_json, response)

    def _understood(self, read: Callable[[bytes], T], response: httpx.Response) -> T:
        try:
            return read(response.content)
        except ValidationError:
            raise Unavailable(
                f"The {self.name} service answered something else.", headers=_LATER
            ) from None

    async def _get(
        self,
        address: str,
        actor: Actor,
        query: Mapping[str, str] | None,
        nothing: Collection[int] = (),
    ) -> httpx.Response:
        request = self._http.build_request("GET", address, params=query)
        return await self._send(request, actor, nothing)

    async def _send(
        self, request: httpx.Request, actor: Actor, nothing: Collection[int] = ()
    ) -> httpx.Response:
        request.headers[HEADER] = self._signer.sign(actor)
        try:
            response = await self._http.send(request)
        except httpx.TimeoutException:
            raise UpstreamTimeout(f"The {self.name} service took too long.") from None
        except httpx.TransportError:
            raise Unavailable(f"The {self.name} service is away.", headers=_LATER) from None
        if response.status_code not in (200, *nothing):
            raise Unavailable(f"The {self.name} service could not answer.", headers=_LATER)
        return response


@asynccontextmanager
async def reached(
    state: State, in_process: InProcess | None, *names: str
) -> AsyncIterator[list[Peer]]:
    """The services of these names for the one with this state, until it ends."""
    async with AsyncExitStack() as stack:
        peers = []
        for name in names:
            app = in_process(name) if in_process else None
            peer = Peer(name, state.settings.upstream(name), state.signer, app)
            stack.push_async_callback(peer.close)
            peers.append(peer)
        yield peers


_LATER = {"Retry-After": "5"}


def _as_service(municipality: Municipality | None) -> Actor:
    return service_actor("follower", municipality)


def service_actor(name: str, municipality: Municipality | None) -> Actor:
    """Planraum itself at work, such as a follower of a journal."""
    return Actor(
        subject=f"service:{name}",
        kind="service",
        roles=frozenset({Role.administrator}),
        municipality=municipality,
    )
