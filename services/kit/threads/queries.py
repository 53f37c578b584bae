"""What a service knows of a thread: one statement, that walks its links and tells their ends."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic_core import from_json
from sqlalchemy import (
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    null,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor
from services.contracts.shared.thread_walks import (
    ChargeQuestion,
    Followed,
    FollowedQuestion,
    GapQuestion,
    Lacking,
    LeftOut,
    Link,
    ThreadQuestion,
    ThreadStart,
    ToldNode,
)
from services.contracts.shared.threads import EdgeKind, NodeRef, NodeType, Way, owner
from services.kit.database import Database, municipality_of
from services.kit.days import today
from services.kit.native import Compiled, compiled, statement, walled
from services.kit.resources import FEW
from services.kit.threads import charges, rules
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
_CHARGES = ("topics", "organisations")
"""And what is asked of who is in charge."""
_FOLLOWED = text(statement(__package__, "followed"))


Tellings = Callable[[], Sequence[Telling]]
InCharges = Callable[[AsyncSession], Sequence[Any]]
"""Rows of who is in charge, as the actor may see it: `charges.Row`. Left open are the arrays
`topics` and `organisations`."""
_REMEMBERED = 256
_made: OrderedDict[tuple[Tellings, InCharges | None, date, Actor], Compiled] = OrderedDict()
"""Statements by what they depend on: putting one together takes longer than running it."""


async def part(
    database: Database,
    actor: Actor,
    question: ThreadQuestion,
    tellings: Tellings,
    in_charges: InCharges | None,
) -> Told:
    """All that leads from the starts, as far as this service knows and the actor may see it, and
    who is in charge of what is asked for, in one statement."""
    town, starts, charge = actor.municipality, question.starts, question.charge
    assert town is not None, "the address of this operation names a municipality"
    asked = _statement(database, actor, tellings, in_charges if charge else None)
    given = {"municipality": town.id, "most": MOST, **_columns(starts)}
    values = asked.filled(given | (_named_by(charge) if charge and in_charges else {}))
    async with walled(database.pool, town.id) as connection:
        rows = await connection.fetch(asked.text, *values)
    found = Found(frozenset(telling.type for telling in tellings()))
    rest, said = list[LeftOut](), list[charges.Row]()
    for name, key, told in rows:
        if name == "links":
            for link in from_json(told or "[]"):
                _take(found, *link)
        elif name == "rest":
            way, kind, of, type_, count = from_json(told)
            rest.append(LeftOut(NodeRef(NodeType(kind), of), Way(way), NodeType(type_), count))
        elif name in (charges.OF_TOPIC, charges.ORGANISATION):
            said.append((name, key, from_json(told)))
        else:
            ref = NodeRef(NodeType(name), key)
            found.there.add(ref)
            if told is not None:
                found.nodes[ref] = _node(town.key, ref, from_json(told))
    if rest:
        found.left_out = set(rules.beyond(rest, found.links, starts))
    return rules.part(starts, found, charges.answer(charge, said) if charge else None)


def _named_by(question: ChargeQuestion) -> dict[str, list[str]]:
    return {"topics": [*question.topics], "organisations": [*question.organisations]}


def _statement(
    database: Database, actor: Actor, tellings: Tellings, in_charges: InCharges | None
) -> Compiled:
    """The statement, which depends on the day and on who acts where as what, not on who it is."""
    given = (tellings, in_charges, today(), actor.model_copy(update={"subject": ""}))
    made = _made.get(given)
    if made is None:
        session = database.sessions(info={"actor": actor, FEW: True})  # says who asks, no more
        charge = in_charges(session) if in_charges else ()
        asked = _put_together(session, tellings(), charge)
        open_ = (*_OPEN, *_CHARGES) if in_charges else _OPEN
        made = _made[given] = compiled(asked, database.engine.dialect, *open_)
        if len(_made) > _REMEMBERED:
            _made.popitem(last=False)
    return made


def _put_together(session: AsyncSession, tellings: Sequence[Telling], charge: Sequence[Any]) -> Any:
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
    return union_all(*asked, *charge)


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
    lacks, since = sorted(told.get("lacks") or ()), told.get("since")
    sinces = {kind: (told.get("sinces") or {}).get(kind, since) for kind in lacks}
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
        "lacks": lacks,
        "since": min((day for day in sinces.values() if day is not None), default=since),
        "sinces": sinces,
        "must_act": told.get("must_act"),
        "topics": told.get("topics") or (),
    }


async def lacking(
    session: AsyncSession, question: GapQuestion, tellings: Sequence[Telling]
) -> Lacking:
    """The oldest nodes that the actor may see and after which, as far as this service knows,
    something of these kinds is missing."""
    asked = [
        (telling.type, rows)
        for telling in tellings
        if isinstance(telling, OfKind)
        for rows in telling.lacking(session, question)
    ]
    if not asked:
        return Lacking(nodes=[], later=0, until=None)
    connection, town = await session.connection(), municipality_of(session).key
    parts = [rules.Oldest() for _ in asked]
    named = (_named(str(place), rows) for place, (_, rows) in enumerate(asked))
    for place, key, told in await connection.execute(union_all(*named)):
        part = parts[int(place)]
        part.count = told["of"]
        node = _node(town, NodeRef(asked[int(place)][0], key), told)
        part.nodes.append(ToldNode.model_validate(node))
    return rules.lacking(parts)


async def followed(
    session: AsyncSession, question: FollowedQuestion, in_charges: InCharges | None = None
) -> Followed:
    """Those of the nodes that something follows from here, whoever may see that, and who is in
    charge of what is asked for, as far as the actor may see it."""
    values: dict[str, Any] = {
        "municipality": municipality_of(session).id,
        "types": [str(ref.type) for ref in question.refs],
        "keys": [ref.key for ref in question.refs],
    }
    refs = _FOLLOWED.columns(column("type", Text), column("key", Text)).subquery()
    asked: list[Any] = [select(refs.c.type, refs.c.key, null().cast(JSONB))]
    if question.charge and in_charges:
        asked += in_charges(session)
        values |= _named_by(question.charge)
    connection = await session.connection()
    found, said = list[NodeRef](), list[charges.Row]()
    for name, key, told in await connection.execute(union_all(*asked), values):
        if name in (charges.OF_TOPIC, charges.ORGANISATION):
            said.append((name, key, told))
        else:
            found.append(NodeRef(NodeType(name), key))
    charge = charges.answer(question.charge, said) if question.charge and in_charges else None
    return Followed(refs=found, charge=charge)
