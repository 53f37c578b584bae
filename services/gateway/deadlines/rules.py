"""Which deadlines are asked for, and how they stand: pure functions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from services.contracts.gateway.deadlines import Deadline, DeadlineState
from services.contracts.shared.access import Actor
from services.contracts.shared.deadlines import SOURCE_OF, DeadlineKind, Due, DueList, Source
from services.contracts.shared.problems import Fault
from services.kit.deadlines import Wanted
from services.kit.problems import Invalid

YEAR = timedelta(days=366)
LONGEST = timedelta(days=5 * 366)
_BEGINNING, _NEVER = date(1900, 1, 1), date(2199, 12, 31)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Question:
    """What somebody asks; None leaves a side open."""

    today: date
    soon: int
    first: date | None = None
    last: date | None = None
    state: DeadlineState | None = None
    kinds: frozenset[DeadlineKind] = frozenset(DeadlineKind)
    sources: frozenset[Source] = frozenset(Source)
    responsible: frozenset[str] = frozenset()
    after: tuple[date, str] | None = None
    limit: int = 100

    def kinds_of(self, source: Source) -> frozenset[DeadlineKind]:
        """The kinds to ask a service for; none when it need not be asked."""
        if source not in self.sources:
            return frozenset()
        return frozenset(kind for kind in self.kinds if SOURCE_OF[kind] is source)


def wanted(question: Question) -> Wanted:
    """The spans in which to look. Without a first day: from today on, and whatever is overdue.

    Refuses a last day before the first, and more than five years.
    """
    today = question.today
    begin = question.first or today
    end = question.last or max(begin, today) + YEAR
    if end < begin or end - begin > LONGEST:
        detail = "It is before `from`." if end < begin else "Ask for five years at most."
        fault = Fault(parameter="to", code="span", detail=detail)
        raise Invalid("The span of days is not valid.", faults=[fault])
    found = Wanted(
        open_from=question.first or _BEGINNING,
        open_to=end,
        done_from=begin,
        done_to=end,
        responsible=question.responsible,
        after=question.after,
        limit=question.limit,
    )
    return _in_state(question, found)


def at(question: Question, place: Sequence[Any] | None, limit: int) -> Question:
    """The same question for the page after a place."""
    after = (place[0], place[1]) if place is not None else None
    return replace(question, after=after, limit=limit)


def _in_state(question: Question, found: Wanted) -> Wanted:
    """The spans made narrower, so that only what is in the state is left."""
    if question.state is None:
        return found
    if question.state is DeadlineState.done:
        return replace(found, open_from=_NEVER, open_to=_BEGINNING)
    none = replace(found, done_from=_NEVER, done_to=_BEGINNING)
    soon = question.today + timedelta(days=question.soon)
    if question.state is DeadlineState.overdue:
        return replace(none, open_to=min(found.open_to, question.today - _DAY))
    if question.state is DeadlineState.due_soon:
        first = max(found.open_from, question.today)
        return replace(none, open_from=first, open_to=min(found.open_to, soon))
    return replace(none, open_from=max(found.open_from, soon + _DAY))


def state(on: date, today: date, soon: int, *, done: bool) -> DeadlineState:
    """How a deadline stands on a day."""
    if done:
        return DeadlineState.done
    if on < today:
        return DeadlineState.overdue
    due_soon = on <= today + timedelta(days=soon)
    return DeadlineState.due_soon if due_soon else DeadlineState.open


def merged(lists: Iterable[DueList], limit: int) -> tuple[list[Due], bool]:
    """The first of all lists, each of which is sorted, and whether there are more."""
    lists = list(lists)
    found = sorted((due for one in lists for due in one.items), key=position)
    more = len(found) > limit or any(one.more for one in lists)
    return found[:limit], more


def position(due: Due) -> tuple[date, str]:
    """Its place among all."""
    return due.on, due.id


def told(due: Due, town: str, today: date, soon: int) -> Deadline:
    """A deadline as the world reads it."""
    return Deadline(
        id=due.id,
        service=SOURCE_OF[due.kind],
        kind=due.kind,
        on=due.on,
        starts_at=due.starts_at,
        days_left=(due.on - today).days,
        state=state(due.on, today, soon, done=due.done),
        title=due.title,
        what=due.what,
        address=f"/v1/{town}/{due.path}",
        responsible=due.responsible,
        clause=due.clause,
        reason=due.reason,
    )


def chosen(text: str | None, known: Mapping[str, str] | Collection[str], name: str) -> list[str]:
    """A list separated by commas. Refuses (422) what is not known."""
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    unknown = [part for part in parts if part not in known]
    if unknown:
        detail = f"Not known: {', '.join(unknown)[:100]}. It takes {', '.join(sorted(known))}."
        fault = Fault(parameter=name, code="unknown", detail=detail)
        raise Invalid("A filter names what there is not.", faults=[fault])
    return parts


def parties(text: str | None, actor: Actor) -> frozenset[str]:
    """Who has to act, as asked: `me` is the account that asks, and whom a machine delivers for."""
    found: set[str] = set()
    for part in filter(None, (part.strip() for part in (text or "").split(","))):
        kind, _, key = part.partition(":")
        if part == "me":
            found.add(f"account:{actor.subject}")
            if actor.supplier is not None:
                found.add(f"organisation:{actor.supplier}")
        elif kind in ("body", "organisation", "account") and key and len(part) <= 220:
            found.add(part)
        else:
            detail = "Write me, body:key, organisation:key or account:identifier."
            fault = Fault(parameter="responsible", code="party", detail=detail)
            raise Invalid("It is not clear who is meant.", faults=[fault])
    return frozenset(found)


def sorted_sources(away: Iterable[Source]) -> Sequence[Source]:
    """In one order, so that the same answer has the same ETag."""
    return sorted(away)
