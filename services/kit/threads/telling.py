"""How nodes are told by the service that owns them, seen by the same rule as lists of resources."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    any_,
    case,
    func,
    literal,
    literal_column,
    null,
    or_,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, array
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.thread_walks import GapQuestion
from services.contracts.shared.threads import NodeType, ThreadGapKind
from services.kit.access import decide
from services.kit.database import actor_of, municipality_of
from services.kit.resources import Kind

Part = Select[Any]
NOTHING: ColumnElement[Any] = null()
MOST_LACKING = 500
"""So many nodes of one type are told at once as lacking something, the oldest, and all that lack it
since the same day as the last of them."""


class Telling(Protocol):
    """How nodes of one type are told."""

    @property
    def type(self) -> NodeType:
        """Of which type they are."""

    def told(self, session: AsyncSession, keys: Select[Any]) -> Part:
        """The keys of those that are there, whoever asks, and, as JSON, what is told of those that
        the actor may see."""


def among(column: Any, keys: Select[Any]) -> ColumnElement[bool]:
    """That it is one of these few: looked up one by one, where IN would read the whole table."""
    few = func.array(keys.scalar_subquery(), type_=ARRAY(Text()))
    return cast("ColumnElement[bool]", column == any_(few))


def if_seen(told: ColumnElement[Any], *where: ColumnElement[bool]) -> ColumnElement[Any]:
    """What is told of what the actor may see; null is there and hidden."""
    return case((and_(*where), told), else_=null())


def facts(**given: Any) -> ColumnElement[Any]:
    """What is told of a node, as JSON: title, state, on, responsible, address, lacks, since."""
    told = {name: value for name, value in given.items() if value is not NOTHING}
    pairs: list[Any] = []
    for name, value in told.items():
        pairs += [literal_column(f"'{name}'"), value]
    return func.jsonb_build_object(*pairs, type_=JSONB)


Lack = ColumnElement[bool] | Callable[[AsyncSession], ColumnElement[bool]]
"""When something is missing, for everybody or for who acts in the session."""


@dataclass(frozen=True)
class OfKind:
    """Nodes that are resources of a kind, told by columns of their table."""

    type: NodeType
    kind: Kind[Any]
    title: Any
    state: Any = NOTHING
    on: Any = NOTHING
    responsible: Callable[[AsyncSession], Any] = lambda _: NOTHING
    lacks: Mapping[ThreadGapKind, Lack] = field(default_factory=dict)
    """What is missing after a node, and when it is; what another service knows is not asked."""
    since: Any = NOTHING
    sinces: Mapping[ThreadGapKind, Callable[[AsyncSession], Any]] = field(default_factory=dict)
    """Of what is missing since another day than the rest."""
    must_act: Callable[[AsyncSession], Any] = lambda _: NOTHING
    topics: Any = NOTHING
    """As JSON, the nearest first: a body that has one is to act where `must_act` names nobody."""
    also: Callable[[AsyncSession], Sequence[ColumnElement[bool]]] = lambda _: ()
    """Conditions beside those of the kind."""
    permission: str | None = None
    """What reading the resource needs, where not everybody may."""

    def told(self, session: AsyncSession, keys: Select[Any]) -> Part:
        row = self.kind.row
        mine = col(row.municipality_id) == municipality_of(session).id
        lacks = self._lacks(session)
        days = {kind: since(session) for kind, since in self.sinces.items()}
        told = self._facts(session, lacks, self.since, sinces=_by_kind(days))
        told = if_seen(told, *self._seen(session))
        return select(col(row.key), told).where(mine, among(col(row.key), keys))

    def lacking(self, session: AsyncSession, question: GapQuestion) -> Iterator[Part]:
        """Those that the actor may see and after which one of these is missing, oldest first, all
        of the last day among them; with each, how many there are. What is missing since another day
        than the rest is a part of its own."""
        rest = self._lacks(session)
        own = {kind: {kind: rest.pop(kind)} for kind in self.sinces}
        parts = [(self.since, rest)]
        parts += [(self.sinces[kind](session), lacks) for kind, lacks in own.items()]
        for since, lacks in parts:
            asked = [condition for kind, condition in lacks.items() if kind in question.kinds]
            if not asked:
                continue
            where = [or_(*asked), *self._seen(session)]
            if question.since is not None:
                where.append(since.is_(None) | (since >= question.since))
            told = self._facts(session, lacks, since, of=func.count().over())
            yield (
                select(col(self.kind.row.key), told)
                .where(*where)
                .order_by(since.asc().nulls_last())
                .fetch(MOST_LACKING, with_ties=True)
            )

    def _facts(
        self,
        session: AsyncSession,
        lacks: Mapping[ThreadGapKind, ColumnElement[bool]],
        since: Any,
        **more: Any,
    ) -> ColumnElement[Any]:
        return facts(
            title=self.title,
            state=self.state,
            on=self.on,
            responsible=self.responsible(session),
            lacks=_words(lacks),
            since=since,
            must_act=self.must_act(session),
            topics=self.topics,
            **more,
        )

    def _lacks(self, session: AsyncSession) -> dict[ThreadGapKind, ColumnElement[bool]]:
        return {
            kind: condition(session) if callable(condition) else condition
            for kind, condition in self.lacks.items()
        }

    def _seen(self, session: AsyncSession) -> list[ColumnElement[bool]]:
        actor = actor_of(session)
        where = [self.kind.seen(session), *self.also(session)]
        if self.permission and decide(actor, self.permission, actor.municipality) is not None:
            where.append(literal(value=False))
        return where


def _words(lacks: Mapping[ThreadGapKind, ColumnElement[bool]]) -> Any:
    """What is missing as a list of words."""
    if not lacks:
        return NOTHING
    words: list[Any] = [
        case((condition, literal_column(f"'{kind}'")), else_=null())
        for kind, condition in lacks.items()
    ]
    return func.to_jsonb(func.array_remove(array(words, type_=Text()), NOTHING))


def _by_kind(days: Mapping[ThreadGapKind, Any]) -> Any:
    """By what is missing the day since which it is."""
    if not days:
        return NOTHING
    pairs: list[Any] = []
    for kind, day in days.items():
        pairs += [literal_column(f"'{kind}'"), day]
    return func.jsonb_build_object(*pairs, type_=JSONB)


def responsible(session: AsyncSession, kind: Kind[Any], key: Any, name: Any) -> ColumnElement[Any]:
    """Who is in charge: what `key` names of this kind, for who may see that."""
    told = func.jsonb_build_object(
        "collection", kind.collection, "key", col(kind.row.key), "name", name, type_=JSONB
    )
    statement = select(told).where(kind.seen(session), col(kind.row.key) == key)
    return statement.scalar_subquery()
