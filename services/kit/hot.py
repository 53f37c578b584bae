"""Reads that are asked so often that checking their parameters would cost more than answering."""

from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from functools import wraps
from typing import Any

from fastapi import Request
from starlette.responses import Response

from services.kit import conditional, failures
from services.kit.access import Permission, acting
from services.kit.database import Database, UnitOfWork

_REMEMBERED = 1024
_LONGEST = 2000
_Key = tuple[bytes, str, str]
"""Query string, Accept, Accept-Language."""
_GIVEN = frozenset({"request", "pool", "actor"})


class HotRoute(UnitOfWork):
    """A GET whose parameters are checked once for each distinct query.

    The endpoint takes `request`, `pool`, `actor`, and values that follow from the query string
    and the headers Accept and Accept-Language alone. FastAPI checks these the first time and
    refuses what is wrong;
    after that the same checked values are used again. Who acts and what is allowed is asked
    every time. Starts no transaction.
    """

    selects = False

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        self._memory: OrderedDict[_Key, Mapping[str, Any]] = OrderedDict()
        self._answer = endpoint
        super().__init__(path, self._remembering(endpoint), **more)
        self._permissions = [
            part.call for part in self.dependant.dependencies if isinstance(part.call, Permission)
        ]

    def _remembering(self, endpoint: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(endpoint)
        async def answer(request: Request, **values: Any) -> Response:
            key = _key(request)
            if sum(map(len, key)) <= _LONGEST:
                self._memory[key] = {k: v for k, v in values.items() if k not in _GIVEN}
                if len(self._memory) > _REMEMBERED:
                    self._memory.popitem(last=False)
            response: Response = await endpoint(request=request, **values)
            return response

        return answer

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        checked = super().get_route_handler()

        async def run(request: Request) -> Response:
            values = self._memory.get(_key(request))
            if values is None:
                return await checked(request)
            actor = await acting(request)
            for permission in self._permissions:
                await permission(actor)
            database: Database = request.app.state.database
            try:
                response: Response = await self._answer(
                    request=request, pool=database.pool, actor=actor, **values
                )
            except failures.DATABASE as error:
                raise failures.translate(error) from error
            return conditional.unless_known(request, response)

        return run


def _key(request: Request) -> _Key:
    headers = request.headers
    query: bytes = request.scope["query_string"]
    return query, headers.get("accept", ""), headers.get("accept-language", "")
