"""Every question asked of the public side, and how it is made of what is stored."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

import asyncpg

from services.boards.oparl.rules import TYPES, Asked, Found, Type
from services.contracts.shared.access import Municipality
from services.kit.days import today
from services.kit.native import Connection, statement
from services.kit.problems import NotFound

_STAND, _TOUCHED, _PROJECT, _ONE, _PAGE = (
    statement(__package__, name) for name in ("stand", "touched", "project", "one", "page")
)
_THOSE = "(id = ANY($2) OR key = ANY($3::text[]))"
_FILTERS = " AND ".join(
    [
        *(
            f"(${n}::timestamptz IS NULL OR o.{column} {compared} ${n})"
            for n, column, compared in (
                (3, "created", ">="),
                (4, "created", "<="),
                (5, "modified", ">="),
                (6, "modified", "<="),
            )
        ),
        "($5::timestamptz IS NOT NULL OR NOT o.deleted)",
    ]
)
"""What was deleted is told to those alone who ask what was modified (2.5)."""
_DUE = "SELECT id FROM oparl_object WHERE municipality_id = $1 AND due <= $2"
_BODIES = "SELECT id, key FROM body WHERE municipality_id = $1 AND id = ANY($2)"
_LOCK = "SELECT FROM journal_head WHERE municipality_id = $1 FOR UPDATE"
_BEGUN = "SELECT EXISTS (SELECT FROM oparl_object WHERE municipality_id = $1)"
_SLOW = 600.0
"""Seconds that the objects of a whole town may take to be made anew."""
Objects = dict[str, set[UUID]]
"""Type -> objects of it."""


@cache
def _projection(file: str) -> str:
    built = statement(__package__, file).replace(":those", "= ANY($2)")
    for part in ("consents", "files", "votes", "decisions"):
        built = built.replace(f"(:{part})", f"({statement(__package__, part)})")
    return _PROJECT.replace(":built", built)


@cache
def version() -> str:
    """By which statements the public side is made; others make all of it anew."""
    made = [_TOUCHED, *(_projection(one.file) + one.remains for one in TYPES.values())]
    return sha256("".join(made).encode()).hexdigest()[:16]


async def news(connection: Connection, town: int) -> tuple[set[UUID], set[str]] | None:
    """Identifiers and keys of what the journal has named since the public side was last brought
    up to date; None when all of it has to be made. From now on it counts as up to date."""
    rows = await connection.fetch(_STAND, town, version())
    if any(row["collection"] is None for row in rows):
        return None
    named = [row["name"] for row in rows]
    told = {UUID(row["id"]) for row in rows if row["id"]}
    return told, {name for name in named if not _is_uuid(name)}


def _is_uuid(name: str) -> bool:
    return len(name) == 36 and name.count("-") == 4


async def lock(connection: Connection, town: int) -> None:
    """Nobody else writes to the journal of the municipality until commit."""
    await connection.execute(_LOCK, town)


async def begun(connection: Connection, town: int) -> bool:
    """Was there ever anything?"""
    return bool(await connection.fetchval(_BEGUN, town))


async def due(connection: Connection, town: int) -> set[UUID]:
    """What becomes another today by itself."""
    return {row["id"] for row in await connection.fetch(_DUE, town, today())}


async def bodies(connection: Connection, town: int, which: Iterable[UUID]) -> dict[UUID, str]:
    """Those of the objects that are bodies, with their keys."""
    rows = await connection.fetch(_BODIES, town, list(which))
    return {row["id"]: row["key"] for row in rows}


async def touched(
    connection: Connection, town: int, ids: Iterable[UUID], keys: Iterable[str]
) -> Objects:
    """The objects that have to be made anew when these rows have changed."""
    sql = _TOUCHED.replace(":those", _THOSE)
    return _objects(await connection.fetch(sql, town, list(ids), list(keys), False))


async def everything(connection: Connection, town: int) -> Objects:
    """All objects that are there or could be."""
    sql = _TOUCHED.replace(":those", f"(true OR {_THOSE})")
    return _objects(await connection.fetch(sql, town, [], [], True))


async def project(
    connection: Connection,
    town: Municipality,
    one: Type,
    which: Iterable[UUID],
    sizes: Mapping[str, tuple[int, int]],
) -> tuple[list[UUID], Objects]:
    """Make objects of a type anew: those that have become others, and what is made of these.

    `sizes` are the legal sizes of bodies among them.
    """
    sql = _projection(one.file)
    known = json.dumps({"municipality": town.key, "sizes": sizes})
    given = (town.id, list(which), one.name, one.path, one.remains, known)
    rows = await connection.fetch(sql, *given, timeout=_SLOW)
    objects = _objects(rows)
    return list(objects.pop("", ())), objects


def _objects(rows: Iterable[Mapping[str, Any]]) -> Objects:
    return {row["type"]: set(row["objects"] or ()) for row in rows}


async def one(
    pool: "asyncpg.Pool[asyncpg.Record]", town: int, type_: str, which: UUID
) -> tuple[str | None, bool]:
    """An object standing alone, and whether something has to be made first: the day has
    brought changes, or nothing was ever made."""
    row = await pool.fetchrow(_ONE, town, type_, which, today())
    return row["data"], row["overdue"]


@cache
def _page(*, omit_internal: bool, within: bool) -> str:
    form = "oparl_lean(o)" if omit_internal else "oparl_whole(o)"
    filters = f"{_FILTERS} AND $7 = ANY(o.lists)" if within else _FILTERS
    return _PAGE.replace(":form", form).replace(":filters", filters)


async def page(
    pool: "asyncpg.Pool[asyncpg.Record]",
    town: int,
    type_: str,
    asked: Asked,
    size: int,
    organization: UUID | None,
) -> tuple[Found, bool]:
    """A page of a list, by identifier; and whether something has to be made first.

    Refuses (404) a list of an organization that is not there.
    """
    row = await pool.fetchrow(
        _page(omit_internal=asked.omit_internal, within=organization is not None),
        town,
        type_,
        asked.created_since,
        asked.created_until,
        asked.modified_since,
        asked.modified_until,
        organization,
        asked.after,
        size,
        today(),
    )
    if row is None:
        raise NotFound("There is no such organization.")
    found = dict(row)
    overdue: bool = found.pop("overdue")
    return Found(**found), overdue
