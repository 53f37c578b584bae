"""Bringing in a list of operations: all of it or nothing."""

import asyncio
from datetime import date
from decimal import Decimal

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.operation_imports import OperationChanged, OperationsImported
from services.contracts.projects.operations import NewOperationList
from services.kit.days import today
from services.kit.resources import aside
from services.projects.list_reading.content import refusal
from services.projects.list_reading.headings import Layout, layout_of
from services.projects.list_reading.records import Sent, Understood, understood
from services.projects.operation_imports import queries, rules
from services.projects.operation_imports.rules import Plan
from services.projects.operation_lists.queries import LISTS
from services.projects.operation_lists.tables import OperationListRow
from services.projects.operations.queries import OPERATIONS, of_list

_NOTHING = Decimal("0.00")


class _Edition(BaseModel):
    edition: date


class _Vanished(BaseModel):
    listed_until: date


async def bring(
    session: AsyncSession, key: str, sent: Sent, edition: date, dry_run: bool
) -> OperationsImported:
    """Import one edition of a list.

    The same edition again stores nothing; a newer one changes what it words otherwise. Refuses
    (422) a list with a row that cannot be understood; a dry run tells of all of them instead.
    """
    row = await LISTS.one(session, key, lock=True)
    rules.check_edition(edition, row.edition, today())
    how = NewOperationList.model_validate(row, from_attributes=True)
    layout, found = await asyncio.to_thread(_read, sent, row.key, how)
    if not dry_run:
        rules.check_problems(found.problems)
    costs = {record.total_cost for record in found.records}
    grants = await queries.grants_by_figures(session, costs)
    stored = await of_list(session, row.key)
    plan = await asyncio.to_thread(rules.plan, stored, found.records, edition, grants)
    told = _told(plan, found, layout, edition, dry_run)
    if not dry_run:
        await _store(session, row, plan, edition)
    return told


def _read(sent: Sent, key: str, how: NewOperationList) -> tuple[Layout, Understood]:
    text, layout = layout_of(sent.texts, how.columns)
    found = understood(text, layout, key, how, workbook=sent.workbook)
    if not found.rows:
        raise refusal("empty", "There is no row below the header.")
    return layout, found


async def _store(session: AsyncSession, row: OperationListRow, plan: Plan, edition: date) -> None:
    await OPERATIONS.add_all(session, plan.new)
    await OPERATIONS.store_all(session, [(one, listed) for one, listed, _ in plan.changed])
    gone = _Vanished(listed_until=edition)
    await OPERATIONS.store_all(session, [(operation, gone) for operation in plan.vanished])
    with aside(session):
        await LISTS.store(session, row, _Edition(edition=edition))


def _told(
    plan: Plan, found: Understood, layout: Layout, edition: date, dry_run: bool
) -> OperationsImported:
    union = [one.union_share for one in found.records if one.union_share is not None]
    return OperationsImported(
        dry_run=dry_run,
        edition=edition,
        header_row=layout.header_row,
        columns=layout.named(),
        ignored=layout.ignored(),
        rows=found.rows,
        created=[one.key for one in plan.new],
        changed=[OperationChanged(operation=one.key, fields=f) for one, _, f in plan.changed],
        unchanged=plan.unchanged,
        # A row that was not understood may be one of these.
        vanished=[] if found.problems else [row.key for row in plan.vanished],
        linked={one.key: one.grant for one in plan.new if one.grant},
        left_out=found.left_out,
        repairs=found.repairs,
        repeats=found.repeats,
        share_remarks=found.share_remarks,
        problems=found.problems[: rules.MOST_PROBLEMS],
        total_cost=sum((one.total_cost for one in found.records), _NOTHING),
        list_total=found.list_total,
        union_share=sum(union, _NOTHING),
    )
