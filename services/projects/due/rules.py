"""Deadlines of projects, in words: pure functions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.contracts.projects.measure_targets import MeasureTarget
from services.contracts.projects.measures import Measure, MeasureState
from services.contracts.shared.base import Language, Texts
from services.contracts.shared.deadlines import DeadlineKind, Due
from services.kit.deadlines import phrase

Words = Mapping[Language, str]
_ALL: tuple[Language, ...] = ("de", "en", "it")
_PLAIN: Words = dict.fromkeys(_ALL, "{title}")
_GRANT: Words = {"de": "Zuwendung {grant}", "en": "Grant {grant}", "it": "Contributo {grant}"}
_FIGURE: Words = dict.fromkeys(_ALL, "{indicator}, {area}")
_TITLES: Mapping[DeadlineKind, Words] = {
    DeadlineKind.target: {
        "de": "Zielwert fällig: {title}",
        "en": "Target due: {title}",
        "it": "Obiettivo in scadenza: {title}",
    },
    DeadlineKind.grant_end: {
        "de": "Bewilligungszeitraum endet: {title}",
        "en": "Funding period ends: {title}",
        "it": "Fine del periodo di finanziamento: {title}",
    },
    DeadlineKind.position_end: {
        "de": "Stelle endet: {title}",
        "en": "Position ends: {title}",
        "it": "Fine del posto: {title}",
    },
    DeadlineKind.measure_end: {
        "de": "Maßnahme endet: {title}",
        "en": "Measure ends: {title}",
        "it": "Fine della misura: {title}",
    },
    DeadlineKind.review: {
        "de": "Fortschreibung prüfen: {title}",
        "en": "Review due: {title}",
        "it": "Aggiornamento da verificare: {title}",
    },
}
_WHAT = {
    DeadlineKind.target: "target_period",
    DeadlineKind.grant_end: "grant",
    DeadlineKind.position_end: "position",
    DeadlineKind.measure_end: "measure",
    DeadlineKind.review: "strategy",
}
"""What it is a deadline of, where that has another name than the deadline."""


def due(
    kind: DeadlineKind,
    row: Any,
    on: date,
    title: Texts,
    *,
    done: bool,
    path: str,
    responsible: Sequence[str] = (),
    clause: str | None = None,
) -> Due:
    """A deadline of one row; of a grant and what follows from one it says which grant."""
    grant = {
        DeadlineKind.obligation: lambda: row.grant,
        DeadlineKind.grant_end: lambda: row.reference or row.key,
    }.get(kind)
    return Due(
        id=f"{kind}/{row.key}",
        kind=kind,
        on=on,
        title=phrase(_TITLES.get(kind, _PLAIN), title=title),
        what=f"{_WHAT.get(kind, kind)}:{row.key}",
        path=f"{path}/{row.key}",
        responsible=responsible,
        done=done,
        clause=clause,
        reason=phrase(_GRANT, grant=grant()) if grant is not None else None,
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
        row.title,
        done=row.state == "done",
        path="obligations",
        responsible=[f"account:{key}" for key in who],
        clause="; ".join(clause["text"] for clause in row.clauses) or None,
    )


def measure_target(measure: Measure, target: MeasureTarget, *, shown: bool) -> Due:
    """The day by which a measure is to have changed a figure."""
    assert target.due_on is not None
    part = "/".join(filter(None, (measure.key, target.indicator, target.area, target.breakdown)))
    return Due(
        id=f"target/measure/{part}",
        kind=DeadlineKind.target,
        on=target.due_on,
        title=phrase(_TITLES[DeadlineKind.target], title=measure.title),
        what=f"measure:{measure.key}",
        path=f"measures/{measure.key}/effects",
        responsible=[f"organisation:{measure.responsible}"]
        if measure.responsible and shown
        else [],
        done=measure.state is MeasureState.completed,
        clause=None,
        reason=phrase(_FIGURE, indicator=target.indicator, area=target.area),
        starts_at=None,
        revision=measure.revision,
        changed_at=measure.changed_at,
    )


def organisation(key: str | None, *, shown: bool) -> list[str]:
    """Whoever has to act, if the reader may see them."""
    return [f"organisation:{key}"] if key is not None and shown else []
