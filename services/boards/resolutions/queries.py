"""Every question asked of the stored resolutions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.bodies.queries import BODIES
from services.boards.grounds.queries import evidence_of
from services.boards.implementations.tables import ImplementationRow
from services.boards.meetings.queries import MEETINGS
from services.boards.papers.queries import PAPERS
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.recommendations.tables import RecommendationRow
from services.boards.resolution_states.queries import in_state, is_overdue
from services.boards.resolutions import rules
from services.boards.resolutions.tables import EndingRow, ResolutionRow, ResponseRow
from services.contracts.boards.evidences import Evidence
from services.contracts.boards.resolutions import (
    Ended,
    Ending,
    EndingKind,
    Resolution,
    ResolutionKind,
    ResolutionState,
)
from services.kit.access import visible_to
from services.kit.conditional import face
from services.kit.database import actor_of, municipality_of
from services.kit.days import today
from services.kit.paging import Paging
from services.kit.resources import Kind, matching, seen_keys

RESOLUTIONS = Kind(
    ResolutionRow,
    "resolutions",
    "boards.resolution",
    within={"body": BODIES, "meeting": MEETINGS, "agenda_item": AGENDA_ITEMS},
)


@dataclass(frozen=True)
class Choice:
    """Which resolutions are asked for; None leaves a side open."""

    body: str | None = None
    paper: str | None = None
    strategy: str | None = None
    recommendation: str | None = None
    kind: ResolutionKind | None = None
    state: ResolutionState | None = None
    overdue: bool | None = None
    open: bool | None = None

    def where(self, session: AsyncSession, on: date) -> list[ColumnElement[bool]]:
        """The choice as conditions on resolutions."""
        where = matching(
            ResolutionRow,
            body=self.body,
            paper=self.paper,
            strategy=self.strategy,
            kind=self.kind,
        )
        if self.state is not None:
            where.append(in_state(self.state, on))
        if self.recommendation is not None:
            named = col(ResponseRow.recommendation) == self.recommendation
            seen = col(ResponseRow.recommendation).in_(
                select(RecommendationRow.key).where(RECOMMENDATIONS.seen(session))
            )
            where.append(_has(ResponseRow, named, seen))
        for wanted, tasks in (
            (self.overdue, is_overdue(on)),
            (self.open, col(ImplementationRow.state).in_(rules.OPEN)),
        ):
            if wanted is not None:
                found = in_state(ResolutionState.valid, on) & _has(ImplementationRow, tasks)
                where.append(found if wanted else ~found)
        return where


def _has(row: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        col(row.municipality_id) == col(ResolutionRow.municipality_id),
        col(row.resolution) == col(ResolutionRow.key),
        *conditions,
    )


async def page(session: AsyncSession, paging: Paging, choice: Choice) -> Mapping[str, Any]:
    """Resolutions, the latest first."""
    where = choice.where(session, today())
    found = await RESOLUTIONS.page(session, paging, *where, by="decided_on", descending=True)
    return {**found, "items": await told(session, found["items"])}


async def one(session: AsyncSession, key: str) -> Resolution:
    """One resolution."""
    return await alone(session, await RESOLUTIONS.one(session, key))


async def alone(session: AsyncSession, row: ResolutionRow) -> Resolution:
    """The answer about one, whose ETag changes with what belongs to it."""
    (shown,) = await told(session, [row])
    session.info["variant"] = face(row, shown)
    return shown


async def told(session: AsyncSession, rows: Sequence[ResolutionRow]) -> list[Resolution]:
    """The resolutions with what belongs to them, naming what the actor may see."""
    if not rows:
        return []
    keys = [row.key for row in rows]
    evidence = await evidence_of(session, "resolution", keys)
    stands = await _stands(session, keys)
    responses = await responses_of(session, keys)
    ended = await endings_of(session, keys)
    ends = await ends_of(session, keys)
    papers = {row.paper for row in rows if row.paper is not None}
    everything = actor_of(session).sees_everything
    seen = {} if everything or not papers else await seen_keys(session, (PAPERS, papers))
    allowed = visible_to(actor_of(session))

    def one(row: ResolutionRow) -> Resolution:
        known = everything or row.paper in seen.get("papers", ())
        state = rules.state(valid=row.valid, ended=ended.get(row.key), today=today())
        return Resolution.model_validate(
            {
                **row.model_dump(),
                "state": state,
                "ends": ends.get(row.key, ()),
                "ended": ended.get(row.key),
                "implementation": rules.stand(
                    stands.get(row.key, ()), holds=state == ResolutionState.valid
                ),
                "paper": row.paper if known else None,
                "consultation": row.consultation if known else None,
                "responses": responses.get(row.key, ()),
                "findings": [one for one in row.findings if one["visibility"] in allowed],
                "evidence": [Evidence.model_validate(e) for e in evidence.get(row.key, ())],
            }
        )

    return [one(row) for row in rows]


async def responses_of(
    session: AsyncSession, resolutions: Collection[str]
) -> Mapping[str, list[ResponseRow]]:
    """What resolutions make of the recommendations that the actor may see."""
    found: dict[str, list[ResponseRow]] = defaultdict(list)
    if resolutions:
        seen = select(RecommendationRow.key).where(RECOMMENDATIONS.seen(session))
        statement = (
            select(ResponseRow)
            .where(
                col(ResponseRow.municipality_id) == municipality_of(session).id,
                col(ResponseRow.resolution).in_(resolutions),
                col(ResponseRow.recommendation).in_(seen),
            )
            .order_by(col(ResponseRow.recommendation))
        )
        for row in await session.exec(statement):
            found[row.resolution].append(row)
    return found


async def locked(session: AsyncSession, keys: Collection[str]) -> Sequence[ResolutionRow]:
    """Those of the resolutions that the actor may see, which nobody ends until commit."""
    if not keys:
        return []
    statement = (
        select(ResolutionRow)
        .where(RESOLUTIONS.seen(session), col(ResolutionRow.key).in_(keys))
        .order_by(col(ResolutionRow.key))
        .with_for_update(key_share=True)
    )
    return (await session.exec(statement)).all()


async def endings_of(session: AsyncSession, resolutions: Collection[str]) -> Mapping[str, Ended]:
    """By which valid later resolution each is ended, the first that does."""
    if not resolutions:
        return {}
    statement = (
        select(EndingRow, RESOLUTIONS.seen(session))
        .join(
            ResolutionRow,
            (col(ResolutionRow.municipality_id) == col(EndingRow.municipality_id))
            & (col(ResolutionRow.key) == col(EndingRow.resolution)),
        )
        .where(
            col(EndingRow.municipality_id) == municipality_of(session).id,
            col(EndingRow.ended).in_(resolutions),
            col(ResolutionRow.valid),
        )
        .order_by(col(EndingRow.ends_from).desc(), col(EndingRow.resolution).desc())
    )
    return {
        row.ended: Ended(
            by=row.resolution if seen else None,
            kind=EndingKind(row.kind),
            ends_from=row.ends_from,
        )
        for row, seen in await session.exec(statement)
    }


async def ends_of(
    session: AsyncSession, resolutions: Collection[str]
) -> Mapping[str, list[Ending]]:
    """Which earlier ones that the actor may see each ends."""
    seen = select(ResolutionRow.key).where(RESOLUTIONS.seen(session))
    statement = (
        select(EndingRow)
        .where(
            col(EndingRow.municipality_id) == municipality_of(session).id,
            col(EndingRow.resolution).in_(resolutions),
            col(EndingRow.ended).in_(seen),
        )
        .order_by(col(EndingRow.ended))
    )
    found: dict[str, list[Ending]] = defaultdict(list)
    for row in await session.exec(statement):
        kind = EndingKind(row.kind)
        found[row.resolution].append(
            Ending(resolution=row.ended, kind=kind, ends_from=row.ends_from)
        )
    return found


async def _stands(
    session: AsyncSession, resolutions: Collection[str]
) -> Mapping[str, list[rules.Task]]:
    statement = select(
        ImplementationRow.resolution, ImplementationRow.state, is_overdue(today())
    ).where(
        col(ImplementationRow.municipality_id) == municipality_of(session).id,
        col(ImplementationRow.resolution).in_(resolutions),
    )
    found: dict[str, list[rules.Task]] = defaultdict(list)
    for resolution, state, late in await session.exec(statement):
        found[resolution].append(rules.Task(state, bool(late)))
    return found


async def given_on(session: AsyncSession, paper: str | None) -> set[str]:
    """The valid recommendations given on a paper."""
    if paper is None:
        return set()
    statement = select(RecommendationRow.key).where(
        col(RecommendationRow.municipality_id) == municipality_of(session).id,
        col(RecommendationRow.paper) == paper,
        col(RecommendationRow.valid),
    )
    return set(await session.exec(statement))


async def is_taken(session: AsyncSession, reference: str) -> bool:
    """Whether a resolution has this number."""
    statement = select(ResolutionRow.id).where(
        col(ResolutionRow.municipality_id) == municipality_of(session).id,
        col(ResolutionRow.reference) == reference,
    )
    return (await session.exec(statement)).first() is not None
