"""May the gateway be sent requests, and which services answer behind it?"""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp

from services.kit.health import readiness
from services.kit.problems import Problem

_SECONDS = 2.0


def readiness_router(upstreams: Mapping[str, ASGIApp]) -> APIRouter:
    """`/readyz` of the whole installation: 503 only when the gateway itself cannot work, since
    the others go on when one service is away; `services` says which is."""
    router = APIRouter(include_in_schema=False)

    @router.get("/readyz")
    async def ready(request: Request) -> JSONResponse:
        patience = min(_SECONDS, request.app.state.settings.upstream_timeout / 2)
        own, *others = await asyncio.gather(
            readiness(request, "gateway"), *(_ask(app, patience) for app in upstreams.values())
        )
        report = {**own, "services": dict(zip(upstreams, others, strict=True))}
        return JSONResponse(report, 200 if own["ready"] else 503, {"Cache-Control": "no-store"})

    return router


async def _ask(app: ASGIApp, patience: float) -> dict[str, Any]:
    away = {"ready": False, "reason": "it does not answer"}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    try:
        async with (
            asyncio.timeout(patience),
            httpx.AsyncClient(transport=transport, base_url="http://service") as client,
        ):
            told: dict[str, Any] = (await client.get("/readyz")).json()
            return told
    except (TimeoutError, Problem, httpx.HTTPError, ValueError):
        return away
