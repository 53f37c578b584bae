"""The check of a delivery in one transaction: read, match, look, keep."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.deliveries import Unknown
from services.contracts.indicators.delivery_findings import UnknownArea, UnknownMeasure
from services.contracts.indicators.jobs import Phase
from services.indicators.checking import queries
from services.indicators.checking.queries import Lengths, Numbers, Pattern
from services.indicators.deliveries.formats import Hints, Limits, Span, Summary, parse_limited
from services.indicators.plausibility import commands as plausibility
from services.indicators.plausibility import queries as looking
from services.indicators.plausibility import rules
from services.indicators.plausibility.queries import Scope
from services.indicators.plausibility.rules import Definition, Findings, SourceProtection
from services.indicators.recognition import queries as recognition
from services.indicators.recognition.rules import (
    ALWAYS,
    Meant,
    Policy,
    Town,
    areas_meant,
    indicator_meant,
    unknown_area,
    unknown_measure,
)

Tell = Callable[[Phase, int, int | None], Awaitable[None]]
"""Says how far the check has come: phase, done, of how many."""
_MOST_LISTED = 100
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


@dataclass(frozen=True)
class _Lists:
    """What the numbers of the working tables stand for."""

    indicators: list[str]
    areas: list[str]
    periods: list[int]
    breakdowns: list[int]
    meant_areas: list[Meant]
    meant_indicators: dict[int, str]

    @property
    def lengths(self) -> Lengths:
        lengths = (len(self.areas), len(self.periods), len(self.breakdowns))
        return Lengths(*(max(1, length) for length in lengths))


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
    town, known = await recognition.town(session), await looking.definitions(session)
    plausibility.of_file(checked.findings, checked.summary)
    lists = _lists(checked.summary, town, policy)
    numbers = await _fill(session, checked.summary, lists, known)
    await _unmatched(session, checked, lists, town, policy)
    matched = await queries.match(session, numbers, lists.lengths)
    await plausibility.repeated(session, checked.findings)
    scope = await looking.scope(session)
    await _look(session, checked, lists, known, tell)
    _cover(checked, lists, scope, today)
    await tell(Phase.keeping, 0, None)
    return await _keep(session, delivery, checked, lists, scope, rows, matched)


async def _counted(rows: AsyncIterator[bytes], tell: Tell) -> AsyncIterator[bytes]:
    done = 0
    async for part in rows:
        done += part.count(b"\n")
        await tell(Phase.reading, done, None)
        yield part


def _lists(summary: Summary, town: Town, policy: Policy) -> _Lists:
    meant_areas = list(areas_meant(summary.places, town))
    meant_indicators = {
        number: key
        for number, measure in enumerate(summary.measures)
        if (key := indicator_meant(measure, town, policy)) is not None
    }
    periods, breakdowns = summary.periods, summary.breakdowns
    return _Lists(
        indicators=sorted(set(meant_indicators.values())),
        areas=sorted({meant.area for meant in meant_areas}),
        periods=sorted(range(len(periods)), key=lambda n: (periods[n].end, periods[n].text)),
        breakdowns=sorted(range(len(breakdowns)), key=breakdowns.__getitem__),
        meant_areas=meant_areas,
        meant_indicators=meant_indicators,
    )


async def _fill(
    session: AsyncSession, summary: Summary, lists: _Lists, known: Mapping[str, Definition]
) -> Numbers:
    """Fill the small tables; what the numbers of the file mean in them."""
    source = SourceProtection(summary.protection_method, summary.protection_base)
    indicator = {key: number for number, key in enumerate(lists.indicators)}
    area = {key: number for number, key in enumerate(lists.areas)}
    period = {number: rank for rank, number in enumerate(lists.periods)}
    breakdown = {number: rank for rank, number in enumerate(lists.breakdowns)}
    lengths = [rules.length_class(span.start, span.end) for span in summary.periods]
    fill = partial(queries.fill, session)
    await fill(
        "an_indicator",
        ((n, key, *rules.limits(known[key], source)) for key, n in indicator.items()),
    )
    await fill("an_area", enumerate(lists.areas))
    await fill(
        "a_period",
        (
            (rank, number, *summary.periods[number], lengths[number])
            for number, rank in period.items()
        ),
    )
    await fill(
        "a_breakdown",
        ((rank, number, summary.breakdowns[number]) for number, rank in breakdown.items()),
    )
    await fill("meant_area", ((m.place, m.since, m.until, area[m.area]) for m in lists.meant_areas))
    await fill(
        "category",
        (
            (breakdown[part.part], breakdown[part.whole], part.dimension)
            for part in rules.parts(summary.breakdowns)
        ),
    )
    return Numbers(
        indicators=_by_number(
            summary.measures, ((n, indicator[key]) for n, key in lists.meant_indicators.items())
        ),
        areas=_by_number(
            summary.places,
            (
                (m.place, area[m.area] if (m.since, m.until) == ALWAYS else -1)
                for m in lists.meant_areas
            ),
        ),
        periods=_by_number(summary.periods, period.items()),
        lengths=lengths,
        breakdowns=_by_number(summary.breakdowns, breakdown.items()),
    )


def _by_number(listed: Sequence[Any], meant: Iterable[tuple[int, int]]) -> list[Any]:
    """A list as long as the one in the file, of what each entry means; None where nothing."""
    found: list[Any] = [None] * len(listed)
    for number, meaning in meant:
        found[number] = meaning
    return found


async def _unmatched(
    session: AsyncSession, checked: Checked, lists: _Lists, town: Town, policy: Policy
) -> None:
    """Name the places and measures that nobody knows."""
    summary, found = checked.summary, checked.findings
    always = {m.place for m in lists.meant_areas if (m.since, m.until) == ALWAYS}
    places = await queries.unmatched(
        session, "places", sorted(set(range(len(summary.places))) - always)
    )
    measures = await queries.unmatched(
        session, "measures", sorted(set(range(len(summary.measures))) - set(lists.meant_indicators))
    )
    checked.counts |= {"unknown_areas": len(places), "unknown_measures": len(measures)}
    checked.unknown_areas = [
        unknown_area(summary.places[place.number], place.rows, town)
        for place in places[:_MOST_LISTED]
    ]
    checked.unknown_measures = [
        unknown_measure(summary.measures[measure.number], measure.rows)
        for measure in measures[:_MOST_LISTED]
    ]
    whole = summary.all_or_nothing
    if whole or policy.unknown_areas is Unknown.refuse:
        for place in sorted(places, key=lambda place: place.line):
            code = summary.places[place.number].code
            detail = f"No area has the code {code!r}."
            found.add("area_unknown", detail, error=True, line=place.line, column="area")
    if whole or policy.unknown_measures is Unknown.refuse:
        for measure in sorted(measures, key=lambda measure: measure.line):
            hint = unknown_measure(summary.measures[measure.number], 1).hint
            found.add("measure_unknown", hint, error=True, line=measure.line, column="indicator")


async def _look(
    session: AsyncSession,
    checked: Checked,
    lists: _Lists,
    known: Mapping[str, Definition],
    tell: Tell,
) -> None:
    """Look at the figures in every way there is."""
    summary, found = checked.summary, checked.findings
    breadth = lists.lengths.periods * lists.lengths.breakdowns
    steps: list[Callable[[], Awaitable[None]]] = [
        partial(plausibility.measures, session, found, summary, lists.meant_indicators, known),
        partial(plausibility.sums, session, found, breadth, known),
        partial(plausibility.implausible, session, found),
        partial(plausibility.missing_areas, session, found),
        partial(plausibility.not_valid, session, found),
    ]
    for done, step in enumerate(steps):
        await tell(Phase.checking, done, len(steps))
        await step()


def _cover(checked: Checked, lists: _Lists, scope: Sequence[Scope], today: date) -> None:
    """What of which indicator and period the file holds."""
    periods = [checked.summary.periods[number] for number in lists.periods]
    plausibility.periods(checked.findings, scope, periods, lists.indicators, today)
    checked.counts["provisional"] = sum(part.provisional for part in scope)
    checked.covered = [
        (lists.indicators[part.indicator], periods[part.period]) for part in scope if part.figures
    ]


async def _keep(
    session: AsyncSession,
    delivery: str,
    checked: Checked,
    lists: _Lists,
    scope: Sequence[Scope],
    rows: int,
    matched: int,
) -> Checked:
    """Keep the figures for their release, unless something is wrong."""
    found, summary = checked.findings, checked.summary
    taking = summary.replaced or summary.deletions
    patterns = list(_patterns(checked, lists)) if summary.deletions else []
    if not matched and not taking and not found.errors:
        found.add("nothing", "The file holds no figure that can be taken.", error=True)
    counts = {"rows": summary.rows, "skipped": rows - matched, "figures": 0, "taken_back": 0}
    if not found.errors:
        kept = await queries.stage(session, delivery)
        figures = sum(part.figures for part in scope)
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
        counts |= {"figures": figures, "taken_back": taken}
        checked.diff = await queries.diff(session, delivery, lists.lengths, figures, _MOST_CHANGES)
    checked.counts |= counts | {"errors": found.errors, "warnings": found.warnings}
    return checked


def _patterns(checked: Checked, lists: _Lists) -> Iterable[Pattern]:
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
