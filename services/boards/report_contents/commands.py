"""Putting a report together, as its readers may see it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.neighbours import Neighbours, ask
from services.boards.report_bindings.rules import Binding, Unresolved
from services.boards.report_contents import rules
from services.boards.report_entries import elsewhere, gaps
from services.boards.report_entries import queries as entries
from services.boards.report_entries.rules import Span
from services.boards.report_entries.statements import stated
from services.boards.report_figures import queries as figures
from services.boards.report_markup.rules import places
from services.boards.report_pictures import queries as pictures
from services.boards.report_pictures.queries import LANGUAGES
from services.boards.report_targets import queries as targets
from services.contracts.boards.coordinated_reports import NewCoordinatedReport
from services.contracts.boards.report_editions import BindingKind, Bound, ReportContent
from services.contracts.shared.access import Actor, Role
from services.contracts.shared.base import GermanOrEnglish, Visibility
from services.kit.database import acting_as, actor_of, anybody
from services.kit.days import today

_AT_ONCE = 4


class _Release(BaseModel):
    created_at: datetime


def reader(session: AsyncSession, audience: Visibility) -> Actor:
    """As whom everything is asked that a report shows: one who may see no more than its readers."""
    if audience is Visibility.administration:
        return actor_of(session)
    nobody = anybody(session)
    if audience is Visibility.public:
        return nobody
    member = {"subject": "reader", "kind": "person", "roles": frozenset({Role.member})}
    return nobody.model_copy(update=member)


Tell = Callable[[int, int], Awaitable[None]]
"""Told how many bindings are looked up, and how many there are."""


async def nobody(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


async def put_together(
    session: AsyncSession,
    beside: Neighbours,
    report: NewCoordinatedReport,
    last: date | None,
    *,
    languages: Sequence[GermanOrEnglish] = LANGUAGES,
    chapter: int | None = None,
    tell: Tell = nobody,
) -> ReportContent:
    """The whole report or one chapter of it, counted from 1; `last` is the day of the edition
    published before, `languages` are those in which it is drawn.

    Refuses (422, a pointer to the chapter and the place in it) bindings that stand for nothing its
    readers may see. Refuses (503) while a service that is asked is away.
    """
    named = [one for one in places(report.chapters) if chapter in (None, one.chapter)]
    span = Span(report.on, report.since, last)
    asked = {place.binding: None for place in named}
    found = await _bound(session, beside, report, span, list(asked), languages, tell)
    rules.check_all(named, found)
    bound = {one.wording: what for one, what in found.items() if isinstance(what, Bound)}
    public = await ask(session, beside.indicators, _Release, f"releases/release-{report.release}")
    return ReportContent(
        title=report.title,
        kind=report.kind,
        release=report.release,
        released_at=None if public is None else public.created_at,
        on=report.on,
        looked_up_on=today(),
        since=report.since or last,
        chapters=report.chapters if chapter is None else [report.chapters[chapter - 1]],
        bindings=bound,
    )


async def _bound(
    session: AsyncSession,
    beside: Neighbours,
    report: NewCoordinatedReport,
    span: Span,
    bindings: list[Binding],
    languages: Sequence[GermanOrEnglish],
    tell: Tell,
) -> Mapping[Binding, Bound | Unresolved]:
    """What each binding stands for. Neighbours are asked side by side, the database in turn."""
    asks = reader(session, report.audience)
    found: dict[Binding, Bound | Unresolved] = {}

    async def keep(one: Binding, what: Bound | Unresolved) -> None:
        found[one] = what
        await tell(len(found), len(bindings))

    with acting_as(session, asks):
        for one in bindings:
            if one.kind in _HERE:
                await keep(one, await _here(session, beside, asks, one, span))
        gate = asyncio.Semaphore(_AT_ONCE)

        async def look(one: Binding) -> None:
            async with gate:
                there = await _there(session, beside, asks, one, span, report.release, languages)
                await keep(one, there)

        await asyncio.gather(*(look(one) for one in bindings if one.kind not in _HERE))
    return found


_HERE = frozenset(
    {
        BindingKind.recommendations,
        BindingKind.resolutions,
        BindingKind.evidence,
        BindingKind.gaps,
        BindingKind.statements,
    }
)
"""What the own database is asked for, too: one session answers one question at a time."""


async def _here(
    session: AsyncSession, beside: Neighbours, asks: Actor, binding: Binding, span: Span
) -> Bound | Unresolved:
    """What this service keeps."""
    try:
        if binding.kind is BindingKind.evidence:
            rows = await entries.evidence(session, binding)
            kept = await figures.of_evidence(session, beside, asks, rows)
            return rules.bound(binding, figures=kept)
        if binding.kind is BindingKind.gaps:
            missing = await gaps.gaps(session, beside, asks, binding, span)
            return rules.bound(binding, entries=missing)
        if binding.kind is BindingKind.statements:
            return rules.bound(binding, entries=await stated(session, binding, span))
        if binding.kind is BindingKind.resolutions:
            await elsewhere.check_named(session, beside, asks, binding)
            return rules.bound(binding, entries=await entries.decisions(session, binding, span))
        return rules.bound(binding, entries=await entries.recommendations(session, binding, span))
    except Unresolved as why:
        return why


async def _there(
    session: AsyncSession,
    beside: Neighbours,
    asks: Actor,
    binding: Binding,
    span: Span,
    release: int,
    languages: Sequence[GermanOrEnglish],
) -> Bound | Unresolved:
    """What the neighbours keep."""
    try:
        if binding.kind in (BindingKind.chart, BindingKind.map):
            drawn = await pictures.drawn(session, beside, asks, binding, release, languages)
            return rules.bound(binding, picture=drawn)
        if binding.kind is BindingKind.measures:
            listed = await elsewhere.measures(session, beside, asks, binding, span)
            return rules.bound(binding, entries=listed)
        if binding.kind in (BindingKind.targets, BindingKind.effects):
            wanted = await targets.of(session, beside, asks, binding, release)
            return rules.bound(binding, targets=wanted)
        if binding.kind is BindingKind.findings:
            listed = await elsewhere.findings(session, beside, asks, binding, release)
            return rules.bound(binding, entries=listed)
        if binding.kind is BindingKind.releases:
            listed = await elsewhere.releases(session, beside, asks, binding, span, release)
            return rules.bound(binding, entries=listed)
        shown = await figures.of(session, beside, asks, binding, release)
        return rules.bound(binding, figures=shown)
    except Unresolved as why:
        return why
