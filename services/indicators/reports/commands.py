"""What a person does with reports."""

from asyncio import to_thread
from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.reports import NewReport, ReportTexts
from services.contracts.shared.base import Language
from services.indicators.analyses.pictures import Classes
from services.indicators.indices import reading as indices
from services.indicators.reports import maps, queries, rules
from services.indicators.reports.frozen import Frozen, Printed
from services.indicators.reports.queries import REPORTS
from services.indicators.reports.tables import ReportRow
from services.kit.patches import Patch
from services.kit.printing.document import Document
from services.kit.problems import Invalid


async def make(session: AsyncSession, new: NewReport) -> ReportRow:
    """Make a report: its words and shapes are frozen with it."""
    if not await queries.release_exists(session, new.release):
        detail = f"There is no release {new.release}."
        raise Invalid(detail, pointer="/release", code="unknown")
    day = new.until or datetime.now(UTC).date()
    digest, frozen = await _frozen(session, new, day)
    rules.check(new.chapters, frozen)
    return await REPORTS.add(session, new, digest=digest)


async def change(
    session: AsyncSession, key: str, patch: Patch[ReportTexts], expected: int
) -> ReportRow:
    """Change the words of a report; a change of who may see it freezes it anew."""
    row = await REPORTS.locked(session, key, expected)
    new = patch.onto(row)
    digest, frozen = row.digest, await queries.frozen(session, row.digest)
    if new.visibility != row.visibility:
        made = NewReport.model_validate(row.model_dump(include=set(NewReport.model_fields)))
        changed = made.model_copy(update={"visibility": new.visibility})
        digest, frozen = await _frozen(session, changed, row.until or row.created_at.date())
    rules.check(new.chapters, frozen)
    return await REPORTS.store(session, row, new, digest=digest)


async def _frozen(session: AsyncSession, new: NewReport, day: date) -> tuple[str, Frozen]:
    digest, frozen = await queries.freeze(session, new.visibility, new.level, day, new.release)
    if not frozen.indicators:
        detail = f"Release {new.release} holds no figures of {new.level}."
        raise Invalid(detail, pointer="/level", code="no-figures")
    return digest, frozen


async def printed(session: AsyncSession, key: str, lang: Language) -> Document:
    """The report as it is printed: the same for the same revision, whenever it is asked for."""
    row = await REPORTS.one(session, key)
    frozen = await queries.frozen(session, row.digest)
    report = NewReport.model_validate(row.model_dump(include=set(NewReport.model_fields)))
    areas = [area.key for area in (*frozen.areas, *frozen.above)]
    indicators = [indicator.key for indicator in frozen.indicators]
    figures = await queries.figures(session, indicators, areas, row.release, row.until)
    classes = await _classes(session, frozen, figures)
    pictures = await to_thread(maps.drawn, frozen, figures, classes, lang)
    return rules.composed(report, row.revision, frozen, figures, lang, pictures)


async def _classes(
    session: AsyncSession, frozen: Frozen, figures: Sequence[Printed]
) -> dict[str, Classes]:
    """The classes of the indices, in the periods of which they are mapped."""
    made = {}
    for one in frozen.indicators:
        last = maps.last_figure(frozen, one.key, figures) if one.kind == "index" else None
        if last is not None:
            found = await indices.classes_of(session, one.key, last.period, frozen.release)
            if found is not None:
                made[one.key] = found
    return made
