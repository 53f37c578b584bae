"""Handing in an edition: what is bound in is looked up at once, or in the background."""

import time

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.coordinated_reports.commands import of
from services.boards.coordinated_reports.queries import REPORTS
from services.boards.coordinated_reports.tables import CoordinatedReportRow
from services.boards.jobs import JOBS
from services.boards.neighbours import Neighbours
from services.boards.report_contents.commands import Tell, put_together
from services.boards.report_editions import queries as editions
from services.boards.report_editions.commands import checked, keep
from services.boards.report_editions.tables import ReportEditionRow
from services.boards.report_making import queries, rules
from services.boards.report_making.tables import ReportMakingRow
from services.boards.report_markup.rules import places
from services.contracts.boards.coordinated_reports import ReportStage
from services.contracts.boards.report_editions import NewEdition, ReportContent
from services.contracts.boards.report_making import MakingState, ReportMaking
from services.contracts.shared.problems import Fault
from services.kit.database import municipality_of
from services.kit.jobs import Work
from services.kit.problems import Invalid

MAKE = "report.make"
_TELL_EVERY = 0.5
"""Seconds between two notes of progress."""


async def hand_in(
    session: AsyncSession, beside: Neighbours, key: str, new: NewEdition, *, later: bool
) -> ReportEditionRow | ReportMaking:
    """Make an edition with all that is bound into it and hand it in for review; order that where
    it takes long, or where `later` is wished."""
    report = await checked(session, key, new)
    bindings = {place.binding for place in places(of(report).chapters)}
    if later or rules.takes_long(bindings):
        return await _order(session, report, new, len(bindings))
    last = await editions.last_day(session, report.key)
    return await keep(session, report, new, await put_together(session, beside, of(report), last))


async def _order(
    session: AsyncSession, report: CoordinatedReportRow, new: NewEdition, total: int
) -> ReportMaking:
    await queries.begin(
        session, report.key, changes=new.changes, stage_before=report.stage, total=total
    )
    await REPORTS.store(session, report, of(report), stage=ReportStage.making)
    await JOBS.order(session, MAKE, report=report.key)
    told = await queries.making(session, report.key)
    base = f"/v1/{municipality_of(session).key}/coordinated-reports/{report.key}"
    session.info["location"] = f"{base}/making"
    return told


@JOBS.does(MAKE, gives_up=lambda work: _give_up(work))
async def make_in_background(work: Work) -> None:
    """Look up what is bound in, then keep all of it in one transaction.

    A report of which an edition is made already is left alone. Nothing is locked while it is looked
    up: a report in the making is not changed.
    """
    key = work.data["report"]
    try:
        content = await _looked_up(work, key)
    except Invalid as refused:
        await _settle(work, key, None, refused.faults)
        return
    if content is not None:
        await _settle(work, key, content, [])


async def _looked_up(work: Work, key: str) -> ReportContent | None:
    """All that the edition says; None when it is not in the making."""
    async with work.database.writing(work.actor) as session:
        report = await REPORTS.one(session, key)
        if report.stage != ReportStage.making:
            return None
        last = await editions.last_day(session, report.key)
        beside: Neighbours = work.state.neighbours
        tell = _telling(work, report.key)
        return await put_together(session, beside, of(report), last, tell=tell)


async def _settle(work: Work, key: str, content: ReportContent | None, faults: list[Fault]) -> None:
    """The edition with all that it says and the end of its making, or the reasons against it."""
    async with work.database.writing(work.actor) as session:
        report = await REPORTS.one(session, key, lock=True)
        row = await queries.row_of(session, report.key)
        if report.stage != ReportStage.making or row is None:
            return
        if content is None:
            await REPORTS.store(session, report, of(report), stage=row.stage_before)
            said = {"faults": [fault.model_dump(mode="json") for fault in faults]}
            await queries.note(session, report.key, state=MakingState.refused, **said)
            return
        edition = await keep(session, report, _said(row), content)
        ended = {"state": MakingState.made, "edition": edition.number, "done": row.total}
        await queries.note(session, report.key, **ended)


def _said(row: ReportMakingRow) -> NewEdition:
    return NewEdition.model_validate({"changes": row.changes})


async def _give_up(work: Work) -> None:
    """Refuse what we failed to make too often."""
    await _settle(work, work.data["report"], None, [rules.NOT_MADE])


def _telling(work: Work, report: str) -> Tell:
    """Note progress in transactions of its own, not more than twice a second."""
    last = 0.0

    async def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _TELL_EVERY and done < total:
            return
        last = now
        async with work.database.writing(work.actor) as session:
            said = {"state": MakingState.looking_up, "done": done, "total": total}
            await queries.note(session, report, **said)

    return tell
