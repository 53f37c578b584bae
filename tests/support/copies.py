"""What many tests begin with is entered once and copied after that, with all that followed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import wraps
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


def use(database_url: str) -> None:
    """The database of this worker."""
    _database[:] = [database_url]


def copied(make: Make) -> Make:
    """`make(door, ...)` enters what it says in a town of its own, once; the towns of the tests get
    a copy of that town's rows, as long as nothing was entered in them.

    It takes one door, and returns a door or what tells nothing of the town. Identifiers, times and
    the hashes of the journal are those of the original. A fixture can be made so as well, and
    `make.anew` enters everything whatever was made before.
    """

    @wraps(make)
    async def made(*args: Any, **more: Any) -> Any:
        given = [*args, *more.values()]
        door = next(value for value in given if isinstance(value, Door))
        others = repr([value for value in given if value is not door])
        wish = (make, door.client.base_url, door.roles, door.subject, others)
        connection = await asyncpg.connect(_database[0])
        try:
            if not await _is_empty(connection, door.municipality):
                return await make(*args, **more)
            if wish not in _originals:
                there = replace(door, municipality=new_town())
                result = await make(
                    *(there if value is door else value for value in args),
                    **{name: there if value is door else value for name, value in more.items()},
                )
                script = await _copying(connection, there.municipality)
                _originals[wish] = _Original(result, script)
            original = _originals[wish]
            await _copy(connection, original.script, door.municipality)
        finally:
            await connection.close()
        if isinstance(original.result, Door):
            return door.as_(
                *original.result.roles, subject=original.result.subject, **original.result.more
            )
        return original.result

    made.anew = make
    return made


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
    """The statements that copy this town, with `$key` and the like where it is written."""
    script = []
    for table, columns in await connection.fetch(_TABLES, _SCHEMAS):
        there = f"SELECT EXISTS (SELECT FROM {table} WHERE municipality_id = $1)"
        if await connection.fetchval(there, town.id):
            # In two steps: what was put in could hold what is still to be replaced.
            row, writings = "to_jsonb(x)::text", _writings(town)
            for name, writing in writings.items():
                row = f"replace({row}, '{writing}', '<<{name}>>')"
            for name in writings:
                row = f"replace({row}, '<<{name}>>', '${name}')"
            read = ", ".join(f"r.{column}" for column in columns)
            script.append(f"""
                INSERT INTO {table} ({", ".join(columns)}) OVERRIDING SYSTEM VALUE
                SELECT {read} FROM {table} AS x,
                    jsonb_populate_record(NULL::{table}, {row}::jsonb) AS r
                WHERE x.municipality_id = {town.id}""")
    return ";".join(script)


async def _copy(connection: asyncpg.Connection, script: str, town: Municipality) -> None:
    for name, writing in _writings(town).items():
        script = script.replace(f"${name}", writing)
    async with connection.transaction():
        # Nothing is checked, remembered or told again: all of that is among the rows.
        await connection.execute(f"SET LOCAL session_replication_role = replica; {script}")
