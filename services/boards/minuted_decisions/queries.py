"""What was decided in a meeting and holds, and what of it everybody may read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.acts.queries import ACTS
from services.boards.acts.tables import ActRow
from services.boards.grounds.tables import OfVote
from services.boards.proceedings.rules import Decided
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.recommendations.tables import RecommendationRow
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.resolutions.tables import ResolutionRow
from services.contracts.boards.proceedings import DecisionTaken, MinutedKind, Proceedings
from services.contracts.boards.resolutions import ResolutionKind
from services.kit.database import as_everybody, municipality_of
from services.kit.resources import Kind, seen_keys

_KEPT: Mapping[MinutedKind, Kind[Any]] = {
    MinutedKind.resolution: RESOLUTIONS,
    MinutedKind.refusal: RESOLUTIONS,
    MinutedKind.recommendation: RECOMMENDATIONS,
    MinutedKind.act: ACTS,
}


async def decided(session: AsyncSession, meeting: str) -> Mapping[str, Sequence[DecisionTaken]]:
    """What was decided in the meeting and holds, by item; whoever asks."""
    found: dict[str, list[DecisionTaken]] = defaultdict(list)
    rows: Sequence[tuple[type[OfVote], MinutedKind]] = (
        (ResolutionRow, MinutedKind.resolution),
        (RecommendationRow, MinutedKind.recommendation),
        (ActRow, MinutedKind.act),
    )
    for row, kind in rows:
        statement = (
            select(row)
            .where(
                col(row.municipality_id) == municipality_of(session).id,
                col(row.meeting) == meeting,
                col(row.valid),
            )
            .order_by(col(row.id))
        )
        for one in await session.exec(statement):
            told = {"reference": None, **one.model_dump(), "kind": kind}
            if isinstance(one, ResolutionRow) and one.kind == ResolutionKind.refusal:
                told["kind"] = MinutedKind.refusal
            found[one.agenda_item].append(DecisionTaken.model_validate(told))
    return found


async def public_decisions(session: AsyncSession, told: Proceedings) -> set[Decided]:
    """Those of the decisions in the proceedings that everybody may read."""
    named: set[Decided] = {(one.kind, one.key) for item in told.items for one in item.decisions}
    asked = [
        (kept, {key for kind, key in named if _KEPT[kind] is kept})
        for kept in (RESOLUTIONS, RECOMMENDATIONS, ACTS)
    ]
    with as_everybody(session):
        seen = await seen_keys(session, *asked)
    return {(kind, key) for kind, key in named if key in seen[_KEPT[kind].collection]}
