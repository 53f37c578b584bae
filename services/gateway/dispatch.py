"""From an address to the service that owns it, and the request passed on with a deadline."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import structlog
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.contracts.shared.access import Municipality
from services.gateway import document
from services.gateway.remote import ClientGone, Remote
from services.gateway.towns import Towns
from services.kit.problems import NotFound, Problem, TooLarge, Unexpected, UpstreamTimeout

log = structlog.get_logger()
HOME = "gateway"
_RESOURCE = re.compile(r"^/v1/\{municipality\}/([^/{]+)")
_OPARL = re.compile(r"^/oparl/(v[\d.]+)/\{municipality\}")


@dataclass(frozen=True)
class Place:
    """Where an address leads: a service and, for most, a municipality."""

    service: str
    app: ASGIApp
    municipality: Municipality | None = None


def resources(paths: Iterable[str]) -> set[str]:
    """The resources below a municipality among these path templates."""
    return {found[1] for path in paths if (found := _RESOURCE.match(path))}


def oparl_versions(paths: Iterable[str]) -> set[str]:
    """The versions of OParl that are spoken at these path templates."""
    return {found[1] for path in paths if (found := _OPARL.match(path))}


def paths_of(service: str, app: ASGIApp) -> set[str]:
    """The path templates of a service: its routes in this process, its committed document else."""
    if isinstance(app, FastAPI):
        return {route.path_format for route in app.routes if isinstance(route, APIRoute)}
    return set(document.committed(service)["paths"])


class Directory:
    """Which service owns which resource."""

    def __init__(self, home: FastAPI, upstreams: Mapping[str, ASGIApp], towns: Towns) -> None:
        self._home, self._towns = Place(HOME, home), towns
        self._owners: dict[str, tuple[str, ASGIApp]] = {}
        self._oparl: dict[str, tuple[str, ASGIApp]] = {}
        apps: dict[str, ASGIApp] = {**upstreams, HOME: home}
        for service, app in apps.items():
            paths = paths_of(service, app)
            self._oparl |= dict.fromkeys(oparl_versions(paths), (service, app))
            for resource in resources(paths):
                known = self._owners.setdefault(resource, (service, app))
                if known[0] != service:
                    raise ValueError(f"{resource!r} belongs to {known[0]} and to {service}.")

    async def place(self, path: str) -> Place:
        """Where the address leads. Refuses (404) an unknown municipality or resource, and the
        addresses with which services speak among themselves."""
        _, first, *rest = path.split("/")
        if first == "oparl":
            return await self._oparl_of(*rest[:2])
        if first != "v1" or rest[:1] == ["municipalities"]:
            return self._home
        if len(rest) < 2 or rest[1] not in self._owners:
            raise NotFound("There is no such resource; /docs lists all of them.")
        municipality = await self._towns.find(rest[0])
        service, app = self._owners[rest[1]]
        return Place(service, app, municipality)

    async def _oparl_of(self, version: str = "", town: str = "") -> Place:
        """Each municipality has an OParl system of its own."""
        if version not in self._oparl or not town:
            known = ", ".join(f"/oparl/{each}/{{municipality}}" for each in sorted(self._oparl))
            raise NotFound(f"OParl is at {known}; /v1/municipalities lists the municipalities.")
        service, app = self._oparl[version]
        return Place(service, app, await self._towns.find(town.lower()))


class Passage:
    """Passes one request on. The deadline runs only while the service is at work: not while the
    caller sends the body or takes the answer."""

    def __init__(self, seconds: float, largest: int) -> None:
        self._seconds, self._largest = seconds, largest

    async def __call__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses (413) a body that grows too large, (504) a service that takes too long."""
        loop = asyncio.get_running_loop()
        received, started, finished = 0, False, False
        too_large = TooLarge(f"A body may have {self._largest // 1024**2} MB at most.")

        async def count(deadline: asyncio.Timeout) -> Message:
            nonlocal received
            deadline.reschedule(None)
            message = await receive()
            deadline.reschedule(loop.time() + self._seconds)
            received += len(message.get("body", b""))
            if received > self._largest:
                return {"type": "http.disconnect"}
            return message

        async def tell(message: Message, deadline: asyncio.Timeout) -> None:
            nonlocal started, finished
            if received > self._largest and not started:
                return
            started = True
            finished = message["type"] == "http.response.body" and not message.get("more_body")
            deadline.reschedule(None)
            await send(message)
            deadline.reschedule(loop.time() + self._seconds)

        try:
            async with asyncio.timeout(self._seconds) as deadline:
                await app(scope, lambda: count(deadline), lambda m: tell(m, deadline))
        except TimeoutError:
            if started or not deadline.expired():
                raise
            raise UpstreamTimeout("The service took too long.") from None
        except (Problem, ClientGone):
            if received > self._largest and not started:
                raise too_large from None
            raise
        except Exception as error:
            if not finished:
                log.error("service failed", reason=type(error).__name__)
            if started and not finished:
                raise
            if not started and received <= self._largest:
                raise Unexpected(Unexpected.explanation) from None
        if not started:
            raise too_large if received > self._largest else Unexpected(Unexpected.explanation)


__all__ = ["ClientGone", "Directory", "Passage", "Place", "Remote"]
