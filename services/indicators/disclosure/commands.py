"""What is done to keep linked figures secret."""

from asyncio import to_thread
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.disclosure import queries
from services.indicators.disclosure.groups import groups
from services.indicators.disclosure.queries import Span
from services.indicators.disclosure.rules import Definition
from services.kit.problems import Conflict

if TYPE_CHECKING:
    from services.indicators.disclosure.linked.decision import Decision
    from services.indicators.disclosure.linked.figures import Figures, Place, Version

_SECONDS = 12.0
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

    Looks at every figure that is linked with one that moves; raises Unprotectable (409) where the
    rules of linked figures contradict each other.
    """
    await queries.begin(session)
    spans = await queries.with_secrets(session, _spans(await queries.moved(session), definitions))
    if not spans:
        return
    hidden: dict[Place, str] = {}
    retracted: list[Version] = []
    for span in spans:
        figures = await queries.figures(session, span, definitions, until=release)
        amounts = await queries.dominated(session, span, definitions)
        decision = await to_thread(_decide, figures, amounts, _SECONDS / len(spans))
        if decision.unprotected:
            raise Unprotectable(_told(decision.unprotected))
        hidden.update(decision.hidden)
        retracted += decision.retracted
    await queries.hide(session, hidden, retracted)


def _decide(figures: "Figures", amounts: "Mapping[Place, float]", seconds: float) -> "Decision":
    from services.indicators.disclosure.linked.decision import decide

    return decide(figures, amounts, seconds)


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
    named = [f"{p.indicator} of {p.area}, {p.period} {p.breakdown}".strip() for p in places]
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return f"Whatever else is hidden, this can be calculated: {'; '.join(named[:3])}{more}."
