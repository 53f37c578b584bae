"""Taking over the contributions of a file: all of them or none."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contribution_imports import queries, rules
from services.boards.contribution_imports.rules import Row, Sheet
from services.boards.contributions.queries import CONTRIBUTIONS
from services.boards.contributions.rules import check_consent, check_taken
from services.boards.participation import queries as processes
from services.boards.participation.rules import names
from services.boards.participation.tables import ParticipationProcessRow
from services.contracts.boards.contribution_imports import (
    ContributionsImported,
    ImportedContribution,
)
from services.contracts.boards.contributions import Channel
from services.contracts.shared.problems import Fault
from services.kit import sql
from services.kit.days import today
from services.kit.faults import faults_of
from services.kit.keys import opaque
from services.kit.problems import Invalid

_MOST_FAULTS = 100


async def bring(
    session: AsyncSession,
    process: str,
    consent_version: str,
    sheet: Sheet,
    means: Mapping[str, str],
    dry_run: bool,
) -> ContributionsImported:
    """Enter what is new; refuses (422) the whole file with every fault, by line and column."""
    await sql.alone(session, "boards.contributions.import")
    asked = await processes.locked(session, process)
    if asked is None:
        raise Invalid("There is no such process.", parameter="process", code="unknown")
    check_taken(processes.state_of(asked, today()), Channel.imported)
    check_consent(consent_version, asked.consent_version)
    origins = rules.origins(asked.key, sheet.rows)
    known = await queries.known(session, asked.key, origins)
    made, faults = await asyncio.to_thread(_made, asked, sheet, origins, means, today())
    faults += rules.repeated(sheet, origins)
    if faults:
        raise Invalid(f"{len(faults)} faults; nothing was stored.", faults=faults[:_MOST_FAULTS])
    new = [one for one in made if one.origin not in known]
    if not dry_run:
        await CONTRIBUTIONS.add_all(session, new)
    return ContributionsImported(
        dry_run=dry_run,
        rows=len(sheet.rows),
        new=len(new),
        known=len(made) - len(new),
        keys=[] if dry_run else [one.key for one in new],
        columns=sheet.columns,
    )


def _made(
    process: ParticipationProcessRow,
    sheet: Sheet,
    origins: Sequence[str],
    means: Mapping[str, str],
    on: date,
) -> tuple[list[ImportedContribution], list[Fault]]:
    offered = {
        "category": names(process.categories),
        "target_group": names(process.target_groups),
        "area": {key: process.area_names.get(key, {}) for key in process.areas},
    }
    made: list[ImportedContribution] = []
    faults: list[Fault] = []
    for row, origin in zip(sheet.rows, origins, strict=True):
        told: dict[str, Any] = {
            "process": process.key,
            "text": row.said.get("text", ""),
            "consent": True,
            "consent_version": process.consent_version,
            "key": opaque("c"),
            "origin": origin,
            "delete_on": process.delete_on,
        }
        wrong = []
        for field, choices in offered.items():
            try:
                told[field] = rules.chosen(row.said.get(field, ""), choices, means)
            except KeyError:
                detail = f"The process has no such {field.replace('_', ' ')}; see `means`."
                wrong.append(row.fault(sheet.column(field), "unknown", detail))
        try:
            told["received_on"] = rules.day(row.said.get("received_on", ""), on)
        except ValueError as error:
            wrong.append(row.fault(sheet.column("received_on"), "day", f"{error}"))
            told["received_on"] = on
        told["answer_due_on"] = told["received_on"] + timedelta(days=process.answer_days)
        wrong += _check(row, sheet, told, made)
        faults += wrong
    return made, faults


def _check(
    row: Row, sheet: Sheet, told: Mapping[str, Any], made: list[ImportedContribution]
) -> list[Fault]:
    try:
        made.append(ImportedContribution.model_validate(told))
    except ValidationError as error:
        return [
            row.fault(sheet.column((fault.pointer or "")[1:]), fault.code, fault.detail)
            for fault in faults_of(error.errors(), "body", told)
        ]
    return []
