"""The municipalities that addresses name, known in memory."""

import re

import asyncpg

from services.contracts.shared.access import Municipality
from services.kit import failures
from services.kit.database import Database
from services.kit.problems import NotFound

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIND = "SELECT municipality_id FROM municipality WHERE key = $1"


class Towns:
    """Key -> municipality. Asks the database about a key it does not know, and forgets all when
    the journal says that something about municipalities changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, Municipality] = {}

    def forget(self) -> None:
        self._known.clear()

    async def find(self, key: str) -> Municipality:
        """The municipality; 404 when there is none with this key."""
        known = self._known.get(key)
        if known is not None:
            return known
        if len(key) > 80 or not _KEY.fullmatch(key):
            raise NotFound("There is no such municipality.")
        try:
            number = await self._ask(self._database.pool, key)
        except failures.DATABASE as error:
            raise failures.translate(error) from error
        if number is None:
            raise NotFound("There is no such municipality.")
        found = self._known[key] = Municipality(key=key, id=number)
        return found

    async def _ask(self, pool: "asyncpg.Pool[asyncpg.Record]", key: str) -> int | None:
        number: int | None = await pool.fetchval(_FIND, key, timeout=5)
        return number
