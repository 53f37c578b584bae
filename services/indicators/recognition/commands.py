"""Put the codes of a file beside what the town knows: once for each code, never for each row."""

from asyncio import to_thread
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import prod
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.deliveries import Unknown
from services.contracts.indicators.delivery_findings import UnknownArea, UnknownMeasure
from services.indicators.deliveries.formats import FileRefused, Summary
from services.indicators.plausibility import rules
from services.indicators.plausibility.rules import Definition, Findings, SourceProtection
from services.indicators.recognition import queries
from services.indicators.recognition.queries import Lengths, Numbers, Unmatched
from services.indicators.recognition.rules import (
    ALWAYS,
    Meant,
    Policy,
    Town,
    areas_meant,
    indicator_meant,
    unknown_area,
    unknown_measure,
    why_not_one,
)

_MOST_LISTED = 100
_MOST_PLACES = 2**63
"""A place is one whole number of the database."""


@dataclass(frozen=True)
class Lists:
    """What the numbers of the working tables stand for."""

    indicators: list[str]
    areas: list[str]
    periods: list[int]
    breakdowns: list[int]
    meant_areas: list[Meant]
    meant_indicators: dict[int, str]
    computed: dict[int, str]
    """Measures that are left out: they are computed from others that the file holds as well."""

    @property
    def lengths(self) -> Lengths:
        lengths = (len(self.areas), len(self.periods), len(self.breakdowns))
        return Lengths(*(max(1, length) for length in lengths))


def listed(summary: Summary, town: Town, policy: Policy, known: Mapping[str, Definition]) -> Lists:
    """Match the codes of a file. Refuses (FileRefused) more combinations than can be numbered.

    What is computed from others is left out beside them, as it stands in our own exports. Alone
    it stays: then the file holds nothing else, and that is said of it.
    """
    meant_areas = list(areas_meant(summary.places, town))
    meant_indicators = {
        number: key
        for number, measure in enumerate(summary.measures)
        if (key := indicator_meant(measure, town, policy)) is not None
    }
    computed = {n: key for n, key in meant_indicators.items() if known[key].computed}
    if len(computed) < len(meant_indicators):
        meant_indicators = {n: k for n, k in meant_indicators.items() if n not in computed}
    else:
        computed = {}
    periods, breakdowns = summary.periods, summary.breakdowns
    lists = Lists(
        indicators=sorted(set(meant_indicators.values())),
        areas=sorted({meant.area for meant in meant_areas}),
        periods=sorted(range(len(periods)), key=lambda n: (periods[n].end, periods[n].text)),
        breakdowns=sorted(range(len(breakdowns)), key=breakdowns.__getitem__),
        meant_areas=meant_areas,
        meant_indicators=meant_indicators,
        computed=computed,
    )
    if len(lists.indicators) * prod(lists.lengths) >= _MOST_PLACES:
        raise FileRefused("too_many_codes", "The file is about too many different things at once.")
    return lists


async def fill(
    session: AsyncSession, summary: Summary, lists: Lists, known: Mapping[str, Definition]
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


def columns(summary: Summary, lists: Lists) -> Callable[[Mapping[str, Any]], str | None]:
    """In which column of the file a figure stands, by indicator, period and breakdown."""
    if summary.value_column is not None:
        return lambda _: summary.value_column
    period = {span.text: number for number, span in enumerate(summary.periods)}
    breakdown = {text: number for number, text in enumerate(summary.breakdowns)}
    measures: dict[str, list[int]] = {}
    for number, key in (lists.meant_indicators | lists.computed).items():
        measures.setdefault(key, []).append(number)
    named = {tuple(one[:3]): one.column for one in summary.value_columns}

    def find(figure: Mapping[str, Any]) -> str | None:
        part = period.get(figure["period"]), breakdown.get(figure.get("breakdown", ""))
        of_it = measures.get(figure["indicator"], ())
        places = [place for number in of_it for place in ((number, *part), (number, None, None))]
        return next((named[place] for place in places if place in named), None)

    return find


@dataclass(frozen=True)
class Unknowns:
    """What nobody knows: the most frequent, and how many there are."""

    areas: list[UnknownArea]
    measures: list[UnknownMeasure]
    counts: dict[str, int]


async def unmatched(
    session: AsyncSession,
    found: Findings,
    summary: Summary,
    lists: Lists,
    town: Town,
    policy: Policy,
) -> Unknowns:
    """Name the places and measures that nobody knows."""
    always = {m.place for m in lists.meant_areas if (m.since, m.until) == ALWAYS}
    places = await queries.unmatched(
        session, "places", sorted(set(range(len(summary.places))) - always)
    )
    measures = await queries.unmatched(
        session,
        "measures",
        sorted(set(range(len(summary.measures))) - {*lists.meant_indicators, *lists.computed}),
    )
    refuse = summary.all_or_nothing or policy.unknown_areas is Unknown.refuse
    for place in _by_line(places):
        told = summary.places[place.number]
        where: dict[str, Any] = {"line": place.line, "column": summary.area_column}
        several = why_not_one(told, town)
        if several:
            found.add("area_ambiguous", several, error=refuse, **where)
        elif refuse:
            what = f"name {told.label!r}" if told.named else f"code {told.code!r}"
            found.add("area_unknown", f"No area has the {what}.", error=True, **where)
    if summary.all_or_nothing or policy.unknown_measures is Unknown.refuse:
        for measure in _by_line(measures):
            hint = unknown_measure(summary.measures[measure.number], 1).hint
            found.add("measure_unknown", hint, error=True, line=measure.line, column="indicator")
    return await to_thread(_unknowns, summary, places, measures, town)


def _by_line(unmatched: Iterable[Unmatched]) -> list[Unmatched]:
    return sorted(unmatched, key=lambda one: one.line)


def _unknowns(
    summary: Summary, places: Sequence[Unmatched], measures: Sequence[Unmatched], town: Town
) -> Unknowns:
    """With suggestions: to compare a hundred codes with all areas takes a moment."""
    return Unknowns(
        areas=[
            unknown_area(summary.places[place.number], place.rows, town)
            for place in places[:_MOST_LISTED]
        ],
        measures=[
            unknown_measure(summary.measures[measure.number], measure.rows)
            for measure in measures[:_MOST_LISTED]
        ],
        counts={"unknown_areas": len(places), "unknown_measures": len(measures)},
    )
