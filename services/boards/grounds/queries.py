"""What a vote tells of what was decided by it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.agendas.tables import AgendaItemRow
from services.boards.bodies.queries import BODIES
from services.boards.bodies.rules import mandates_on
from services.boards.bodies.tables import BodyRow
from services.boards.consultations.tables import ConsultationRow
from services.boards.evidences.tables import EvidenceRow
from services.boards.grounds import rules
from services.boards.papers.queries import PAPERS
from services.boards.papers.tables import PaperRow
from services.boards.votes.queries import VOTES
from services.boards.votes.tables import VoteRow
from services.contracts.boards.consultations import ConsultationRole, ConsultationState
from services.contracts.boards.votes import Snapshot, VoteOutcome, VotePurpose, VoteState
from services.contracts.shared.base import Visibility
from services.kit.database import municipality_of
from services.kit.days import day
from services.kit.problems import Invalid, NotFound


@dataclass(frozen=True)
class Ground:
    """A vote that was taken, where, by whom and on which step of which paper."""

    vote: VoteRow
    body: BodyRow
    item: AgendaItemRow
    decided_on: date
    paper: PaperRow | None
    consultation: ConsultationRow | None

    @property
    def mandates(self) -> Sequence[str]:
        """What the word of the body was worth on the day of the vote."""
        return mandates_on(self.body, self.decided_on)

    @property
    def role(self) -> ConsultationRole | None:
        """What the body was asked to do with the paper; None without a paper."""
        return ConsultationRole(self.consultation.role) if self.consultation else None

    @property
    def columns(self) -> dict[str, object]:
        """What is kept of it with what rests on it."""
        return {
            "vote": self.vote.key,
            "body": self.body.key,
            "meeting": self.vote.meeting,
            "agenda_item": self.item.key,
            "decided_on": self.decided_on,
            "valid": True,
        }

    @property
    def on_paper(self) -> dict[str, object]:
        """The paper and the step of its way."""
        return {
            "paper": self.paper.key if self.paper else None,
            "consultation": self.consultation.key if self.consultation else None,
        }

    def visibility(self, wished: Visibility | None) -> Visibility:
        """As wished, else as the item of the agenda."""
        return wished or Visibility(self.item.visibility)


async def ground(
    session: AsyncSession, key: str, wanted: VoteOutcome = VoteOutcome.adopted
) -> Ground:
    """The vote as a ground, with which nobody does anything else until commit.

    Refuses one that is not there (422) or that did not go as `wanted` (409).
    """
    try:
        vote = await VOTES.one(session, key, lock=True)
    except NotFound as missing:
        raise Invalid(missing.detail, pointer="/vote", code="unknown") from None
    snapshot = Snapshot.model_validate(vote.snapshot) if vote.snapshot else None
    rules.check_vote(
        VotePurpose(vote.purpose),
        VoteState(vote.state),
        VoteOutcome(vote.outcome) if vote.outcome else None,
        quorate=snapshot is not None and snapshot.quorate,
        wanted=wanted,
    )
    assert snapshot is not None, "a closed vote has a snapshot"
    assert vote.agenda_item is not None, "a decision is an item of the agenda"
    item = await AGENDA_ITEMS.one(session, vote.agenda_item)
    paper = await PAPERS.one(session, item.paper, lock=True) if item.paper else None
    return Ground(
        vote=vote,
        body=await BODIES.one(session, vote.body, lock=True),
        item=item,
        decided_on=day(snapshot.at),
        paper=paper,
        consultation=await _step(session, item.consultation) if item.consultation else None,
    )


async def _step(session: AsyncSession, key: str) -> ConsultationRow:
    statement = (
        select(ConsultationRow)
        .where(
            col(ConsultationRow.municipality_id) == municipality_of(session).id,
            col(ConsultationRow.key) == key,
        )
        .with_for_update(key_share=True)
    )
    return (await session.exec(statement)).one()


async def undone_before(session: AsyncSession, step: ConsultationRow) -> list[str]:
    """The bodies whose consultation comes before and is still planned."""
    statement = select(ConsultationRow.body).where(
        col(ConsultationRow.municipality_id) == step.municipality_id,
        col(ConsultationRow.paper) == step.paper,
        col(ConsultationRow.position) < step.position,
        col(ConsultationRow.state) == ConsultationState.planned,
    )
    return list(await session.exec(statement))


async def decisions_to_come(session: AsyncSession, step: ConsultationRow) -> bool:
    """Whether another body is still to decide on the paper."""
    statement = select(ConsultationRow.key).where(
        col(ConsultationRow.municipality_id) == step.municipality_id,
        col(ConsultationRow.paper) == step.paper,
        col(ConsultationRow.key) != step.key,
        col(ConsultationRow.role) == ConsultationRole.decides,
        col(ConsultationRow.state) == ConsultationState.planned,
    )
    return (await session.exec(statement)).first() is not None


async def evidence_of(
    session: AsyncSession, column: str, keys: Collection[str]
) -> Mapping[str, list[EvidenceRow]]:
    """The evidence of recommendations or resolutions, in the order in which it was given."""
    if not keys:
        return {}
    subject = col(getattr(EvidenceRow, column))
    statement = (
        select(EvidenceRow)
        .where(col(EvidenceRow.municipality_id) == municipality_of(session).id, subject.in_(keys))
        .order_by(col(EvidenceRow.position))
    )
    found: dict[str, list[EvidenceRow]] = defaultdict(list)
    for row in await session.exec(statement):
        found[getattr(row, column)].append(row)
    return found
