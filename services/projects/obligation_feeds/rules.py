"""Obligations as entries of a calendar: pure functions."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from services.contracts.projects.obligations import LEAD_DAYS
from services.contracts.shared.base import Language
from services.kit import calendars
from services.kit.writing import text
from services.projects.obligations.tables import ObligationRow

_NAMES: dict[Language, str] = {"de": "Fristen", "en": "Deadlines", "it": "Scadenze"}


def calendar(due: Iterable[ObligationRow], language: Language) -> bytes:
    """A calendar of whole days, each with the clause it follows from, which rings in time."""
    return calendars.calendar(_NAMES[language], _entries(due, language))


def _entries(due: Iterable[ObligationRow], language: str) -> Iterator[calendars.Entry]:
    for one in due:
        if one.due_on is None:
            continue
        title = text(one.title, language)
        yield calendars.Entry(
            id=one.id,
            revision=one.revision,
            changed_at=one.changed_at,
            starts=one.due_on,
            summary=f"{title} ({one.grant})",
            description="; ".join(clause["text"] for clause in one.clauses) or None,
            status="CONFIRMED",
            reminders=[timedelta(days=days) for days in LEAD_DAYS],
        )
