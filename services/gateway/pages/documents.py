"""The API document as it is served: made when it is first asked for."""

import asyncio
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from services.contracts.shared.problems import ProblemType
from services.gateway import document


class Documents:
    """Of services in this process what they say of themselves, of others what is committed."""

    def __init__(self, home: FastAPI, upstreams: Mapping[str, ASGIApp]) -> None:
        self._apps: dict[str, ASGIApp] = {"gateway": home, **upstreams}
        self._making = asyncio.Lock()
        self._made: tuple[bytes, str, list[ProblemType]] | None = None

    async def union(self) -> tuple[bytes, str]:
        """The document of all services and its ETag."""
        content, etag, _ = await self._get()
        return content, etag

    async def problems(self) -> list[ProblemType]:
        """Every kind of refusal that some service knows."""
        return (await self._get())[2]

    async def _get(self) -> tuple[bytes, str, list[ProblemType]]:
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
        return self._made

    def _make(self) -> tuple[bytes, str, list[ProblemType]]:
        whole = document.union({name: _of(name, app) for name, app in self._apps.items()})
        content = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
        problems = [ProblemType.model_validate(problem) for problem in whole["x-problems"]]
        return content, f'"{sha256(content).hexdigest()[:24]}"', problems


def _of(name: str, app: ASGIApp) -> dict[str, Any]:
    return app.openapi() if isinstance(app, FastAPI) else document.committed(name)
