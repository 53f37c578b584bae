"""Asking the indicators service for the figures of a binding."""

from collections.abc import Sequence

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.evidences.tables import EvidenceRow
from services.boards.neighbours import Neighbours, ask
from services.boards.report_bindings.rules import Binding, Unresolved
from services.boards.report_figures import rules
from services.contracts.boards.report_editions import ShownFigure
from services.contracts.indicators.observations import ObservationRows
from services.contracts.shared.access import Actor
from services.contracts.shared.base import Texts

_MOST = 1000


class _Named(BaseModel):
    name: Texts


class _Shown(BaseModel):
    decimals: int


async def of(
    session: AsyncSession, beside: Neighbours, reader: Actor, binding: Binding, release: int
) -> list[ShownFigure]:
    """The figures of a binding as the reader sees them in the release; raises Unresolved."""
    query = {
        "indicator": ",".join(binding.indicators),
        "as_of": str(binding.release or release),
        "breakdown": binding["breakdown"] or "total",
        "format": "rows",
        "limit": str(_MOST),
        **rules.periods_asked(binding),
    }
    if binding.areas:
        query["area"] = ",".join(binding.areas)
    query |= {name: value for name in ("level", "within") if (value := binding[name]) is not None}
    found = await ask(session, beside.indicators, ObservationRows, "observations", query, reader)
    if found is None:
        detail = "There is no such indicator, area, level or release that the readers may see."
        raise Unresolved("unknown", detail)
    if found.next is not None:
        raise Unresolved("too-many", f"More than {_MOST} figures: name areas.")
    if not found.rows:
        raise Unresolved("no-figure", "The release holds no such figure.")
    return rules.ordered(binding, rules.shown(found, binding.release or release))


async def of_evidence(
    session: AsyncSession, beside: Neighbours, reader: Actor, rows: Sequence[EvidenceRow]
) -> list[ShownFigure]:
    """The figures that were kept with a decision, with the names of their areas and as many
    decimals as their indicators show."""
    decimals: dict[str, int | None] = {}
    for key in {row.indicator: None for row in rows}:
        known = await ask(session, beside.indicators, _Shown, f"indicators/{key}", None, reader)
        decimals[key] = None if known is None else known.decimals
    names: dict[str, Texts] = {}
    for area in {row.area: None for row in rows}:
        found = await ask(session, beside.indicators, _Named, f"areas/{area}", None, reader)
        names[area] = found.name if found is not None else {"de": area}
    return [rules.kept(row, names[row.area], decimals[row.indicator]) for row in rows]
