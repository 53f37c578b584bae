"""What is done to keep linked figures secret."""

from asyncio import to_thread
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.disclosure import DisclosureAudit, InferredFigure
from services.indicators.disclosure import queries
from services.indicators.disclosure.groups import groups
from services.indicators.disclosure.queries import Span
from services.indicators.disclosure.rules import Definition
from services.indicators.disclosure.surroundings import queries as surroundings
from services.indicators.periods import FIRST_YEAR, LAST_YEAR
from services.kit.problems import Conflict

if TYPE_CHECKING:
    from services.indicators.disclosure.linked.attack import Findings, Inferred
    from services.indicators.disclosure.linked.decision import Decision
    from services.indicators.disclosure.linked.figures import Figures, Place, Version

_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
_SECONDS = 8.0
"""Time for looking for fewer figures to hide, when all demands are met."""


class Unprotectable(Conflict):
    title = "A figure cannot be protected"
    explanation = (
        "Its rule hides it, and figures that others leave open tell it. Change one of the rules."
    )


async def protect_linked(
    session: AsyncSession, definitions: Mapping[str, Definition], release: int
) -> None:
    """Hide, beside the figures that their own rule hides, those that would tell them.

    Looks at every figure that is linked with one that moves, or whose sums are others since areas
    or attributes have moved; raises Unprotectable (409) where the rules of linked figures
    contradict each other.
    """
    await queries.begin(session)
    change, trees = await surroundings.changed(session)
    touched = await surroundings.touched(session, change)
    moved = _spans({*await queries.moved(session), *touched}, definitions)
    await surroundings.checked(session, release, trees)
    spans = await queries.with_secrets(session, moved, moving=True)
    if not spans:
        return
    hidden: dict[Place, str] = {}
    retracted: list[Version] = []
    for span in spans:
        figures = await queries.figures(session, span, definitions, until=release)
        amounts = await queries.dominated(session, span, definitions)
        decision = await to_thread(_decide, figures, amounts, _SECONDS / len(spans), release)
        if decision.unprotected:
            raise Unprotectable(_told(decision.unprotected))
        hidden.update(_reasons(decision, definitions))
        retracted += decision.retracted
    await queries.hide(session, hidden, retracted)


def _reasons(decision: "Decision", definitions: Mapping[str, Definition]) -> "dict[Place, str]":
    from services.indicators.disclosure.linked.quotients import reasons

    return reasons(decision.hidden, definitions)


async def audit(session: AsyncSession, release: int | None = None) -> DisclosureAudit:
    """What an outsider can infer from everything that is shown, up to a release or until now."""
    _, definitions = await queries.catalogue(session)
    change, _ = await surroundings.changed(session)
    every = {Span(group, _FIRST, _LAST) for group in groups(definitions).values()}
    hidden, secrets, problems = 0, 0, []
    for span in await queries.with_secrets(
        session, sorted(every, key=lambda span: sorted(span.indicators)), moving=False
    ):
        figures = await queries.figures(session, span, definitions, release=release)
        rates = await queries.rates(session, span, definitions, release)
        amounts = await queries.dominated(session, span, definitions)
        found = await to_thread(_examine, figures, rates, amounts)
        hidden, secrets = hidden + found.hidden, secrets + found.secrets
        problems += [_problem(one) for one in found.problems]
    return DisclosureAudit(
        release=release,
        safe=not problems,
        hidden=hidden,
        secrets=secrets,
        reasons=await queries.reasons(session, release),
        problems=problems,
        unchecked_areas=list(change.areas),
        unchecked_dimensions=list(change.dimensions),
    )


def _examine(
    figures: "Figures",
    rates: "list[tuple[Version, Decimal]]",
    amounts: "Mapping[Place, float]",
) -> "Findings":
    from services.indicators.disclosure.linked.attack import examine

    return examine(figures, rates, amounts)


def _problem(found: "Inferred") -> InferredFigure:
    from services.indicators.disclosure.linked.quotients import unmarked

    place = unmarked(found.place)
    return InferredFigure(
        indicator=place.indicator,
        area=place.area,
        period=place.period,
        breakdown=place.breakdown,
        reason=found.reason,
        lower=found.low,
        upper=found.high,
        expected_lower=found.demanded_low,
        expected_upper=found.demanded_high,
        from_reasons=found.from_reasons,
    )


def _decide(
    figures: "Figures", amounts: "Mapping[Place, float]", seconds: float, release: int
) -> "Decision":
    """What to hide; looked at by the eyes of an outsider before it is stored."""
    from services.indicators.disclosure.linked.attack import examine
    from services.indicators.disclosure.linked.decision import decide, released

    decision = decide(figures, amounts, seconds)
    if decision.unprotected:
        return decision
    found = examine(released(figures, decision, release), [], amounts)
    return replace(decision, unprotected=[one.place for one in found.problems])


def _spans(moved: Iterable[tuple[str, int]], definitions: Mapping[str, Definition]) -> list[Span]:
    """What is to be looked at: by group of linked indicators, from the first to the last year."""
    of = groups(definitions)
    years: dict[frozenset[str], set[int]] = {}
    for indicator, year in moved:
        years.setdefault(of[indicator], set()).add(year)
    return [
        Span(group, date(min(found), 1, 1), date(max(found), 12, 31))
        for group, found in years.items()
    ]


def _told(places: "Iterable[Place]") -> str:
    from services.indicators.disclosure.linked.quotients import unmarked

    named = [
        f"{p.indicator} of {p.area}, {p.period} {p.breakdown}".strip()
        for p in map(unmarked, places)
    ]
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return f"Whatever else is hidden, this can be calculated: {'; '.join(named[:3])}{more}."
