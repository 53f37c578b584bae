"""Everything that happened to a paper, as far as the actor may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.tables import AgendaItemRow
from services.boards.amendments.queries import AMENDMENTS
from services.boards.amendments.tables import AmendmentRow
from services.boards.bodies.tables import BodyRow
from services.boards.consultations.queries import CONSULTATIONS
from services.boards.consultations.tables import ConsultationRow
from services.boards.implementations.queries import IMPLEMENTATIONS, told
from services.boards.implementations.tables import ImplementationRow
from services.boards.meetings.tables import MeetingRow
from services.boards.papers.queries import PAPERS
from services.boards.papers.tables import PaperRow
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.recommendations.tables import RecommendationRow
from services.boards.resolutions.queries import RESOLUTIONS, endings_of, responses_of
from services.boards.resolutions.rules import state
from services.boards.resolutions.tables import ResolutionRow
from services.boards.votes.queries import VOTES
from services.boards.votes.tables import VoteRow
from services.boards.way import rules
from services.contracts.boards.consultations import ConsultationState
from services.contracts.boards.papers import PaperState
from services.contracts.boards.resolutions import ResolutionState
from services.contracts.boards.votes import VotePurpose, VoteState
from services.contracts.boards.way import (
    AmendmentOnTheWay,
    RecommendationOnTheWay,
    ResolutionOnTheWay,
    Step,
    TaskOnTheWay,
    VoteOnTheWay,
    Way,
)
from services.kit.days import day, today
from services.kit.resources import Kind
from services.kit.tables import Resource

R = TypeVar("R", bound=Resource)


class _Stop(NamedTuple):
    consultation: ConsultationRow
    body: BodyRow
    meeting: MeetingRow | None
    item: AgendaItemRow | None


async def way(session: AsyncSession, key: str) -> Way:
    """The way of a paper."""
    paper = await PAPERS.one(session, key)
    session.info.pop("revision", None)
    stops = await _stops(session, paper)
    items = [stop.item.key for stop in stops if stop.item]
    votes = by(await _votes(session, items), "agenda_item")
    recommendations = by(await _on(session, RECOMMENDATIONS, items), "agenda_item")
    resolutions = by(await _on(session, RESOLUTIONS, items), "agenda_item")
    told_resolutions = await _resolutions(session, resolutions)
    amendments = await session.exec(
        select(AmendmentRow)
        .where(AMENDMENTS.seen(session), col(AmendmentRow.paper) == paper.key)
        .order_by(col(AmendmentRow.id))
    )
    meetings = [
        day(stop.meeting.starts_at)
        if stop.meeting and stop.consultation.state == ConsultationState.held
        else None
        for stop in stops
    ]
    between = rules.days_between(paper.dated_on, meetings)
    steps = [
        _step(
            stop,
            days,
            votes.get(stop.item.key, []) if stop.item else [],
            recommendations.get(stop.item.key, []) if stop.item else [],
            told_resolutions.get(stop.item.key, []) if stop.item else [],
        )
        for stop, days in zip(stops, between, strict=True)
    ]
    return Way.model_validate(
        {
            **paper.model_dump(),
            "paper": paper.key,
            "days": rules.whole(paper.dated_on, meetings, PaperState(paper.state), today()),
            "steps": steps,
            "amendments": [AmendmentOnTheWay.model_validate(row) for row in amendments],
        }
    )


async def _stops(session: AsyncSession, paper: PaperRow) -> list[_Stop]:
    statement = (
        select(ConsultationRow, BodyRow, MeetingRow, AgendaItemRow)
        .join(BodyRow, _is(BodyRow, ConsultationRow.body))
        .outerjoin(MeetingRow, _is(MeetingRow, ConsultationRow.meeting))
        .outerjoin(AgendaItemRow, _is(AgendaItemRow, ConsultationRow.agenda_item))
        .where(CONSULTATIONS.seen(session), col(ConsultationRow.paper) == paper.key)
        .order_by(col(ConsultationRow.position))
    )
    return [_Stop(*found) for found in await session.exec(statement)]


def _is(row: Any, named: Any) -> Any:
    town = col(row.municipality_id) == col(ConsultationRow.municipality_id)
    return and_(town, col(row.key) == col(named))


async def _votes(session: AsyncSession, items: Sequence[str]) -> Sequence[VoteRow]:
    statement = select(VoteRow).where(
        VOTES.seen(session),
        col(VoteRow.agenda_item).in_(items),
        col(VoteRow.state) == VoteState.closed,
        col(VoteRow.purpose) == VotePurpose.decision,
    )
    return (await session.exec(statement.order_by(col(VoteRow.id)))).all()


async def _on(session: AsyncSession, kind: Kind[R], items: Sequence[str]) -> Sequence[R]:
    row: Any = kind.row
    statement = select(row).where(kind.seen(session), col(row.agenda_item).in_(items))
    return (await session.exec(statement.order_by(col(row.id)))).all()


def by(rows: Iterable[R], column: str) -> dict[str, list[R]]:
    """Rows by what they name in a column."""
    found: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


async def _resolutions(
    session: AsyncSession, taken: dict[str, list[ResolutionRow]]
) -> dict[str, list[ResolutionOnTheWay]]:
    """By agenda item the resolutions, with their tasks."""
    keys = [row.key for rows in taken.values() for row in rows]
    if not keys:
        return {}
    responses = await responses_of(session, keys)
    ended = await endings_of(session, keys)
    statement = (
        select(ImplementationRow)
        .where(IMPLEMENTATIONS.seen(session), col(ImplementationRow.resolution).in_(keys))
        .order_by(col(ImplementationRow.id))
    )
    tasks = by(await session.exec(statement), "resolution")

    def one(row: ResolutionRow) -> ResolutionOnTheWay:
        now = state(valid=row.valid, ended=ended.get(row.key), today=today())
        holds = now == ResolutionState.valid
        mine = [told(task, holds=holds) for task in tasks.get(row.key, [])]
        more = {
            "state": now,
            "responses": responses.get(row.key, []),
            "tasks": [TaskOnTheWay.model_validate(task) for task in mine],
        }
        return ResolutionOnTheWay.model_validate({**row.model_dump(), **more})

    return {item: [one(row) for row in rows] for item, rows in taken.items()}


def _step(
    stop: _Stop,
    days: int | None,
    votes: Sequence[VoteRow],
    recommendations: Sequence[RecommendationRow],
    resolutions: Sequence[ResolutionOnTheWay],
) -> Step:
    consultation, body, meeting, item = stop
    return Step.model_validate(
        {
            **consultation.model_dump(),
            "consultation": consultation.key,
            "authoritative": consultation.authoritative,
            "body_name": body.name,
            "meeting_name": meeting.name if meeting else None,
            "meeting_on": day(meeting.starts_at) if meeting else None,
            "result": item.result["de"] if item and item.result else None,
            "days": days,
            "votes": [VoteOnTheWay.model_validate(vote) for vote in votes],
            "recommendations": [
                RecommendationOnTheWay.model_validate(one) for one in recommendations
            ],
            "resolutions": resolutions,
        }
    )
