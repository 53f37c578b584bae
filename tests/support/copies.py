"""What many tests begin with is entered once and copied after that, with all that followed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import wraps
from hashlib import sha256
from typing import Any

import asyncpg

from services.contracts.shared.access import Municipality
from tests.support.towns import Door, new_town

Make = Callable[..., Awaitable[Any]]
_SCHEMAS = ("indicators", "boards", "projects")
_TABLES = """
    SELECT n.nspname || '.' || c.relname, array_agg(quote_ident(a.attname) ORDER BY a.attnum)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE n.nspname = ANY($1) AND c.relkind = 'r'
    GROUP BY 1 HAVING bool_or(a.attname = 'municipality_id')"""


@dataclass
class _Original:
    result: Any
    script: str


_originals: dict[Any, _Original] = {}
_database: list[str] = []
_connections: list[asyncpg.Connection] = []
"""One, kept: it need not get to know all tables for each copy."""
_known: set[str] = set()
"""Scripts that the connection knows as functions of its own."""
_busy = asyncio.Lock()


def use(database_url: str) -> None:
    """The database of this worker."""
    _database[:] = [database_url]


async def close() -> None:
    """Nothing is copied any more."""
    while _connections:
        await _connections.pop().close()


@asynccontextmanager
async def _connected() -> AsyncIterator[asyncpg.Connection]:
    async with _busy:
        if not _connections or _connections[0].is_closed():
            _connections[:] = [await asyncpg.connect(_database[0])]
            _known.clear()
        yield _connections[0]


def copied(make: Make) -> Make:
    """`make(door, ...)` enters what it says in a town of its own, once; the towns of the tests get
    a copy of that town's rows, as long as nothing was entered in them.

    It takes doors of one town, and returns a door, doors by name, or what tells nothing of the
    town. Identifiers, times and the hashes of the journal are those of the original. A fixture can
    be made so as well, and `make.anew` enters everything whatever was made before.
    """

    @wraps(make)
    async def made(*args: Any, **more: Any) -> Any:
        given = [*args, *more.values()]
        doors = {value.client.base_url: value for value in given if isinstance(value, Door)}
        town = next(iter(doors.values())).municipality
        others = repr([value for value in given if not isinstance(value, Door)])
        wish = (make, *((url, door.roles, door.subject) for url, door in doors.items()), others)
        async with _connected() as connection:
            empty = await _is_empty(connection, town)
        if not empty:
            return await make(*args, **more)
        if wish not in _originals:
            there = new_town()
            result = await make(
                *(_there(value, there) for value in args),
                **{name: _there(value, there) for name, value in more.items()},
            )
            async with _connected() as connection:
                _originals[wish] = _Original(result, await _copying(connection, there))
        original = _originals[wish]
        async with _connected() as connection:
            await _copy(connection, original.script, town)
        return _here(original.result, doors)

    made.anew = make
    return made


def _there(value: Any, town: Municipality) -> Any:
    return replace(value, municipality=town) if isinstance(value, Door) else value


def _here(result: Any, doors: dict[Any, Door]) -> Any:
    """The same through the doors of the test, if it is a door or doors by name."""
    if isinstance(result, dict):
        return {name: _here(one, doors) for name, one in result.items()}
    if isinstance(result, Door):
        door = doors[result.client.base_url]
        return door.as_(*result.roles, subject=result.subject, **result.more)
    return result


async def _is_empty(connection: asyncpg.Connection, town: Municipality) -> bool:
    for schema in _SCHEMAS:
        query = f"SELECT FROM {schema}.journal_head WHERE municipality_id = $1"
        if await connection.fetchrow(query, town.id) is not None:
            return False
    return True


def _writings(town: Municipality) -> dict[str, str]:
    """How a town is written in its own rows: its key, the name made of it, its number, and the
    official key that is part of the number."""
    number = f"{town.id:012}"
    return {
        "key": town.key,
        "name": town.key.replace("-", " ").title(),
        "id": number,
        "ags": number[:5] + number[9:],
    }


async def _copying(connection: asyncpg.Connection, town: Municipality) -> str:
    """The statements that copy this town; `$1` and so on is how the other is written."""
    script, writings = [], _writings(town)
    for table, columns in await connection.fetch(_TABLES, _SCHEMAS):
        there = f"SELECT EXISTS (SELECT FROM {table} WHERE municipality_id = $1)"
        if await connection.fetchval(there, town.id):
            # In two steps: what was put in could hold what is still to be replaced.
            row = "to_jsonb(x)::text"
            for name, writing in writings.items():
                row = f"replace({row}, '{writing}', '<<{name}>>')"
            for number, name in enumerate(writings, 1):
                row = f"replace({row}, '<<{name}>>', ${number})"
            read = ", ".join(f"r.{column}" for column in columns)
            script.append(f"""
                INSERT INTO {table} ({", ".join(columns)}) OVERRIDING SYSTEM VALUE
                SELECT {read} FROM {table} AS x,
                    jsonb_populate_record(NULL::{table}, {row}::jsonb) AS r
                WHERE x.municipality_id = {town.id};""")
    return "".join(script)


async def _copy(connection: asyncpg.Connection, script: str, town: Municipality) -> None:
    name = f"pg_temp.copy_{sha256(script.encode()).hexdigest()[:16]}"
    if name not in _known:
        # Nothing is checked, remembered or told again: all of that is among the rows.
        await connection.execute(f"""
            CREATE FUNCTION {name}(text, text, text, text) RETURNS void LANGUAGE plpgsql
            SET session_replication_role = replica SET plan_cache_mode = force_generic_plan
            AS $copy$BEGIN {script} END$copy$""")
        _known.add(name)
    await connection.execute(f"SELECT {name}($1, $2, $3, $4)", *_writings(town).values())
