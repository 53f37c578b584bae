"""Every question asked of the stored recommendations."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.bodies.queries import BODIES
from services.boards.grounds.queries import evidence_of
from services.boards.meetings.queries import MEETINGS
from services.boards.papers.queries import PAPERS
from services.boards.recommendations import rules
from services.boards.recommendations.tables import RecommendationRow
from services.contracts.boards.evidences import Evidence
from services.contracts.boards.recommendations import Recommendation, RecommendationState
from services.kit.access import visible_to
from services.kit.conditional import face
from services.kit.database import actor_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching, seen_keys

RECOMMENDATIONS = Kind(
    RecommendationRow,
    "recommendations",
    "boards.recommendation",
    within={"body": BODIES, "meeting": MEETINGS, "agenda_item": AGENDA_ITEMS},
)


async def page(
    session: AsyncSession,
    paging: Paging,
    body: str | None,
    addressed_to: str | None,
    paper: str | None,
    state: RecommendationState | None,
    finding: str | None,
) -> Mapping[str, Any]:
    """Recommendations, the latest first."""
    where = chosen(session, body, addressed_to, paper, state, finding)
    found = await RECOMMENDATIONS.page(session, paging, *where, by="decided_on", descending=True)
    return {**found, "items": await told(session, found["items"])}


def chosen(
    session: AsyncSession,
    body: str | None = None,
    addressed_to: str | None = None,
    paper: str | None = None,
    state: RecommendationState | None = None,
    finding: str | None = None,
) -> list[ColumnElement[bool]]:
    """The choice as conditions on recommendations; None leaves a side open."""
    where = matching(RecommendationRow, body=body, addressed_to=addressed_to, paper=paper)
    if state is not None:
        where.append(col(RecommendationRow.valid).is_(state != RecommendationState.void))
        if state in rules.ANSWERS:
            where.append(col(RecommendationRow.answer).is_not_distinct_from(rules.ANSWERS[state]))
    if finding is not None:
        seen = visible_to(actor_of(session))
        named = [{"key": finding, "visibility": str(one)} for one in seen]
        fits = [col(RecommendationRow.findings).contains([one]) for one in named]
        where.append(or_(*fits))
    return where


async def one(session: AsyncSession, key: str) -> Recommendation:
    """One recommendation."""
    return await alone(session, await RECOMMENDATIONS.one(session, key))


async def alone(session: AsyncSession, row: RecommendationRow) -> Recommendation:
    """The answer about one, whose ETag changes with what belongs to it."""
    (shown,) = await told(session, [row])
    session.info["variant"] = face(row, shown)
    return shown


async def told(session: AsyncSession, rows: Sequence[RecommendationRow]) -> list[Recommendation]:
    """The recommendations with their evidence, naming what the actor may see."""
    evidence = await evidence_of(session, "recommendation", [row.key for row in rows])
    papers = {row.paper for row in rows if row.paper is not None}
    bodies = {row.addressed_to for row in rows if row.addressed_to is not None}
    everything = actor_of(session).sees_everything
    seen = {} if everything else await seen_keys(session, (PAPERS, papers), (BODIES, bodies))
    allowed = visible_to(actor_of(session))

    def one(row: RecommendationRow) -> Recommendation:
        known = everything or row.paper in seen.get("papers", ())
        answered = everything or row.addressed_to in seen.get("bodies", ())
        return Recommendation.model_validate(
            {
                **row.model_dump(),
                "state": row.state,
                "paper": row.paper if known else None,
                "consultation": row.consultation if known else None,
                "addressed_to": row.addressed_to if answered else None,
                "findings": [one for one in row.findings if one["visibility"] in allowed],
                "evidence": [Evidence.model_validate(e) for e in evidence.get(row.key, ())],
            }
        )

    return [one(row) for row in rows]
