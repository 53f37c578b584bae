"""What SQLModel is no help with: COPY, temporary tables and statements kept in .sql files."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeAlias, cast

import asyncpg
from sqlalchemy import ClauseElement, Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel.ext.asyncio.session import AsyncSession

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
_PART = 5_000
_ENTER = "BEGIN READ ONLY; SELECT set_config('app.municipality', '{:d}', true)"


async def native(session: AsyncSession) -> Connection:
    """The asyncpg connection of the session's transaction."""
    connection = await (await session.connection()).get_raw_connection()
    driver: Connection = connection.driver_connection
    return driver


def statement(package: str, name: str) -> str:
    """The statement in `sql/<name>.sql` beside the modules of the package."""
    return (files(package) / "sql" / f"{name}.sql").read_text("utf-8")


@dataclass(frozen=True)
class Statements:
    """The statements of a package, each of which may take so many seconds."""

    package: str
    seconds: float

    async def run(self, session: AsyncSession, name: str, *values: Any) -> int:
        """Run one of them; how many rows it touched."""
        connection = await native(session)
        sql = statement(self.package, name)
        done = await connection.execute(sql, *values, timeout=self.seconds)
        return int(done.rpartition(" ")[2])

    async def fetch(self, session: AsyncSession, name: str, *values: Any) -> list[asyncpg.Record]:
        """What one of them finds."""
        connection = await native(session)
        sql = statement(self.package, name)
        rows: list[asyncpg.Record] = await connection.fetch(sql, *values, timeout=self.seconds)
        return rows


@dataclass(frozen=True)
class Compiled:
    """A statement of SQLAlchemy as asyncpg takes it, with the values that it always has."""

    text: str
    values: Sequence[Any]
    _places: Mapping[str, int]

    def filled(self, given: Mapping[str, Any]) -> list[Any]:
        """The values in their order, with those that are given for names that were left open."""
        values = [*self.values]
        for name, value in given.items():
            values[self._places[name]] = value
        return values


def compiled(statement: ClauseElement, dialect: Dialect, *names: str) -> Compiled:
    """The statement for asyncpg, which leaves the values of these names open."""
    made = cast("SQLCompiler", statement.compile(dialect=dialect))
    state = made.construct_expanded_state(dict.fromkeys(names))
    order = state.positiontup or ()
    processors = {
        name: bound.type.dialect_impl(dialect).bind_processor(dialect)
        for bound, name in made.bind_names.items()
        if name not in names
    } | dict(state.processors)
    values = [
        process(value) if (process := processors.get(name)) else value
        for name, value in zip(order, state.positional_parameters, strict=True)
    ]
    return Compiled(state.statement, values, {name: i for i, name in enumerate(order)})


async def copy_into(
    session: AsyncSession, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """COPY rows into a temporary table, in parts: asyncpg encodes a part without a pause."""
    connection = await native(session)
    for start in range(0, len(rows), _PART):
        part = rows[start : start + _PART]
        await connection.copy_records_to_table(table, records=part, columns=columns)


@asynccontextmanager
async def walled(pool: Pool, municipality_id: int) -> AsyncIterator[Connection]:
    """A connection that reads behind the wall of this municipality: one round trip to enter, one
    to leave, where a session takes several."""
    async with pool.acquire() as connection:
        try:
            await connection.execute(_ENTER.format(municipality_id))
            yield connection
        finally:
            await connection.execute("ROLLBACK")
