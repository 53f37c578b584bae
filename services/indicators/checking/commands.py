"""The check of a delivery in one transaction: read, match, look, keep."""

from asyncio import to_thread
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.delivery_findings import UnknownArea, UnknownMeasure
from services.contracts.indicators.jobs import Phase
from services.indicators.checking import queries
from services.indicators.checking.queries import Pattern, Shown
from services.indicators.deliveries import queries as deliveries
from services.indicators.deliveries.formats import Hints, Limits, Span, Summary, parse_limited
from services.indicators.plausibility import commands as plausibility
from services.indicators.plausibility import queries as looking
from services.indicators.plausibility.queries import Scope
from services.indicators.plausibility.rules import Definition, Findings
from services.indicators.recognition import commands as recognition
from services.indicators.recognition import queries as matching
from services.indicators.recognition.commands import Lists
from services.indicators.recognition.rules import Policy

Tell = Callable[[Phase, int, int | None], Awaitable[None]]
"""Says how far the check has come: phase, done, of how many."""
_MOST_CHANGES = 50
_MOST_PATTERNS = 1_000


@dataclass
class Checked:
    """What the check found of one file."""

    summary: Summary
    findings: Findings = field(default_factory=Findings)
    counts: dict[str, int] = field(default_factory=dict)
    diff: dict[str, Any] | None = None
    unknown_areas: list[UnknownArea] = field(default_factory=list)
    unknown_measures: list[UnknownMeasure] = field(default_factory=list)
    covered: list[tuple[str, Span]] = field(default_factory=list)
    """Indicators and periods of which the file holds figures."""


async def nobody(phase: Phase, done: int, total: int | None) -> None:
    """Nobody watches."""


async def check(
    session: AsyncSession,
    delivery: str,
    file: Path,
    hints: Hints,
    policy: Policy,
    today: date,
    tell: Tell = nobody,
) -> Checked:
    """Check a file and, unless there is an error, keep its figures as those of the delivery.

    Raises FileRefused for what is no file of figures at all.
    """
    await queries.begin(session)
    async with parse_limited(file, hints, Limits()) as reading:
        rows = await queries.arrive(session, _counted(reading.rows, tell))
        checked = Checked(reading.summary())
    await tell(Phase.matching, 0, None)
    town, known = await matching.town(session), await looking.definitions(session)
    plausibility.of_file(checked.findings, checked.summary)
    lists = await to_thread(recognition.listed, checked.summary, town, policy, known)
    numbers = await recognition.fill(session, checked.summary, lists, known)
    unknown = await recognition.unmatched(
        session, checked.findings, checked.summary, lists, town, policy
    )
    checked.unknown_areas, checked.unknown_measures = unknown.areas, unknown.measures
    checked.counts |= unknown.counts
    matched = await matching.match(session, numbers, lists.lengths)
    await tell(Phase.keeping, 0, None)
    kept = await _keep(session, delivery, checked)
    scope, found = await looking.scope(session), checked.findings
    shown = Shown(0, 0) if found.errors else await queries.show(session, lists.lengths)
    await _look(session, checked, lists, known, scope, shown, tell)
    _cover(checked, lists, scope, today)
    await _conclude(session, delivery, checked, lists, scope, shown, kept)
    _name_columns(checked, lists)
    checked.counts |= {"rows": checked.summary.rows, "skipped": rows - matched}
    checked.counts |= {"errors": found.errors, "warnings": found.warnings}
    return checked


async def _counted(rows: AsyncIterator[bytes], tell: Tell) -> AsyncIterator[bytes]:
    done = 0
    async for part in rows:
        done += part.count(b"\n")
        await tell(Phase.reading, done, None)
        yield part


async def _look(
    session: AsyncSession,
    checked: Checked,
    lists: Lists,
    known: Mapping[str, Definition],
    scope: Sequence[Scope],
    shown: Shown,
    tell: Tell,
) -> None:
    """Look at the figures in every way there is."""
    summary, found = checked.summary, checked.findings
    breadth = lists.lengths.periods * lists.lengths.breakdowns
    # What such a message leaves out is taken back: it is no part of any sum.
    stored = shown.left_out > 0 and not summary.replaced and not summary.deletions
    steps: list[Callable[[], Awaitable[None]]] = [
        partial(plausibility.measures, session, found, summary, lists.meant_indicators, known),
        partial(plausibility.computed, session, found, lists.computed),
        partial(plausibility.negative, session, found, scope, known),
        partial(plausibility.sums, session, found, breadth, known, stored=stored),
        partial(plausibility.implausible, session, found),
        partial(plausibility.missing_areas, session, found),
        partial(plausibility.not_valid, session, found),
    ]
    for done, step in enumerate(steps):
        await tell(Phase.checking, done, len(steps))
        await step()


def _cover(checked: Checked, lists: Lists, scope: Sequence[Scope], today: date) -> None:
    """What of which indicator and period the file holds."""
    periods = [checked.summary.periods[number] for number in lists.periods]
    plausibility.periods(checked.findings, scope, periods, lists.indicators, today)
    checked.counts["provisional"] = sum(part.provisional for part in scope)
    checked.covered = [
        (lists.indicators[part.indicator], periods[part.period]) for part in scope if part.figures
    ]


async def _keep(session: AsyncSession, delivery: str, checked: Checked) -> int:
    """Keep the figures for their release, each place once, unless something is wrong already."""
    found = checked.findings
    kept = None if found.errors else await queries.stage(session, delivery)
    if kept is None:
        await plausibility.repeated(session, found)
        kept = 0 if found.errors else await queries.stage(session, delivery)
    return kept or 0


async def _conclude(
    session: AsyncSession,
    delivery: str,
    checked: Checked,
    lists: Lists,
    scope: Sequence[Scope],
    shown: Shown,
    kept: int,
) -> None:
    """Take back what is to be taken back, and tell what changes; or let everything go."""
    figures = sum(part.figures for part in scope)
    found, summary = checked.findings, checked.summary
    patterns = list(_patterns(checked, lists)) if summary.deletions else []
    if not kept and not summary.replaced and not patterns and not found.errors:
        found.add("nothing", "The file holds no figure that can be taken.", error=True)
    if found.errors:
        await deliveries.forget_figures(session, delivery)
        checked.counts |= {"figures": 0, "taken_back": 0}
        return
    taken = kept - figures
    if summary.replaced:
        pairs = [
            (lists.meant_indicators[measure], summary.periods[period].text)
            for measure, period in summary.replaced
            if measure in lists.meant_indicators
        ]
        taken += await queries.replace(session, delivery, *map(list, zip(*pairs, strict=True)))
    if patterns:
        taken += await queries.take_back(session, delivery, patterns)
    checked.counts |= {"figures": figures, "taken_back": taken}
    checked.diff = await queries.diff(session, delivery, shown, figures, _MOST_CHANGES)


def _name_columns(checked: Checked, lists: Lists) -> None:
    """Beside the line of each figure that is named its column."""
    column_of = recognition.columns(checked.summary, lists)
    for issue in checked.findings.issues:
        if issue["place"] and issue["line"] > 1 and issue["column"] is None:
            issue["column"] = column_of(issue["place"])
    diff = checked.diff or {}
    for change in (*diff.get("jumps", ()), *diff.get("emptied", ())):
        change["column"] = column_of(change)


def _patterns(checked: Checked, lists: Lists) -> Iterable[Pattern]:
    """The keys with gaps by which the message takes figures back."""
    summary, found = checked.summary, checked.findings
    areas: dict[int, set[str]] = {}
    for meant in lists.meant_areas:
        areas.setdefault(meant.place, set()).add(meant.area)
    gaps = sum(None in (gap.measure, gap.place, gap.period) for gap in summary.deletions)
    if gaps > _MOST_PATTERNS:
        found.add("deletions", f"More than {_MOST_PATTERNS} keys with gaps.", error=True)
        return
    for gap in summary.deletions:
        if gap.measure in lists.computed:
            continue
        indicator = None if gap.measure is None else lists.meant_indicators.get(gap.measure, "")
        if indicator == "":
            detail = "The message takes back figures of an unknown measure."
            found.add("measure_unknown", detail, error=True, line=gap.line)
            continue
        named = {None} if gap.place is None else areas.get(gap.place, set())
        if not named:
            detail = "The message takes back figures of an unknown area."
            found.add("area_unknown", detail, error=True, line=gap.line)
        period = None if gap.period is None else summary.periods[gap.period].text
        parts = "&".join(f"{code}={value}" for code, value in sorted(gap.attributes.items()))
        for area in sorted(named, key=str):
            yield Pattern(gap.line, indicator, area, period, parts)
