"""Look at the figures of a check from every side, and note what is wrong with them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.deliveries.formats import Severity, Span, Summary
from services.indicators.plausibility import queries
from services.indicators.plausibility.queries import Scope
from services.indicators.plausibility.rules import Definition, Findings, unit_contradicts

_MOST = 50
_STORED = "_stored"
_SHORT = 4
"""Other figures that a series needs to have a spread."""


def of_file(found: Findings, summary: Summary) -> None:
    """What the parser noted: some of it in full, all of it counted."""
    for issue in summary.issues:
        error = issue.severity is Severity.error
        found.add(issue.code, issue.detail, error=error, line=issue.line, column=issue.column)
    # The parser counts what it has no room to list; by severity, and apart from that by code.
    found.errors += summary.errors - sum(i.severity is Severity.error for i in summary.issues)
    found.warnings += summary.warnings - sum(i.severity is Severity.warning for i in summary.issues)
    for code, times in summary.counts.items():
        found.counts[code] = max(found.counts[code], times)


async def repeated(session: AsyncSession, found: Findings) -> None:
    """The same figure twice is a warning, two different figures for one place are an error."""
    again = await queries.repeated(session, _MOST)
    for one in again:
        detail = f"The figure stands on line {one.first_line} already"
        detail += " and is another." if one.differs else "."
        found.add("repeated", detail, error=one.differs, line=one.line)
    if again:
        errors = sum(one.differs for one in again)
        found.count("repeated", again[0].all_that_differ - errors, error=True)
        found.count("repeated", again[0].all_that_do_not - len(again) + errors)


async def measures(
    session: AsyncSession,
    found: Findings,
    summary: Summary,
    meant: Mapping[int, str],
    known: Mapping[str, Definition],
) -> None:
    """Units that plainly say that something else is counted, and what is not delivered at all."""
    for number, key in meant.items():
        if known[key].computed:
            detail = f"{key} is computed from others at release; deliver those."
            line = await queries.first_line(session, number)
            found.add("computed", detail, error=True, line=line)
        unit = summary.measures[number].unit
        if unit_contradicts(unit, known[key]):
            detail = f"The file counts {key} in {unit!r}, which is not the indicator's unit."
            line = await queries.first_line(session, number)
            found.add("unit_differs", detail, line=line)


async def computed(session: AsyncSession, found: Findings, left_out: Mapping[int, str]) -> None:
    """Figures that are computed at release and were left out; what differs from what is shown."""
    if not left_out:
        return
    for part in await queries.computed(session, left_out):
        detail = (
            f"{part['rows']} rows of {part['indicator']} are left out: it is computed from others "
            "at release."
        )
        found.add("computed", detail, line=part["line"])
    others = await queries.computed_otherwise(session, left_out, _MOST)
    for other in others:
        detail = "The figure is computed and shown as another; correct what it is computed from."
        numbers = {"value": other["value"], "shown": other["shown"]}
        found.add(
            "computed_differs",
            detail,
            line=other["line"],
            place=_place(other),
            numbers=numbers,
        )
    _count_rest(found, "computed_differs", others)


async def sums(
    session: AsyncSession,
    found: Findings,
    breadth: int,
    known: Mapping[str, Definition],
    *,
    stored: bool,
) -> None:
    """Areas against the area they are part of, categories against their total.

    What the file leaves out counts as it is shown, where anything is `stored`. Such a sum never
    refuses a file: what is missing may follow in the next.
    """
    await queries.add_up(session, breadth)
    if stored:
        await queries.add_up_stored(session)
    for sum_ in await queries.broken_sums(session, _MOST):
        in_file = not sum_["kind"].endswith(_STORED)
        strict = in_file and known[sum_["indicator"]].checks.sums == "strict"
        code = f"sum_{sum_['kind']}"
        if sum_["sums"] > 1 and 2 * sum_["wrong"] > sum_["sums"] and not strict:
            if sum_["rank"] == 1:
                detail = _no_partition(sum_)
                found.add(f"{code}_differ", detail, line=sum_["line"], place=_place(sum_))
            continue
        found.add(
            code,
            _broken(sum_),
            error=strict,
            line=sum_["line"],
            place=_place(sum_),
            numbers={
                "total": sum_["total"],
                "sum": sum_["sum"],
                "parts": sum_["parts"],
                "tolerance": sum_["tolerance"],
            },
        )
        if sum_["rank"] == _MOST:
            found.count(code, sum_["wrong"] - _MOST, error=strict)


def _broken(sum_: Mapping[str, Any]) -> str:
    partly = ", partly as they are shown," if sum_["kind"].endswith(_STORED) else ""
    return (
        f"The {sum_['parts']} {_what(sum_)} {sum_['subject']}{partly} do not add up to "
        f"{sum_['area']} in {sum_['period']}."
    )


def _what(sum_: Mapping[str, Any]) -> str:
    return "areas of the level" if sum_["kind"].startswith("areas") else "categories of"


def _no_partition(sum_: Mapping[str, Any]) -> str:
    return (
        f"The {_what(sum_)} {sum_['subject']} are no partition of the total of "
        f"{sum_['indicator']}: {sum_['wrong']} of {sum_['sums']} sums differ from it."
    )


async def negative(
    session: AsyncSession,
    found: Findings,
    scope: Sequence[Scope],
    known: Mapping[str, Definition],
) -> None:
    """Counts below zero: nobody counts fewer than none."""
    if not any(part.negative for part in scope):
        return
    counts = await queries.negative(session, _MOST)
    for count in counts:
        strict = known[count["indicator"]].checks.negative == "strict"
        found.add(
            "negative",
            "A count is below zero.",
            error=strict,
            line=count["line"],
            place=_place(count),
            numbers={"value": count["value"]},
        )
    _count_rest(found, "negative", counts)


async def implausible(session: AsyncSession, found: Findings) -> None:
    """Figures that jump out of their series; a warning with the numbers, never an error."""
    jumps = await queries.implausible(session, _MOST)
    for jump in jumps:
        found.add(
            "implausible",
            _jump(jump["others"]),
            line=jump["line"],
            place=_place(jump),
            numbers={
                name: jump[name] for name in ("before", "value", "z_score", "modified_z_score")
            },
        )
    _count_rest(found, "implausible", jumps)


def _jump(others: int) -> str:
    if others < _SHORT:
        return (
            "The figure is many times that of the period before, or a small part of it; its "
            f"series has {others} other figures and tells no more."
        )
    return (
        f"The figure lies outside of the {others} others of its series "
        "and changed much against the period before."
    )


async def missing_areas(session: AsyncSession, found: Findings) -> None:
    """Areas that had a figure in the last period and have none now."""
    gaps = await queries.missing_areas(session, _MOST)
    for gap in gaps:
        detail = (
            f"{gap['area']} ({gap['level']}) had a figure of {gap['indicator']} in the last "
            f"period and has none in {gap['period']}."
        )
        found.add("area_missing", detail, place={**_place(gap), "breakdown": ""})
    _count_rest(found, "area_missing", gaps)


async def not_valid(session: AsyncSession, found: Findings) -> None:
    """Values for areas that did not exist on the last day of the period (Gebietsstand)."""
    ghosts = await queries.not_valid(session, _MOST)
    for ghost in ghosts:
        detail = f"{ghost['area']} did not exist at the end of {ghost['period']}."
        found.add("area_not_valid", detail, line=ghost["line"], place=_place(ghost))
    _count_rest(found, "area_not_valid", ghosts)


def periods(
    found: Findings,
    scope: Sequence[Scope],
    spans: Sequence[Span],
    indicators: Sequence[str],
    today: date,
) -> None:
    """Values of periods that have not ended yet, provisional figures, and those that are hidden."""
    for part in scope:
        key, span = indicators[part.indicator], spans[part.period]
        if part.valued and span.end > today:
            detail = f"{part.valued} values of {key} are of {span.text}, which has not ended yet."
            found.add("period_in_future", detail, line=part.line)
        if part.provisional:
            detail = f"{part.provisional} figures of {key} for {span.text} are provisional."
            found.add("provisional", detail, line=part.line)
        if part.hidden:
            detail = f"{part.hidden} figures of {key} for {span.text} are hidden in the file;"
            found.add("hidden", f"{detail} what is stored of them stays.", line=part.line)


def _place(row: Mapping[str, Any]) -> dict[str, str]:
    names = ("indicator", "area", "period", "breakdown")
    return {name: row[name] for name in names if name in row}


def _count_rest(found: Findings, code: str, listed: Sequence[Mapping[str, Any]]) -> None:
    if listed:
        found.count(code, listed[0]["all_of_them"] - len(listed))
