"""What a person does with mappings."""

from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.mapping_proposals import (
    ColumnSeen,
    FigureRead,
    MappingIssue,
    MappingProposal,
)
from services.contracts.indicators.mappings import FileLayout, NewMapping
from services.indicators.deliveries.formats import (
    FileRefused,
    Hints,
    Recognition,
    Summary,
    parse_limited,
)
from services.indicators.mappings import queries, rules
from services.indicators.mappings.queries import MAPPINGS
from services.indicators.mappings.tables import MappingRow
from services.kit import sql
from services.kit.database import actor_of
from services.kit.patches import Patch
from services.kit.problems import Conflict, Forbidden

_MOST_ROWS = 500
_MOST_FIGURES = 50
_MOST_ISSUES = 20


async def save(session: AsyncSession, new: NewMapping) -> MappingRow:
    """Save a mapping; that of a supplier is its own."""
    own = actor_of(session).supplier
    new = new.model_copy(update={"supplier": new.supplier or own})
    await _check(session, new.key, new)
    return await MAPPINGS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewMapping], expected: int
) -> MappingRow:
    """Change a mapping; deliveries that were read by it stay as they are."""
    row = await MAPPINGS.locked(session, key, expected)
    new = patch.onto(row)
    await _check(session, row.key, new)
    return await MAPPINGS.store(session, row, new)


async def _check(session: AsyncSession, key: str, new: NewMapping) -> None:
    own = actor_of(session).supplier
    if own is not None and new.supplier != own:
        raise Forbidden("A supplier saves mappings for its own files only.", pointer="/supplier")
    rules.check(new)
    await sql.alone(session, "indicators.mappings")
    other = await queries.another(session, key, new.fingerprint, new.supplier)
    if other:
        detail = f"{other} is the mapping of this supplier for such files; change that one."
        raise Conflict(detail, pointer="/fingerprint", code="taken")


async def propose(
    session: AsyncSession, file: Path, seen: Recognition, hints: Hints
) -> MappingProposal:
    """How a file would be read: by the saved mapping that fits, else by what can be guessed."""
    saved = await queries.fitting(session, seen.fingerprint, actor_of(session).supplier)
    figures, issues, refusal = await _preview(file, hints, saved)
    return MappingProposal(
        format=seen.format,
        container=seen.container,
        encoding=seen.encoding,
        delimiter=seen.delimiter,
        fingerprint=seen.fingerprint,
        columns=[ColumnSeen.model_validate(column) for column in seen.columns],
        mapping=saved.key if saved else None,
        proposal=seen.proposal,
        figures=figures,
        issues=issues,
        refusal=refusal,
    )


async def _preview(
    file: Path, hints: Hints, mapping: FileLayout | None
) -> tuple[list[FigureRead], list[MappingIssue], str | None]:
    begin = b""
    hints = Hints(mapping, hints.period, hints.indicator, most=_MOST_ROWS)
    summary: Summary | None = None
    try:
        async with parse_limited(file, hints) as reading:
            async for piece in reading.rows:
                begin += piece
            summary = reading.summary()
    except FileRefused as refused:
        return [], [], refused.detail
    rows = begin.decode().splitlines()[:_MOST_FIGURES]
    issues = [MappingIssue(**issue._asdict()) for issue in summary.issues[:_MOST_ISSUES]]
    return rules.figures_of(rows, summary), issues, None
