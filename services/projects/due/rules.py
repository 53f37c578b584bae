"""Deadlines of projects, in words: pure functions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.contracts.shared.base import Language, Texts
from services.contracts.shared.deadlines import DeadlineKind, Due
from services.kit.deadlines import phrase

Words = Mapping[Language, str]
_ALL: tuple[Language, ...] = ("de", "en", "it")
TITLE: Words = dict.fromkeys(_ALL, "{title}")
GRANT: Words = {"de": "Zuwendung {grant}", "en": "Grant {grant}", "it": "Contributo {grant}"}
TARGET: Words = {
    "de": "Zielwert fällig: {title}",
    "en": "Target due: {title}",
    "it": "Obiettivo in scadenza: {title}",
}
GRANT_END: Words = {
    "de": "Bewilligungszeitraum endet: {title}",
    "en": "Funding period ends: {title}",
    "it": "Fine del periodo di finanziamento: {title}",
}
POSITION_END: Words = {
    "de": "Stelle endet: {title}",
    "en": "Position ends: {title}",
    "it": "Fine del posto: {title}",
}
MEASURE_END: Words = {
    "de": "Maßnahme endet: {title}",
    "en": "Measure ends: {title}",
    "it": "Fine della misura: {title}",
}
REVIEW: Words = {
    "de": "Fortschreibung prüfen: {title}",
    "en": "Review due: {title}",
    "it": "Aggiornamento da verificare: {title}",
}


def due(
    kind: DeadlineKind,
    row: Any,
    on: date,
    title: Texts,
    *,
    done: bool,
    what: str,
    path: str,
    responsible: Sequence[str] = (),
    clause: str | None = None,
    reason: Texts | None = None,
) -> Due:
    """A deadline of one row."""
    return Due(
        id=f"{kind}/{row.key}",
        kind=kind,
        on=on,
        title=title,
        what=f"{what}:{row.key}",
        path=f"{path}/{row.key}",
        responsible=responsible,
        done=done,
        clause=clause,
        reason=reason,
        starts_at=None,
        revision=row.revision,
        changed_at=row.changed_at,
    )


def obligation(row: Any) -> Due:
    """An obligation, with the clauses from which it follows."""
    who = [key for key in (row.responsible, row.substitute) if key is not None]
    return due(
        DeadlineKind.obligation,
        row,
        row.due_on,
        phrase(TITLE, title=row.title),
        done=row.state == "done",
        what="obligation",
        path="obligations",
        responsible=[f"account:{key}" for key in who],
        clause="; ".join(clause["text"] for clause in row.clauses) or None,
        reason=phrase(GRANT, grant=row.grant),
    )


def organisation(key: str | None, *, shown: bool) -> list[str]:
    """Whoever has to act, if the reader may see them."""
    return [f"organisation:{key}"] if key is not None and shown else []
