"""What organisations say in a participation process, as the report's reader may read it."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.organisations.queries import ORGANISATIONS
from services.boards.organisations.tables import OrganisationRow
from services.boards.participation.queries import PROCESSES
from services.boards.report_bindings.rules import Binding, Unresolved
from services.boards.report_entries.queries import entry
from services.boards.report_entries.rules import MOST, Span, check_count
from services.boards.statements.queries import STATEMENTS
from services.boards.statements.tables import StatementRow
from services.contracts.boards.report_editions import ShownEntry
from services.kit.resources import seen_keys


async def stated(session: AsyncSession, binding: Binding, span: Span) -> list[ShownEntry]:
    """Statements that were received by the day of the report, in the order of their keys."""
    process = binding["process"] or ""
    if process not in (await seen_keys(session, (PROCESSES, {process})))[PROCESSES.collection]:
        raise Unresolved("unknown", f"There is no process {process!r} that the readers may see.")
    where = [
        STATEMENTS.seen(session),
        ORGANISATIONS.seen(session),
        col(StatementRow.process) == process,
        col(StatementRow.received_on) <= span.on,
    ]
    if (position := binding["position"]) is not None:
        where.append(col(StatementRow.position) == position)
    statement = (
        select(StatementRow, OrganisationRow)
        .join(
            OrganisationRow,
            (col(OrganisationRow.municipality_id) == col(StatementRow.municipality_id))
            & (col(OrganisationRow.key) == col(StatementRow.organisation)),
        )
        .where(*where)
        .order_by(col(StatementRow.key))
        .limit(MOST + 1)
    )
    rows = (await session.exec(statement)).all()
    check_count(len(rows))
    return [
        entry(one.key, by.name, one.received_on, one.position).model_copy(update={"text": one.text})
        for one, by in rows
    ]
