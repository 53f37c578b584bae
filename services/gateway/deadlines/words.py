"""Deadlines as entries of a calendar program, in the language of its reader: pure functions."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from services.contracts.gateway.deadlines import DeadlineState
from services.contracts.shared.base import Language
from services.contracts.shared.deadlines import Due
from services.gateway.deadlines import rules
from services.gateway.deadlines.rules import Question
from services.kit import calendars, writing

NAME: Mapping[Language, str] = {"de": "Fristen", "en": "Deadlines", "it": "Scadenze"}
_STATES: Mapping[DeadlineState, Mapping[Language, str]] = {
    DeadlineState.open: {"de": "offen", "en": "to come", "it": "da fare"},
    DeadlineState.due_soon: {"de": "bald fällig", "en": "due soon", "it": "in scadenza"},
    DeadlineState.overdue: {"de": "überfällig", "en": "overdue", "it": "scaduto"},
    DeadlineState.done: {"de": "erledigt", "en": "done", "it": "fatto"},
}
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""For what has no row of its own: programs compare it, and it must not change with each read."""


def calendar(
    due: Iterable[Due], question: Question, town: str, base: str | None, language: Language
) -> bytes:
    """A calendar to download or to follow; `base` is the public address of the installation."""
    return calendars.calendar(NAME[language], _entries(due, question, town, base, language))


def _entries(
    due: Iterable[Due], question: Question, town: str, base: str | None, language: Language
) -> Iterator[calendars.Entry]:
    for one in due:
        state = rules.state(one.on, question.today, question.soon, done=one.done)
        reason = writing.text(one.reason, language)
        said = [_STATES[state][language], reason, one.clause, ", ".join(one.responsible)]
        yield calendars.Entry(
            id=uuid5(NAMESPACE_URL, f"planraum:{town}:{one.id}"),
            revision=one.revision,
            changed_at=one.changed_at or _LONG_AGO,
            starts=one.starts_at or one.on,
            summary=writing.text(one.title, language),
            status="CONFIRMED",
            description="\n".join(part for part in said if part),
            url=f"{base}/v1/{town}/{one.path}" if base is not None else None,
        )
