"""The one question asked of what was published of participants."""

from datetime import date

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.participation import ParticipationRow
from services.kit.database import municipality_of
from services.kit.native import statement
from services.kit.sql import run
from services.projects.participant_figures.rules import Period, Published


async def published(session: AsyncSession, grant: str, on: date) -> Published | None:
    """Who takes part in the project of a grant, as everybody could read it on a day; None where
    nobody is counted."""
    values = {"town": municipality_of(session).id, "grant": grant, "on": on}
    row = (await run(session, text(statement(__package__, "published")), values)).one_or_none()
    if row is None:
        return None
    return Published(
        edition=row.number,
        rows=[ParticipationRow.model_validate(one) for one in row.rows],
        others=[Period.of(one["starts_on"], one["ends_on"]) for one in row.others],
    )
