"""What a service knows of a thread: one statement, that walks its links and tells their ends."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Text, bindparam, cast, column, literal_column, text, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor
from services.contracts.shared.threads import (
    LeftOut,
    Link,
    NodeRef,
    NodeType,
    ThreadGapKind,
    ThreadNode,
    ThreadPart,
    ThreadStart,
    Way,
    owner,
)
from services.kit import sql
from services.kit.database import actor_of, municipality_of
from services.kit.days import today
from services.kit.native import statement
from services.kit.threads import rules
from services.kit.threads.rules import Found
from services.kit.threads.telling import OfKind, Telling, facts

BREADTH = 40
"""So many nodes of one type are walked to from one node; the others are counted."""
MOST = 2_000
"""So many links are walked at most."""
_COLUMNS = (
    *(column(name, Text) for name in ("way", "from_type", "from_key", "to_type", "to_key", "kind")),
    column("more"),
    *(column(name, Text) for name in ("end_type", "end_key")),
)
_TOLD = ("way", "from_type", "from_key", "to_type", "to_key", "kind", "more")
_WALK = text(statement(__package__, "walk")).bindparams(
    bindparam("breadth", BREADTH),
    bindparam("most", MOST),
    bindparam("turning", sorted(rules.TURNING)),
)

_FOLLOWED = text(statement(__package__, "followed"))


Tellings = Callable[[], Sequence[Telling]]
_REMEMBERED = 256
_made: OrderedDict[tuple[Tellings, date, Actor], Any] = OrderedDict()
"""Statements by what they depend on: putting one together takes longer than running it."""


async def part(
    session: AsyncSession, starts: Sequence[ThreadStart], tellings: Tellings
) -> ThreadPart:
    """All that leads from the starts, as far as this service knows and the actor may see it."""
    values = {"municipality": municipality_of(session).id, **_columns(starts)}
    connection = await session.connection()
    found = Found(frozenset(telling.type for telling in tellings()))
    town = municipality_of(session).key
    for name, key, told in await connection.execute(_statement(session, tellings), values):
        what, _, kind = name.partition(" ")
        if what == "link":
            _take(found, told)
            continue
        ref = NodeRef(type=NodeType(kind), key=key)
        if what == "there":
            found.there.add(ref)
        else:
            found.nodes[ref] = _node(town, ref, told)
    return rules.part(starts, found)


def _statement(session: AsyncSession, tellings: Tellings) -> Any:
    """The statement, which depends on the day and on who acts where as what, not on who it is."""
    given = (tellings, today(), actor_of(session).model_copy(update={"subject": ""}))
    made = _made.get(given)
    if made is None:
        made = _made[given] = _put_together(session, tellings())
        if len(_made) > _REMEMBERED:
            _made.popitem(last=False)
    return made


def _put_together(session: AsyncSession, tellings: Sequence[Telling]) -> Any:
    walked = _WALK.columns(*_COLUMNS).cte("walked")
    columns = {name: walked.c[name] for name in _TOLD}
    asked: list[Any] = [
        select(literal_column("'link'"), walked.c.end_key, facts(**columns)).where(
            walked.c.from_key.is_not(None)
        )
    ]
    for telling in tellings:
        keys = select(walked.c.end_key).where(walked.c.end_type == telling.type.value)
        for name, rows in (
            ("there", telling.there(session, keys)),
            ("seen", telling.seen(session, keys)),
        ):
            asked.append(_named(f"{name} {telling.type}", rows))
    return union_all(*asked)


def _named(name: str, rows: Any) -> Any:
    inner = rows.subquery()
    key, told = inner.columns
    return select(literal_column(f"'{name}'"), key, cast(told, JSONB))


def _columns(starts: Sequence[ThreadStart]) -> dict[str, list[str]]:
    rows = [
        (way, str(start.ref.type), start.ref.key)
        for start in starts
        for way in (sorted(map(str, start.ways)) or [""])
    ]
    names = ("ways", "types", "keys")
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _take(found: Found, told: dict[str, Any]) -> None:
    cause = NodeRef(type=NodeType(told["from_type"]), key=told["from_key"])
    consequence = NodeRef(type=NodeType(told["to_type"]), key=told["to_key"])
    link = Link(way=Way(told["way"]), cause=cause, consequence=consequence, kind=told["kind"])
    found.links.add(link)
    if told["more"] > 0:
        found.left_out.add(
            LeftOut(of=link.start, way=link.way, type=link.end.type, count=told["more"])
        )


def _node(town: str, ref: NodeRef, told: dict[str, Any]) -> ThreadNode:
    return ThreadNode(
        ref=str(ref),
        type=ref.type,
        key=ref.key,
        title=told.get("title") or rules.joined(told["titles"]),
        state=told.get("state"),
        figure=told.get("figure"),
        on=told.get("on"),
        responsible=told.get("responsible"),
        address=f"/v1/{town}/{told.get('address') or rules.address(ref)}",
        service=owner(ref.type),
        lacks=sorted(told.get("lacks") or ()),
        since=told.get("since"),
        must_act=told.get("must_act"),
    )


async def lacking(
    session: AsyncSession, kinds: Collection[ThreadGapKind], tellings: Sequence[Telling]
) -> list[ThreadNode]:
    """All nodes that the actor may see and after which, as far as this service knows, something of
    these kinds is missing."""
    asked = [
        _named(f"seen {telling.type}", rows)
        for telling in tellings
        if isinstance(telling, OfKind) and (rows := telling.lacking(session, kinds)) is not None
    ]
    if not asked:
        return []
    connection, town = await session.connection(), municipality_of(session).key
    return [
        _node(town, NodeRef(type=NodeType(name.partition(" ")[2]), key=key), told)
        for name, key, told in await connection.execute(union_all(*asked))
    ]


async def followed(session: AsyncSession, refs: Sequence[NodeRef]) -> list[NodeRef]:
    """Those of the nodes that something follows from here, whoever may see that."""
    values = {
        "municipality": municipality_of(session).id,
        "types": [str(ref.type) for ref in refs],
        "keys": [ref.key for ref in refs],
    }
    found = await sql.run(session, _FOLLOWED, values)
    return [NodeRef(type=NodeType(row.type), key=row.key) for row in found]
