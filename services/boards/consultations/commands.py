"""What a person does with the way of a paper through the bodies."""

from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import AGENDA_ITEMS, item
from services.boards.bodies.queries import BODIES, known
from services.boards.consultations import queries, rules
from services.boards.consultations.queries import CONSULTATIONS
from services.boards.consultations.rules import Sitting
from services.boards.consultations.tables import ConsultationRow
from services.boards.exclusions import commands as exclusions
from services.boards.meetings.queries import MEETINGS
from services.boards.papers.queries import PAPERS
from services.contracts.boards.consultations import Consultation, NewConsultation
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.papers import PaperState
from services.contracts.shared.problems import Fault
from services.kit.keys import opaque
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound
from services.kit.resources import Kind, aside
from services.kit.tables import Resource

R = TypeVar("R", bound=Resource)


async def plan(session: AsyncSession, new: NewConsultation) -> ConsultationRow:
    """Put a body on the way of a paper."""
    paper = await _named(session, PAPERS, new.paper, "/paper", lock=True)
    rules.check_paper(PaperState(paper.state))
    position = await _checked(session, new)
    row = await CONSULTATIONS.add(session, new, key=new.key or opaque("c"), position=position)
    return await _on_agenda(session, row, None)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewConsultation], expected: int
) -> ConsultationRow:
    """Change a step on the way of a paper: its place, its meeting, whether it was held."""
    before = await CONSULTATIONS.one(session, key)
    await PAPERS.one(session, before.paper, lock=True)
    row = await CONSULTATIONS.locked(session, key, expected)
    new, item_before = patch.onto(row, "paper", "body"), row.agenda_item
    if await queries.carries(session, row.key):
        rules.check_carried(Consultation.model_validate(row), new)
    row = await CONSULTATIONS.store(session, row, new, position=await _checked(session, new))
    return await _on_agenda(session, row, item_before)


async def _on_agenda(
    session: AsyncSession, row: ConsultationRow, before: str | None
) -> ConsultationRow:
    """Tell which items of agendas name the paper now or no longer, which the database has done.

    Those whose organisation the paper concerns are proposed to be excluded there.
    """
    if row.agenda_item == before:
        return row
    with aside(session):
        for key in (before, row.agenda_item):
            on_agenda = await item(session, key) if key is not None else None
            if on_agenda is not None:
                await session.refresh(on_agenda)
                fields = ["consultation", "paper"]
                await AGENDA_ITEMS.tell(session, on_agenda, "changed", fields=fields)
                if key == row.agenda_item:
                    meeting = await MEETINGS.one(session, on_agenda.meeting)
                    await exclusions.propose(session, meeting, on_agenda)
    return row


async def _checked(session: AsyncSession, new: NewConsultation) -> int:
    body = await _named(session, BODIES, new.body, "/body", lock=True)
    rules.check_role(new.role, body.mandates)
    await _check_joint(session, new)
    sitting = None
    if new.meeting is not None:
        meeting = await _named(session, MEETINGS, new.meeting, "/meeting", lock=True)
        sitting = Sitting(meeting.body, MeetingState(meeting.state))
    rules.check_meeting(new, sitting)
    if new.position is not None:
        return new.position
    return await queries.end_of_way(session, new.paper)


async def _check_joint(session: AsyncSession, new: NewConsultation) -> None:
    there = await known(session, new.joint_with) if new.joint_with else set()
    faults = [
        Fault(pointer=f"/joint_with/{place}", code="unknown", detail="There is no such body.")
        for place, body in enumerate(new.joint_with)
        if body not in there
    ]
    if faults:
        raise Invalid("Not all bodies exist.", faults=faults)


async def _named(session: AsyncSession, kind: Kind[R], key: str, pointer: str, *, lock: bool) -> R:
    """What the input names by key; 422 at the pointer when it is not there."""
    try:
        return await kind.one(session, key, lock=lock)
    except NotFound as missing:
        raise Invalid(str(missing.detail), pointer=pointer, code="unknown") from None
