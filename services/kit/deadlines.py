"""How a service tells of what is due, so that all of them fit into one calendar.

Each service names for each kind of deadline a source, a question to its own tables that starts from
what the actor may see. What was asked for is applied twice: by the source in SQL, so that little is
read, and here to whatever it brought, so that no source can bring too much.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from sqlalchemy import ColumnElement, and_, false, literal, or_, true
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.base import Language, Texts
from services.contracts.shared.deadlines import DeadlineKind, Due, DueList
from services.kit import writing
from services.kit.access import decide
from services.kit.database import Reading, UnitOfWork, actor_of, municipality_of

_LANGUAGES: tuple[Language, ...] = ("de", "en", "it")
_LINE = 300


@dataclass(frozen=True)
class Wanted:
    """Which deadlines somebody asks for. What is done and what is not have spans of their own, so
    that what is overdue can be asked for without everything that was ever done."""

    open_from: date
    open_to: date
    done_from: date
    done_to: date
    kinds: frozenset[DeadlineKind] = frozenset(DeadlineKind)
    responsible: frozenset[str] = frozenset()
    after: tuple[date, str] | None = None
    limit: int = 100

    @property
    def first(self) -> date:
        return min(self.open_from, self.done_from)

    @property
    def last(self) -> date:
        return max(self.open_to, self.done_to)

    def takes(self, due: Due) -> bool:
        """Is it one of these?"""
        first, last = (self.done_from, self.done_to) if due.done else (self.open_from, self.open_to)
        return (
            due.kind in self.kinds
            and first <= due.on <= last
            and (not self.responsible or not self.responsible.isdisjoint(due.responsible))
            and (self.after is None or (due.on, due.id) > self.after)
        )

    def among(
        self, statement: Any, prefix: str, on: Any, key: Any, done: ColumnElement[bool]
    ) -> Any:
        """The statement for these days only, sorted as pages are. Ids are `prefix` and key."""
        within = or_(
            and_(done, on.between(self.done_from, self.done_to)),
            and_(~done, on.between(self.open_from, self.open_to)),
        )
        plain = key.collate("C")
        found = statement.where(within).order_by(on, plain).limit(self.limit + 1)
        if self.after is None:
            return found
        day, seen = self.after
        if seen.startswith(prefix):
            later = plain > seen.removeprefix(prefix)
        else:
            later = true() if prefix > seen else false()
        return found.where(or_(on > day, and_(on == literal(day), later)))

    def by(self, **columns: Any) -> ColumnElement[bool]:
        """What is in the hands of whoever was asked for: `by(organisation=MeasureRow.responsible)`.

        A column may come with the condition under which the actor may see who it is.
        """
        if not self.responsible:
            return true()
        parts: list[ColumnElement[bool]] = []
        for kind, given in columns.items():
            column, seen = given if isinstance(given, tuple) else (given, true())
            keys = self.keys(kind)
            if keys:
                parts.append(and_(column.in_(keys), seen))
        return or_(*parts) if parts else false()

    def keys(self, kind: str) -> list[str]:
        """The keys of those who were asked for, of one kind."""
        parties = (party.partition(":") for party in self.responsible)
        return sorted(key for found, _, key in parties if found == kind)

    def question(self) -> dict[str, str]:
        """As the query of an address."""
        told = {name: getattr(self, name).isoformat() for name in _DAYS}
        told |= {"kinds": ",".join(sorted(self.kinds)), "limit": str(self.limit)}
        if self.responsible:
            told["responsible"] = ",".join(sorted(self.responsible))
        if self.after is not None:
            told |= {"after_on": self.after[0].isoformat(), "after_id": self.after[1]}
        return told


_DAYS = ("open_from", "open_to", "done_from", "done_to")
Tell = Callable[[AsyncSession, Wanted], Awaitable[Iterable[Due]]]


@dataclass(frozen=True)
class Telling:
    """A source of deadlines of one kind, for those who have the permission to read such things."""

    kind: DeadlineKind
    permission: str
    tell: Tell
    office_only: bool = False
    """For the administration alone, which sees every row."""


async def told(session: AsyncSession, sources: Sequence[Telling], wanted: Wanted) -> DueList:
    """What the actor may see of what was asked for, by day and id."""
    actor, found = actor_of(session), []
    for source in sources:
        if source.kind not in wanted.kinds or (source.office_only and not actor.sees_everything):
            continue
        if decide(actor, source.permission, municipality_of(session)) is None:
            found += [due for due in await source.tell(session, wanted) if wanted.takes(due)]
    found.sort(key=lambda due: (due.on, due.id))
    return DueList(items=found[: wanted.limit], more=len(found) > wanted.limit)


def deadlines_router(sources: Sequence[Telling]) -> APIRouter:
    """What is due, for the gateway. Never reachable through it: it asks as the person who asks."""
    router = APIRouter(
        prefix="/internal/deadlines", include_in_schema=False, route_class=UnitOfWork
    )

    @router.get("/{municipality}")
    async def deadlines(session: Reading, wanted: Asked) -> DueList:
        return await told(session, sources, wanted)

    return router


def _wanted(
    open_from: date,
    open_to: date,
    done_from: date,
    done_to: date,
    kinds: str,
    responsible: str = "",
    after_on: date | None = None,
    after_id: str = "",
    limit: Annotated[int, Query(ge=1, le=5000)] = 100,
) -> Wanted:
    return Wanted(
        open_from=open_from,
        open_to=open_to,
        done_from=done_from,
        done_to=done_to,
        kinds=frozenset(DeadlineKind(kind) for kind in kinds.split(",")),
        responsible=frozenset(filter(None, responsible.split(","))),
        after=(after_on, after_id) if after_on is not None else None,
        limit=limit,
    )


Asked = Annotated[Wanted, Depends(_wanted)]


def phrase(words: Mapping[Language, str], **parts: Mapping[Any, str] | str | None) -> Texts:
    """A line in each language, with the parts in it; German where a part is not translated."""
    return {
        language: _fit(
            words[language].format_map({name: _in(part, language) for name, part in parts.items()})
        )
        for language in _LANGUAGES
        if language in words
    }


def _in(part: Mapping[Any, str] | str | None, language: Language) -> str:
    if part is None or isinstance(part, str):
        return part or ""
    return writing.text(part, language)


def _fit(line: str) -> str:
    plain = " ".join(line.split())
    return plain if len(plain) <= _LINE else plain[: _LINE - 1] + "…"
