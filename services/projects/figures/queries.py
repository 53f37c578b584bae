"""The figures of a grant, computed from what is stored."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.explanations import Explanation, GrantFigures
from services.kit.problems import NotFound
from services.projects.attainments import queries as attainments
from services.projects.explanations.words import text_of
from services.projects.figures import rules
from services.projects.grant_facts import queries as facts
from services.projects.participant_figures import queries as participant_figures
from services.projects.participant_figures import rules as participants
from services.projects.participant_figures.rules import Period
from services.projects.target_figures import rules as target_figures


async def of_grant(session: AsyncSession, key: str, on: date) -> GrantFigures:
    """Every figure of a grant on a day."""
    known = await facts.of(session, key, on)
    progress = await attainments.of_the_grant(session, known.grant, on)
    people = await participant_figures.published(session, known.grant, on)
    found = [
        *rules.all_figures(known),
        *target_figures.figures(progress, known.outputs, known.spent),
        *participants.figures(people, Period.of(known.starts_on, known.ends_on), known.spent),
    ]
    session.info.pop("revision", None)  # it is of a row, the answer is of a day
    return GrantFigures(
        grant=known.grant,
        on=on,
        notice=known.notice,
        unverified=rules.unverified(found),
        figures=found,
    )


async def explained(
    session: AsyncSession, key: str, figure: str, on: date, scope: str | None
) -> Explanation:
    """One figure of a grant on a day, explained; 404 when the grant has none of this name."""
    every = await of_grant(session, key, on)
    found = [one for one in every.figures if one.key == figure and scope in (None, one.scope)]
    if not found:
        names = ", ".join(sorted({one.key for one in every.figures}))
        raise NotFound(f"This grant has no such figure on that day; it has {names}.")
    return Explanation(grant=every.grant, on=on, text=text_of(found[0]), figures=found)
