"""How papers, recommendations, resolutions and publications are told in a thread."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, case, cast, exists, func, literal_column, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, array
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.bodies.tables import BodyRow
from services.boards.implementations.tables import ImplementationRow
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.organisations.tables import OrganisationRow
from services.boards.papers.queries import PAPERS
from services.boards.papers.tables import PaperRow
from services.boards.publications.queries import PUBLICATIONS
from services.boards.publications.tables import PublicationRow
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.recommendations.tables import RecommendationRow
from services.boards.report_chapters.queries import Chapters
from services.boards.resolution_states.queries import in_state
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.resolutions.tables import EndingRow, ResolutionRow, ResponseRow
from services.contracts.boards.bodies import Mandate
from services.contracts.boards.implementations import ImplementationState
from services.contracts.boards.recommendations import RecommendationState
from services.contracts.boards.resolutions import (
    EndingKind,
    ResolutionKind,
    ResolutionState,
    ResponseKind,
)
from services.contracts.shared.threads import NodeType, ThreadGapKind
from services.kit.days import holds_on, today
from services.kit.threads import charges
from services.kit.threads.telling import OfKind, Telling, responsible

_ANSWERED = case(
    (~col(RecommendationRow.valid), RecommendationState.void),
    (col(RecommendationRow.answer) == "follows", RecommendationState.followed),
    (col(RecommendationRow.answer) == "amends", RecommendationState.amended),
    (col(RecommendationRow.answer) == "rejects", RecommendationState.rejected),
    else_=RecommendationState.open,
)

_HAS_TASKS = exists().where(
    col(ImplementationRow.municipality_id) == col(ResolutionRow.municipality_id),
    col(ImplementationRow.resolution) == col(ResolutionRow.key),
    col(ImplementationRow.state) != ImplementationState.dropped,
)
"""Somebody was told to carry it out."""
_RESPONDS = exists().where(
    col(ResponseRow.municipality_id) == col(ResolutionRow.municipality_id),
    col(ResponseRow.resolution) == col(ResolutionRow.key),
)
_TAKES_UP = _RESPONDS.where(col(ResponseRow.kind) != ResponseKind.rejects)
_ONLY_REJECTS = _RESPONDS & ~_TAKES_UP
_ENDS = exists().where(
    col(EndingRow.municipality_id) == col(ResolutionRow.municipality_id),
    col(EndingRow.resolution) == col(ResolutionRow.key),
)
_ONLY_REPEALS = (
    _ENDS
    & ~_ENDS.where(col(EndingRow.kind) != EndingKind.repeals)
    & ~_TAKES_UP
    & (func.jsonb_array_length(col(ResolutionRow.findings)) == 0)
)
"""It puts nothing in the place of what it repeals, and takes up no advice and no finding."""
_WITHOUT_MANDATE = text("""EXISTS (
    SELECT FROM boards.body AS b
    WHERE b.municipality_id = boards.resolution.municipality_id AND b.key = boards.resolution.body
      AND NOT boards.mandates_on(b, boards.resolution.decided_on) @> '["decides"]')""")
"""By what is known now of its mandates on the day of the vote."""


def _body(session: AsyncSession, column: Any) -> Any:
    return responsible(session, BODIES, column, col(BodyRow.name))


def _lead(session: AsyncSession) -> Any:
    """The first organisation under whose direction a paper was written."""
    named = col(PaperRow.under_direction_of)[0].astext
    return responsible(session, ORGANISATIONS, named, col(OrganisationRow.name))


def _stands() -> Any:
    """Whether a resolution holds today."""
    return case(*((in_state(state, today()), str(state)) for state in ResolutionState))


def in_charges(session: AsyncSession) -> Sequence[Any]:
    """Bodies that advise or decide on these topics today, and the names of these organisations."""
    topic = func.unnest(bindparam("topics", type_=ARRAY(Text))).column_valued("topic")
    told = func.jsonb_build_object(
        *("key", col(BodyRow.key), "name", col(BodyRow.name), "mandates", col(BodyRow.mandates)),
        *("topics", func.jsonb_array_length(col(BodyRow.topics))),
        type_=JSONB,
    )
    named = func.any(bindparam("organisations", type_=ARRAY(Text)))
    return (
        select(literal_column(f"'{charges.OF_TOPIC}'"), topic, told).where(
            BODIES.seen(session),
            holds_on(BodyRow, today()),
            col(BodyRow.topics).bool_op("?")(topic),
            col(BodyRow.mandates).bool_op("?|")(
                array([str(Mandate.advises), str(Mandate.decides)], type_=Text)
            ),
        ),
        select(
            literal_column(f"'{charges.ORGANISATION}'"),
            col(OrganisationRow.key),
            cast(col(OrganisationRow.name), JSONB),
        ).where(ORGANISATIONS.seen(session), col(OrganisationRow.key) == named),
    )


def tellings() -> tuple[Telling, ...]:
    """As of today, which decides whether a resolution holds."""
    return _as_of(today())


@lru_cache(maxsize=2)
def _as_of(_: date) -> tuple[Telling, ...]:
    return (
        OfKind(
            NodeType.paper,
            PAPERS,
            title=col(PaperRow.title),
            state=col(PaperRow.state),
            on=col(PaperRow.dated_on),
            responsible=_lead,
        ),
        OfKind(
            NodeType.recommendation,
            RECOMMENDATIONS,
            title=col(RecommendationRow.title),
            state=_ANSWERED,
            on=col(RecommendationRow.decided_on),
            responsible=lambda session: _body(session, col(RecommendationRow.body)),
            lacks={
                ThreadGapKind.recommendation_undecided: col(RecommendationRow.valid)
                & col(RecommendationRow.answer).is_(None)
            },
            since=col(RecommendationRow.decided_on),
            must_act=lambda session: func.coalesce(
                _body(session, col(RecommendationRow.addressed_to)),
                _body(session, col(RecommendationRow.body)),
            ),
        ),
        OfKind(
            NodeType.resolution,
            RESOLUTIONS,
            title=col(ResolutionRow.title),
            state=_stands(),
            on=col(ResolutionRow.decided_on),
            responsible=lambda session: _body(session, col(ResolutionRow.body)),
            lacks={
                ThreadGapKind.resolution_without_measure: in_state(ResolutionState.valid, today())
                & (col(ResolutionRow.kind) == ResolutionKind.decision)
                & ~_HAS_TASKS
                & ~_ONLY_REJECTS
                & ~_ONLY_REPEALS,
                ThreadGapKind.beyond_mandate: col(ResolutionRow.valid) & _WITHOUT_MANDATE,
            },
            since=col(ResolutionRow.decided_on),
            must_act=lambda session: _body(session, col(ResolutionRow.body)),
        ),
        OfKind(
            NodeType.publication,
            PUBLICATIONS,
            title=col(PublicationRow.title),
            on=col(PublicationRow.published_on),
            responsible=lambda session: _body(session, col(PublicationRow.commissioned_by)),
        ),
        Chapters(),
    )
