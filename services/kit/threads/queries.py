"""What a service knows of a thread: one statement, that walks its links and tells their ends."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Text, bindparam, cast, column, func, literal_column, null, text, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor
from services.contracts.shared.thread_walks import GapQuestion, Lacking, LeftOut, Link, ThreadStart
from services.contracts.shared.threads import EdgeKind, NodeRef, NodeType, ThreadNode, Way, owner
from services.kit import sql
from services.kit.database import Database, municipality_of
from services.kit.days import today
from services.kit.native import Compiled, compiled, statement, walled
from services.kit.resources import FEW
from services.kit.threads import rules
from services.kit.threads.rules import Found, Told
from services.kit.threads.telling import OfKind, Telling

MOST = 1_000
"""So many links are walked at most in one service."""
_COLUMNS = (
    *(column(name, Text) for name in ("way", "from_type", "from_key", "to_type", "to_key", "kind")),
    column("more"),
    *(column(name, Text) for name in ("end_type", "end_key")),
)
_TOLD = ("way", "from_type", "from_key", "to_type", "to_key", "kind", "more")
_WALK, _REST = (
    text(statement(__package__, name)).bindparams(
        bindparam("turning", sorted(rules.TURNING)), **more
    )
    for name, more in (("walk", {"breadth": rules.BREADTH}), ("rest", {}))
)
_OPEN = ("municipality", "most", "ways", "types", "keys", "skips")
"""What differs from question to question."""
_FOLLOWED = text(statement(__package__, "followed"))


Tellings = Callable[[], Sequence[Telling]]
_REMEMBERED = 256
_made: OrderedDict[tuple[Tellings, date, Actor], Compiled] = OrderedDict()
"""Statements by what they depend on: putting one together takes longer than running it."""


async def part(
    database: Database, actor: Actor, starts: Sequence[ThreadStart], tellings: Tellings
) -> Told:
    """All that leads from the starts, as far as this service knows and the actor may see it."""
    town = actor.municipality
    assert town is not None, "the address of this operation names a municipality"
    asked = _statement(database, actor, tellings)
    values = asked.filled({"municipality": town.id, "most": MOST, **_columns(starts)})
    async with walled(database.pool, town.id) as connection:
        rows = await connection.fetch(asked.text, *values)
    found = Found(frozenset(telling.type for telling in tellings()))
    rest = list[LeftOut]()
    for name, key, told in rows:
        if name == "links":
            for link in from_json(told or "[]"):
                _take(found, *link)
        elif name == "rest":
            way, kind, of, type_, count = from_json(told)
            rest.append(LeftOut(NodeRef(NodeType(kind), of), Way(way), NodeType(type_), count))
        else:
            ref = NodeRef(NodeType(name), key)
            found.there.add(ref)
            if told is not None:
                found.nodes[ref] = _node(town.key, ref, from_json(told))
    if rest:
        found.left_out = set(rules.beyond(rest, found.links, starts))
    return rules.part(starts, found)


def _statement(database: Database, actor: Actor, tellings: Tellings) -> Compiled:
    """The statement, which depends on the day and on who acts where as what, not on who it is."""
    given = (tellings, today(), actor.model_copy(update={"subject": ""}))
    made = _made.get(given)
    if made is None:
        session = database.sessions(info={"actor": actor, FEW: True})  # says who asks, no more
        asked = _put_together(session, tellings())
        made = _made[given] = compiled(asked, database.engine.dialect, *_OPEN)
        if len(_made) > _REMEMBERED:
            _made.popitem(last=False)
    return made


def _put_together(session: AsyncSession, tellings: Sequence[Telling]) -> Any:
    walked = _WALK.columns(*_COLUMNS).cte("walked")
    told = func.jsonb_build_array(*(walked.c[name] for name in _TOLD), type_=JSONB)
    rest = _REST.columns(column("name"), column("key"), column("told", JSONB)).cte("rest")
    asked: list[Any] = [
        select(literal_column("'links'"), null(), func.jsonb_agg(told, type_=JSONB)).where(
            walked.c.from_key.is_not(None)
        ),
        select(*rest.c),
    ]
    for telling in tellings:
        keys = select(walked.c.end_key).where(walked.c.end_type == telling.type.value)
        asked.append(_named(telling.type, telling.told(session, keys)))
    return union_all(*asked)


def _named(name: str, rows: Any) -> Any:
    inner = rows.subquery()
    key, told = inner.columns
    return select(literal_column(f"'{name}'"), key, cast(told, JSONB))


def _columns(starts: Sequence[ThreadStart]) -> dict[str, list[Any]]:
    rows = [
        (way, str(start.ref.type), start.ref.key, start.skip)
        for start in starts
        for way in (sorted(map(str, start.ways)) or [""])
    ]
    names = ("ways", "types", "keys", "skips")
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _take(
    found: Found,
    way: str,
    from_type: str,
    from_key: str,
    to_type: str,
    to_key: str,
    kind: str,
    more: int,
) -> None:
    cause, consequence = NodeRef(NodeType(from_type), from_key), NodeRef(NodeType(to_type), to_key)
    link = Link(Way(way), cause, consequence, EdgeKind(kind))
    found.links.add(link)
    if more > 0:
        found.left_out.add(LeftOut(link.start, link.way, link.end.type, more))


def _node(town: str, ref: NodeRef, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A node by the fields of the contract; whoever asked for it checks it."""
    return {
        "ref": str(ref),
        "type": ref.type,
        "key": ref.key,
        "title": told.get("title") or rules.joined(told["titles"]),
        "state": told.get("state"),
        "figure": told.get("figure"),
        "on": told.get("on"),
        "responsible": told.get("responsible"),
        "address": f"/v1/{town}/{told.get('address') or rules.address(ref)}",
        "service": owner(ref.type),
        "lacks": sorted(told.get("lacks") or ()),
        "since": told.get("since"),
        "must_act": told.get("must_act"),
    }


async def lacking(
    session: AsyncSession, question: GapQuestion, tellings: Sequence[Telling]
) -> Lacking:
    """The oldest nodes that the actor may see and after which, as far as this service knows,
    something of these kinds is missing."""
    asked = [
        _named(telling.type, rows)
        for telling in tellings
        if isinstance(telling, OfKind) and (rows := telling.lacking(session, question)) is not None
    ]
    if not asked:
        return Lacking(nodes=[], later=0, until=None)
    connection, town = await session.connection(), municipality_of(session).key
    nodes, counts = list[ThreadNode](), dict[str, int]()
    for name, key, told in await connection.execute(union_all(*asked)):
        counts[name] = told["of"]
        node = _node(town, NodeRef(NodeType(name), key), told)
        nodes.append(ThreadNode.model_validate(node))
    return rules.lacking(nodes, counts)


async def followed(session: AsyncSession, refs: Sequence[NodeRef]) -> list[NodeRef]:
    """Those of the nodes that something follows from here, whoever may see that."""
    values = {
        "municipality": municipality_of(session).id,
        "types": [str(ref.type) for ref in refs],
        "keys": [ref.key for ref in refs],
    }
    found = await sql.run(session, _FOLLOWED, values)
    return [NodeRef(NodeType(row.type), row.key) for row in found]
