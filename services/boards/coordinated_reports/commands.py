"""What a person does with coordinated reports in work."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.coordinated_reports import rules
from services.boards.coordinated_reports.queries import REPORTS
from services.boards.coordinated_reports.tables import CoordinatedReportRow
from services.boards.neighbours import Named, Neighbours, ask, check_there
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.report_markup.rules import places
from services.boards.report_templates import rules as templates
from services.boards.report_templates.templates import TEMPLATES
from services.contracts.boards.coordinated_reports import NewCoordinatedReport, ReportStage
from services.contracts.shared.base import Texts, Visibility
from services.kit.patches import Patch
from services.kit.problems import Invalid
from services.kit.resources import Kind, seen_keys


async def begin(
    session: AsyncSession, beside: Neighbours, new: NewCoordinatedReport
) -> CoordinatedReportRow:
    """Begin a report, by its template when it has no chapters yet."""
    await _check(session, beside, new)
    if not new.chapters:
        names = await _names(session, beside, new.indicators)
        begun = templates.chapters(TEMPLATES[new.kind], new, names)
        new = new.model_copy(update={"chapters": begun})
    return await REPORTS.add(
        session, new, stage=ReportStage.draft, visibility=Visibility.administration
    )


async def change(
    session: AsyncSession,
    beside: Neighbours,
    key: str,
    patch: Patch[NewCoordinatedReport],
    expected: int,
) -> CoordinatedReportRow:
    """Change a report; one that was published is a draft again."""
    row = await REPORTS.locked(session, key, expected)
    rules.check_written(row.stage)
    before = of(row)
    new = patch.onto(row)
    await _check(session, beside, new, before)
    stage = rules.stage_after(row.stage, changed=new != before)
    return await REPORTS.store(session, row, new, stage=stage)


def of(row: CoordinatedReportRow) -> NewCoordinatedReport:
    """The report as it was entered."""
    return NewCoordinatedReport.model_validate(
        row.model_dump(include=set(NewCoordinatedReport.model_fields))
    )


async def _check(
    session: AsyncSession,
    beside: Neighbours,
    new: NewCoordinatedReport,
    before: NewCoordinatedReport | None = None,
) -> None:
    """Refuse (422, a pointer each) miswritten bindings and names of what is not there."""
    places(new.chapters)
    named: tuple[tuple[str, Kind[Any], str | None], ...] = (
        ("body", BODIES, new.body),
        ("recommendation", RECOMMENDATIONS, new.recommendation),
    )
    for name, kind, key in named:
        if key and key not in (await seen_keys(session, (kind, {key})))[kind.collection]:
            raise Invalid(f"There is no such {name}.", pointer=f"/{name}", code="unknown")
    known = _known(beside, before) if before is not None else set()
    await check_there(session, *_named(beside, new), known=known)


class _Indicator(BaseModel):
    name: Texts


async def _names(
    session: AsyncSession, beside: Neighbours, indicators: Sequence[str]
) -> Mapping[str, Texts]:
    names: dict[str, Texts] = {}
    for key in indicators:
        found = await ask(session, beside.indicators, _Indicator, f"indicators/{key}")
        names[key] = found.name if found is not None else {"de": key}
    return names


def _known(beside: Neighbours, report: NewCoordinatedReport) -> Collection[tuple[str, str]]:
    return {(one.collection, key) for one in _named(beside, report) for key in one.keys}


def _named(beside: Neighbours, report: NewCoordinatedReport) -> list[Named]:
    release = [f"release-{report.release}"]
    strategy = [report.strategy] if report.strategy is not None else []
    return [
        Named(beside.indicators, "releases", release, "/release", alone=True),
        Named(beside.indicators, "indicators", report.indicators, "/indicators"),
        Named(beside.projects, "strategies", strategy, "/strategy", alone=True),
    ]
