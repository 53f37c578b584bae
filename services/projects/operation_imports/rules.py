"""What an import changes: pure functions over what is stored and what the list says."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from services.contracts.projects.operation_imports import RowProblem
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid
from services.projects.list_reading.records import Record
from services.projects.operations.tables import OperationRow

MOST_PROBLEMS = 200
Figures = tuple[Decimal, date, date | None]
"""Cost, first and last day: what a grant and its operation have in common."""


class Listed(Record):
    """An operation as it is to be stored."""

    listed_from: date
    listed_until: date | None = None


class Linked(Listed):
    """A new operation, and the own grant that it surely is."""

    grant: str | None = None


class Plan(NamedTuple):
    """What is to be stored."""

    new: list[Linked]
    changed: list[tuple[OperationRow, Listed, list[str]]]
    """Each with the fields that the edition words otherwise."""
    unchanged: int
    vanished: list[OperationRow]


def check_edition(edition: date, last: date | None, today: date) -> None:
    """Refuse an edition of tomorrow (422), and one that is older than the last imported (409)."""
    if edition > today:
        detail = "No edition is of a day to come."
        raise Invalid(detail, parameter="edition", code="future")
    if last is not None and edition < last:
        detail = f"The edition of {last} was imported already."
        raise Conflict(detail, parameter="edition", code="older")


def plan(
    stored: Sequence[OperationRow],
    records: Iterable[Record],
    edition: date,
    grants: Mapping[Figures, list[str]],
) -> Plan:
    """New, known and vanished operations.

    A new operation is linked to an own grant when exactly one has its cost and its days.
    """
    rows = {row.key: row for row in stored}
    new: list[Linked] = []
    changed = []
    unchanged = 0
    for record in records:
        row = rows.pop(record.key, None)
        told = record.model_dump()
        if row is None:
            alike = grants.get((record.total_cost, record.starts_on, record.ends_on), [])
            grant = alike[0] if len(alike) == 1 else None
            new.append(Linked(**told, listed_from=edition, grant=grant))
        else:
            listed = Listed(**told, listed_from=row.listed_from)
            fields = changes(row, listed)
            unchanged += not fields
            changed += [(row, listed, fields)] if fields else []
    vanished = [row for row in rows.values() if row.listed_until is None]
    return Plan(_each_grant_once(new, stored), changed, unchanged, vanished)


def changes(row: OperationRow, new: Listed) -> list[str]:
    """Which fields the edition words otherwise."""
    told = new.model_dump()
    return sorted(name for name, value in told.items() if getattr(row, name) != value)


def check_problems(problems: Sequence[RowProblem]) -> None:
    """Refuse (422) the whole list when a row cannot be understood."""
    if not problems:
        return
    faults = [
        Fault(pointer=f"/{one.row}/{one.field or ''}".rstrip("/"), code=one.code, detail=_said(one))
        for one in problems[:MOST_PROBLEMS]
    ]
    text = f"{len(problems)} cells were not understood; nothing was stored."
    raise Invalid(text, faults=faults)


def _said(problem: RowProblem) -> str:
    column = f", column {problem.column!r}" if problem.column else ""
    return f"Row {problem.row}{column}. Expected: {problem.expected}"


def _each_grant_once(new: list[Linked], stored: Sequence[OperationRow]) -> list[Linked]:
    """No two operations are the same grant: where two could be, none is."""
    named = [one.grant for one in new if one.grant] + [row.grant for row in stored if row.grant]
    return [
        one.model_copy(update={"grant": None}) if named.count(one.grant or "") > 1 else one
        for one in new
    ]
