"""Every statement on what is hidden and on what it could be inferred from."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.protection import ProtectionRule
from services.contracts.indicators.values import IndicatorKind
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.derivations.language.parser import parse
from services.indicators.derivations.language.syntax import indicators
from services.indicators.disclosure.linear import factors, quotient
from services.indicators.disclosure.rules import Definition, protection_needed
from services.indicators.disclosure.surroundings import queries as surroundings
from services.indicators.disclosure.surroundings.rules import parents_on
from services.kit.database import municipality_of
from services.kit.native import copy_into, native, statement

if TYPE_CHECKING:
    from services.indicators.disclosure.linked.figures import Figures, Place, Version
    from services.indicators.disclosure.linked.quotients import Quotient

_SLOW = 600.0
_HIDDEN = ("indicator", "area", "period_end", "period", "breakdown", "rule")
_TOLD = ("indicator", "area", "period_end", "period", "breakdown", "release_from", "release_to")


class Span(NamedTuple):
    """Figures of linked indicators from a day to a day."""

    indicators: frozenset[str]
    first: date
    last: date


async def catalogue(session: AsyncSession) -> tuple[dict[str, int], dict[str, Definition]]:
    """Of each indicator the revision, and how its figures are protected."""
    mine = col(IndicatorRow.municipality_id) == municipality_of(session).id
    rows = (await session.exec(select(IndicatorRow).where(mine))).all()
    rules = {row.key: ProtectionRule.model_validate(row.protection) for row in rows}
    single = {key for rule in rules.values() for key in (rule.largest, rule.second_largest)}
    definitions = {
        row.key: Definition(
            kind=cast("IndicatorKind", row.kind),
            rule=rules[row.key],
            factor=row.factor or Decimal(1),
            cases_per_unit=row.cases_per_unit,
            numerator=row.numerator or _parts(row)[0],
            denominator=row.denominator or _parts(row)[1],
            sums=(
                *(dict.fromkeys(parts, 1.0) for parts in rules[row.key].parts),
                *_sums(row),
            ),
            inputs=tuple(indicators(parse(row.formula))) if row.formula else (),
            contributes=row.key in single,
        )
        for row in rows
    }
    return {row.key: row.revision for row in rows}, definitions


def _sums(row: IndicatorRow) -> list[Mapping[str, float]]:
    """The sum that the indicator is by its formula."""
    found = factors(parse(row.formula)) if row.formula and row.kind == "count" else None
    return [found] if found else []


def _parts(row: IndicatorRow) -> tuple[str, str] | tuple[None, None]:
    """The sum and the cases of a mean whose formula is their quotient."""
    found = quotient(parse(row.formula)) if row.formula and row.kind == "mean" else None
    return found or (None, None)


async def begin(session: AsyncSession) -> None:
    """Make the working tables of linked protection."""
    await (await native(session)).execute(statement(__package__, "begin"))


async def moved(session: AsyncSession) -> list[tuple[str, int]]:
    """The indicators and years in which figures are protected anew."""
    rows = await (await native(session)).fetch(statement(__package__, "scope"))
    return [(row[0], row[1]) for row in rows]


async def reasons(session: AsyncSession, release: int | None) -> dict[str, int]:
    """How many figures are hidden now, or with a release, for which reason."""
    return {row[0]: row[1] for row in await _rows(session, "reasons", release)}


async def with_secrets(session: AsyncSession, spans: Iterable[Span], *, moving: bool) -> list[Span]:
    """Those of the spans in which anything is hidden or was, cut to the years in which it is.

    `moving`: or is about to be hidden with the release that is being made.
    """
    found = []
    for span in spans:
        years = {row[1] for row in await _rows(session, "secrets", *_asked(span))}
        if moving:
            years |= {row[1] for row in await _rows(session, "moving_secrets", *_asked(span))}
        found += [Span(span.indicators, date(y, 1, 1), date(y, 12, 31)) for y in sorted(years)]
    return found


async def figures(
    session: AsyncSession,
    span: Span,
    definitions: Mapping[str, Definition],
    *,
    until: int | None = None,
    release: int | None = None,
) -> "Figures":
    """The counts of the span in all their versions, raw and shown, and what links them.

    `until`: what is shown now counts as shown until that release. `release`: as if that one were
    the newest.
    """
    from services.indicators.disclosure.linked.figures import Figures, Surroundings
    from services.indicators.disclosure.linked.means import with_implied_sums
    from services.indicators.disclosure.linked.quotients import with_implied_cases

    counts = [
        key
        for key in span.indicators
        if definitions[key].kind == "count" and not definitions[key].contributes
    ]
    asked = _asked(span._replace(indicators=frozenset(counts)))
    raw = _until(release, _versions(await _rows(session, "raw", *asked), None))
    shown = _until(release, _versions(await _rows(session, "shown", *asked), until))
    days = {version.place.period_end for version in raw}
    versions = await surroundings.versions(session)
    linked = {key: definitions[key] for key in definitions if key in span.indicators}
    around = Surroundings(
        linked,
        {day: parents_on(versions, day) for day in days},
        await surroundings.levels(session),
        await surroundings.attributes(session),
    )
    found = Figures(raw, shown, around)
    quotients = [key for key in linked if linked[key].kind in ("rate", "ratio")]
    if quotients:
        raw_, shown_ = await _both(session, span, quotients, until, release)
        coming = {} if until is None else await _coming(session, quotients)
        found = with_implied_cases(found, raw_, shown_, coming)
    means = [key for key in linked if linked[key].kind in ("mean", "index")]
    if means:
        found = with_implied_sums(found, *await _both(session, span, means, until, release))
    return found


async def rates(
    session: AsyncSession,
    span: Span,
    definitions: Mapping[str, Definition],
    release: int | None,
) -> "list[tuple[Version, Decimal]]":
    """The shown versions of the quotients of the span, with their digits."""
    keys = [key for key in span.indicators if definitions[key].kind != "count"]
    found = await _rows(session, "shown_rates", keys, span.first, span.last)
    return [
        (version, value) for version, value in _quotients(found, None, release) if value is not None
    ]


async def dominated(
    session: AsyncSession, span: Span, definitions: Mapping[str, Definition]
) -> "dict[Place, float]":
    """Amounts that a rule of dominance hides, and how far off an estimate must be."""
    from services.indicators.disclosure.linked.figures import Place

    found = {}
    for key in sorted(span.indicators):
        rule = definitions[key].rule
        if rule.largest is None or definitions[key].kind != "count":
            continue
        asked = (key, rule.largest, rule.second_largest, span.first, span.last)
        for area, end, period, breakdown, value, *largest in await _rows(
            session, "amounts", *asked
        ):
            known = tuple(largest[: 2 if rule.second_largest else 1])
            needed = protection_needed(rule, value, known)
            if needed is not None:
                found[Place(key, area, end, period, breakdown)] = float(needed)
    return found


async def hide(
    session: AsyncSession, hidden: "Mapping[Place, str]", retracted: "Iterable[Version]"
) -> None:
    """Hide figures and what is computed from them; note which earlier versions told of them."""
    from services.indicators.disclosure.linked.quotients import unmarked

    await copy_into(session, "hidden", _HIDDEN, [(*place, why) for place, why in hidden.items()])
    rows = [(*unmarked(version.place), version.since, version.until) for version in retracted]
    await copy_into(session, "told", _TOLD, rows)
    connection = await native(session)
    await connection.execute("ANALYZE hidden")
    municipality, new = municipality_of(session).id, "INSERT 0 1"
    while new != "INSERT 0 0":
        new = await connection.execute(
            statement(__package__, "follow"), municipality, timeout=_SLOW
        )
    await connection.execute(statement(__package__, "hide"), municipality, timeout=_SLOW)


async def tell_less(session: AsyncSession, release: int) -> None:
    """Take back from earlier releases what is hidden now."""
    connection = await native(session)
    await connection.execute(
        statement(__package__, "tell_less"), municipality_of(session).id, release, timeout=_SLOW
    )


def _asked(span: Span) -> tuple[list[str], date, date]:
    return sorted(span.indicators), span.first, span.last


async def _rows(session: AsyncSession, name: str, *values: Any) -> Collection[Any]:
    connection = await native(session)
    sql = statement(__package__, name)
    rows: Collection[Any] = await connection.fetch(
        sql, municipality_of(session).id, *values, timeout=_SLOW
    )
    return rows


def _versions(rows: Iterable[Any], until: int | None) -> "list[Version]":
    from services.indicators.disclosure.linked.figures import Place, Version

    return [
        Version(Place(*row[:5]), row[5], until if row[6] is None else row[6], *row[7:])
        for row in map(tuple, rows)
    ]


async def _coming(session: AsyncSession, rates: Collection[str]) -> "dict[Place, Decimal]":
    """What of these rates the release shows that is being made, by their own rules."""
    from services.indicators.disclosure.linked.figures import Place

    rows = await (await native(session)).fetch(statement(__package__, "coming_rates"), rates)
    return {Place(*row[:5]): row[5] for row in map(tuple, rows)}


async def _both(
    session: AsyncSession, span: Span, keys: Collection[str], until: int | None, release: int | None
) -> "tuple[list[Quotient], list[Quotient]]":
    """Of rates or means every raw and every shown version, with their digits."""
    asked = _asked(span._replace(indicators=frozenset(keys)))
    return (
        _quotients(await _rows(session, "raw_rates", *asked), None, release),
        _quotients(await _rows(session, "shown_rates", *asked), until, release),
    )


def _quotients(rows: Collection[Any], until: int | None, release: int | None) -> "list[Quotient]":
    """Versions of rates or means, each with its digits."""
    digits = [row[7] for row in rows]
    versions = _versions([(*row[:7], None, *row[8:]) for row in map(tuple, rows)], until)
    pairs = zip(versions, digits, strict=True)
    return [(kept, value) for version, value in pairs for kept in _until(release, [version])]


def _until(release: int | None, versions: "list[Version]") -> "list[Version]":
    """The versions as they stood when this release was the newest."""
    if release is None:
        return versions
    return [
        version
        if version.until is None or version.until <= release
        else version._replace(until=None)
        for version in versions
        if version.since <= release
    ]
