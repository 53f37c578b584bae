"""What is done with the objects that a source answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.bodies.queries import BODIES
from services.boards.consultations.queries import CONSULTATIONS
from services.boards.harvests.batches import queries
from services.boards.harvests.consultations import commands as consultations
from services.boards.harvests.intake import Intake, as_it_is, digest_of
from services.boards.harvests.organizations import commands as organizations
from services.boards.harvests.papers import commands as papers
from services.boards.harvests.ranks import commands as ranks
from services.boards.harvests.repairs.rules import Repaired, Type, repaired
from services.boards.harvests.repairs.values import Repair
from services.boards.harvests.sittings import commands as sittings
from services.boards.harvests.sources.queries import SOURCES
from services.boards.meetings.queries import MEETINGS
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.papers.queries import PAPERS
from services.contracts.boards.bodies import NewBody
from services.contracts.boards.consultations import ConsultationState, NewConsultation
from services.contracts.boards.harvests import (
    ListName,
    NewOparlSource,
    OparlBatch,
    OparlReport,
)
from services.contracts.boards.meetings import NewAgendaItem, NewMeeting
from services.contracts.boards.organisations import NewOrganisation
from services.contracts.boards.papers import NewPaper, PaperState
from services.contracts.shared.base import Visibility
from services.kit.resources import Kind

Objects = Sequence[tuple[Repaired, Any]]
_OF_LIST: Mapping[ListName, Type] = {
    "organization": Type.organization,
    "meeting": Type.meeting,
    "agendaItem": Type.agenda_item,
    "paper": Type.paper,
    "consultation": Type.consultation,
}
_STEPS = {
    Type.organization: organizations.take,
    Type.meeting: sittings.take,
    Type.agenda_item: sittings.take_items,
    Type.paper: papers.take,
    Type.consultation: consultations.take,
}
"""In the order in which objects name one another."""
_WITHDRAWN: Mapping[str, tuple[Kind[Any], type[BaseModel], Mapping[str, Any]]] = {
    BODIES.collection: (BODIES, NewBody, {}),
    ORGANISATIONS.collection: (ORGANISATIONS, NewOrganisation, {}),
    MEETINGS.collection: (MEETINGS, NewMeeting, {}),
    AGENDA_ITEMS.collection: (AGENDA_ITEMS, NewAgendaItem, {}),
    PAPERS.collection: (PAPERS, NewPaper, {"state": PaperState.withdrawn}),
    CONSULTATIONS.collection: (
        CONSULTATIONS,
        NewConsultation,
        {"state": ConsultationState.cancelled},
    ),
}
_MOST_ROUNDS = 5
"""How often what waited is looked at again: papers that name papers that name papers."""


async def take(session: AsyncSession, key: str, batch: OparlBatch, now: datetime) -> OparlReport:
    """Take a batch of objects and note how far the reading has come, in one transaction.

    Nothing is refused for what is wrong with it: it is put right, left out or kept until what it
    names was read, and the report says so. The same object again changes nothing.
    """
    source = await SOURCES.one(session, key, lock=True)
    intake = Intake(session, source.key, now)
    expected = _OF_LIST[batch.list] if batch.list is not None else None
    await _take(intake, list(_repaired(intake, batch.objects, expected)))
    await _called(intake, batch.called)
    for _ in range(_MOST_ROUNDS):
        again = await _completed(intake)
        if not again:
            break
        intake.again = True
        await _take(intake, again)
    if batch.finished:
        await consultations.hold(intake)
    if batch.started_at is not None:
        stands: dict[str, Any] = {
            "list": batch.list,
            "next": batch.next,
            "started_at": batch.started_at,
        }
        if batch.finished:
            stands = {"list": None, "next": None, "started_at": None, "read_at": batch.started_at}
        same = NewOparlSource.model_validate(as_it_is(NewOparlSource, source))
        await SOURCES.store(session, source, same, **stands)
    await queries.know_size(session)
    return intake.report()


async def _called(intake: Intake, called: Mapping[str, str]) -> None:
    """Let addresses mean what was found there, which calls itself otherwise."""
    await intake.learn([*called, *called.values()])
    for address, identifier in called.items():
        row = intake.known.get(identifier)
        if row is not None and row.key is not None and row.collection is not None:
            if address not in intake.known:
                intake.note([Repair("other_id", "id", address)])
            intake.remember(address, Type(row.type), row.collection, row.key)


def _repaired(
    intake: Intake, raws: Iterable[Any], expected: Type | None
) -> Iterable[tuple[Repaired, Any]]:
    for raw in raws:
        try:
            one = repaired(raw, expected)
        except RecursionError:
            one = Repair("nested_too_deeply", "", "")
        if isinstance(one, Repaired) and one.type in _STEPS:
            yield one, raw
        elif isinstance(one, Repaired):
            intake.count("left_out", one.type)
        else:
            intake.counts["left_out"][(expected or "").strip() or "unknown"] += 1
            intake.note([one])


async def _take(intake: Intake, objects: Objects) -> None:
    last = {one.id: (one, raw) for one, raw in objects}
    intake.met |= set(last)
    await intake.learn(_addresses(last.values()))
    new: dict[Type, list[tuple[Repaired, Any]]] = defaultdict(list)
    for one, raw in last.values():
        before = intake.known.get(one.id)
        if before is not None and before.digest == digest_of(raw) and not _ready(intake, one):
            intake.count("unchanged", one.type)
        elif one.deleted:
            await _withdraw(intake, one, raw)
        else:
            new[one.type].append((one, raw))
            if before is not None and before.deleted:
                intake.returned.add(one.id)
    for type, step in _STEPS.items():
        if new[type]:
            await step(intake, new[type])


def _ready(intake: Intake, one: Repaired) -> bool:
    """Whether something that the object waited for has come."""
    before = intake.known[one.id]
    return bool(intake.fresh & set(before.waits_for or ()))


async def _completed(intake: Intake) -> list[tuple[Repaired, Any]]:
    """Objects that waited for something which has come, once each."""
    fresh = set(intake.fresh)
    await intake.session.flush()  # what waits since this batch is found as well
    rows = await queries.waiting_for(intake.session, intake.source, fresh) if fresh else ()
    found = [(repaired(row.raw), row.raw) for row in rows]
    return [(one, raw) for one, raw in found if isinstance(one, Repaired)]


def _addresses(objects: Iterable[tuple[Repaired, Any]]) -> Iterable[str]:
    """Every address that the objects name, and their own."""
    for one, _ in objects:
        yield one.id
        for value in one.values.values():
            if isinstance(value, str) and value.startswith("http"):
                yield value
            elif isinstance(value, Repaired):
                yield value.id
            elif isinstance(value, list):
                yield from (part for part in value if isinstance(part, str))
                yield from _addresses((part, None) for part in value if isinstance(part, Repaired))


async def _withdraw(intake: Intake, one: Repaired, raw: Any) -> None:
    """What the server took back is the administration's from now on; what was never read is not."""
    before = intake.known.get(one.id)
    intake.note(one.repairs)
    intake.count("deleted", one.type)
    if one.type is Type.paper:
        await ranks.follow(intake, {one.id: []})
    intake.keep(one, raw, (), held=before.held if before is not None else None)
    if before is None or before.key is None or before.collection is None:
        return
    kind, contract, change = _WITHDRAWN[before.collection]
    row = await kind.one(intake.session, before.key, lock=True)
    new = contract.model_validate({**as_it_is(contract, row), **change})
    await kind.store(intake.session, row, new, visibility=Visibility.administration)
