"""Every question asked for follow-ups."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.participants import DueFollowUp
from services.projects.participant_follow_ups import rules
from services.projects.participants.queries import left


async def due(session: AsyncSession, on: date, until: date | None) -> list[DueFollowUp]:
    """What is still to be asked, the earliest first."""
    found = [
        one
        for whole in await left(session, date.min)
        for one in rules.due(whole.row.key, whole.leaving, whole.later, on)
        if until is None or one.due_on <= until
    ]
    return sorted(found, key=lambda one: (one.due_on, one.participant, one.kind))
