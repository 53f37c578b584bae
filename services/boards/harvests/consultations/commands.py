"""Take consultations: the steps of papers through bodies, each with its meeting and its item."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pydantic import BaseModel

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.agendas.tables import AgendaItemRow
from services.boards.bodies.queries import BODIES
from services.boards.consultations.queries import CONSULTATIONS
from services.boards.consultations.tables import ConsultationRow
from services.boards.harvests.batches import queries
from services.boards.harvests.batches.queries import Sitting
from services.boards.harvests.intake import Given, Intake, as_it_is
from services.boards.harvests.meanings import rules
from services.boards.harvests.meanings.rules import Meaning, digest
from services.boards.harvests.repairs.rules import Repaired, Type
from services.boards.harvests.repairs.values import Repair
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.rules import may_have_results
from services.boards.papers.queries import PAPERS
from services.contracts.boards.consultations import (
    ConsultationRole,
    ConsultationState,
    NewConsultation,
)
from services.contracts.boards.meetings import MeetingState, NewMeeting
from services.kit.tables import Resource

_LATER = datetime.max.replace(tzinfo=UTC)
_ASIDE = 20_000
"""Positions of consultations that are being moved."""


class Step(NamedTuple):
    """A consultation of a paper, at its place in what was answered."""

    address: str
    meant: Meaning
    place: int


async def take(intake: Intake, objects: Sequence[tuple[Repaired, Any]]) -> None:
    """Take consultations of a list of their own; one of a paper not read yet waits for it."""
    steps: list[Step] = []
    raws: dict[str, tuple[Repaired, Any]] = {}
    for one, raw in objects:
        intake.note(one.repairs)
        meant = rules.consultation(one)
        if isinstance(meant, Repair):
            intake.leave_out(Type.consultation, meant)
            intake.keep(one, raw, ())
        elif intake.key(meant.links["paper"], PAPERS.collection) is None:
            intake.keep(one, raw, (meant.links["paper"],))
        else:
            steps.append(Step(one.id, meant, len(steps)))
            raws[one.id] = one, raw
    for step, missing in await store_in_order(intake, steps, ()):
        intake.keep(*raws[step.address], missing)


async def store_in_order(
    intake: Intake, steps: Sequence[Step], whole: Iterable[str]
) -> list[tuple[Step, set[str]]]:
    """Store the steps in the order of their meetings; of each what it still waits for.

    Of the papers in `whole` these are all steps there are: another one was taken off its way.
    """
    await intake.learn(step.address for step in steps)
    sittings = await _sittings(intake, steps)
    ready: list[tuple[Step, dict[str, Any]]] = []
    done: list[tuple[Step, set[str]]] = []
    for step in steps:
        intake.note(step.meant.repairs)
        fields, missing = _resolved(intake, step, sittings)
        done.append((step, missing))
        if "body" in fields:
            ready.append((step, fields))
        elif not missing:
            repair = Repair("no_organization", "organization", step.address)
            intake.leave_out(Type.consultation, repair)
    await _strengthen(intake, [fields for _, fields in ready])
    await _one_per_item(intake, ready)
    await _store(intake, ready, sittings, set(whole))
    return done


async def _sittings(intake: Intake, steps: Sequence[Step]) -> dict[str, Sitting]:
    addresses = [step.meant.links.get("meeting") for step in steps]
    keys = {key for one in addresses if (key := intake.key(one, MEETINGS.collection))}
    return await queries.sittings(intake.session, keys) if keys else {}


def _resolved(
    intake: Intake, step: Step, sittings: Mapping[str, Sitting]
) -> tuple[dict[str, Any], set[str]]:
    """The fields of a consultation, and the addresses it waits for."""
    links, missing = step.meant.links, set[str]()
    fields = {**step.meant.fields, "paper": intake.key(links["paper"], PAPERS.collection)}
    bodies = []
    for address in step.meant.many["bodies"]:
        key = intake.key(address, BODIES.collection)
        if intake.awaits(address):
            missing.add(address)
        elif key is not None:
            bodies.append(key)
    meeting = intake.key(links.get("meeting"), MEETINGS.collection)
    if "meeting" in links and intake.awaits(links["meeting"]):
        missing.add(links["meeting"])
    sitting = sittings.get(meeting or "")
    if not bodies and sitting is not None:
        bodies = [sitting.body]
    if bodies:
        fields |= {"body": bodies[0], "joint_with": bodies[1:]}
    if sitting is not None and sitting.body not in bodies:
        intake.note([Repair("meeting_of_another_body", "meeting", step.address)])
    fields |= {"meeting": meeting, "state": _state(sitting), "agenda_item": None}
    item = links.get("agenda_item")
    if meeting is not None and item is not None:
        fields["agenda_item"] = intake.key(item, AGENDA_ITEMS.collection)
        if intake.awaits(item):
            missing.add(item)
    return fields, missing


def _state(sitting: Sitting | None) -> ConsultationState:
    if sitting is None:
        return ConsultationState.planned
    if sitting.state == MeetingState.cancelled:
        return ConsultationState.cancelled
    held = may_have_results(MeetingState(sitting.state))
    return ConsultationState.held if held else ConsultationState.planned


async def _strengthen(intake: Intake, fields: Sequence[dict[str, Any]]) -> None:
    """Let nobody decide who may not."""
    bodies = {one["body"] for one in fields}
    mandates = await queries.mandates(intake.session, bodies) if bodies else {}
    for one in fields:
        weaker = rules.weaker(ConsultationRole(one["role"]), mandates.get(one["body"], ()))
        if weaker != one["role"]:
            intake.note([Repair("no_mandate", "authoritative", one["body"])])
            one["role"] = weaker


async def _one_per_item(intake: Intake, ready: Sequence[tuple[Step, dict[str, Any]]]) -> None:
    """One agenda item, one consultation, and of the same meeting; the first keeps it."""
    items = {item for _, fields in ready if (item := fields["agenda_item"])}
    meetings = await queries.meetings_of(intake.session, items) if items else {}
    at = await queries.consulted_at(intake.session, items) if items else {}
    own = {step.address: intake.key(step.address, CONSULTATIONS.collection) for step, _ in ready}
    taken: dict[str, str] = {item: key for item, key in at.items() if key not in own.values()}
    for step, fields in ready:
        item = fields["agenda_item"]
        if item is None:
            continue
        if taken.get(item, step.address) != step.address:
            intake.note([Repair("agenda_item_taken", "agendaItem", step.address)])
            fields["agenda_item"] = None
        elif meetings.get(item) != fields["meeting"]:
            intake.note([Repair("agenda_item_elsewhere", "agendaItem", step.address)])
            fields["agenda_item"] = None
        else:
            taken[item] = step.address


async def _store(
    intake: Intake,
    ready: Sequence[tuple[Step, dict[str, Any]]],
    sittings: Mapping[str, Sitting],
    whole: set[str],
) -> None:
    papers = {fields["paper"] for _, fields in ready} | whole
    before = await queries.on_the_way(intake.session, papers) if papers else []
    mine = {step.address for step, _ in ready}
    for row in before:
        off = row.external_id is not None and row.external_id not in mine and row.paper in whole
        if off and row.state != ConsultationState.cancelled:
            state = {**as_it_is(NewConsultation, row), "state": ConsultationState.cancelled}
            await CONSULTATIONS.store(intake.session, row, NewConsultation.model_validate(state))
            intake.count("deleted", Type.consultation)
    others = [row for row in before if row.external_id not in mine]
    places = _places(ready, sittings, others)
    known = {str(row.external_id): row for row in before}
    moved = [
        known[address]
        for address, place in places.items()
        if address in known and known[address].position != place
    ]
    for row in moved:
        row.position += _ASIDE
    await intake.session.flush()
    given = [
        Given(
            step.address,
            {**fields, "position": places[step.address]},
            {},
            f"c-{digest(step.address)}",
        )
        for step, fields in ready
    ]
    await intake.put(CONSULTATIONS, NewConsultation, Type.consultation, given)
    # A trigger has written papers and consultations into the agenda.
    for held in list(intake.session.identity_map.values()):
        if isinstance(held, AgendaItemRow):
            intake.session.expire(held)


def _places(
    ready: Sequence[tuple[Step, dict[str, Any]]],
    sittings: Mapping[str, Sitting],
    others: Sequence[ConsultationRow],
) -> dict[str, int]:
    """The places of the steps on the way of their papers: by their meetings, then as answered.

    Places of steps that the town itself put on the way are not taken.
    """
    ways: dict[str, list[tuple[datetime, int, str]]] = defaultdict(list)
    for step, fields in ready:
        sitting = sittings.get(fields["meeting"] or "")
        when = sitting.starts_at if sitting is not None else _LATER
        ways[fields["paper"]].append((when, step.place, step.address))
    taken: dict[str, set[int]] = defaultdict(set)
    for row in others:
        taken[row.paper].add(row.position)
    places: dict[str, int] = {}
    for paper, way in ways.items():
        free = (n for n in range(10_000) if n not in taken[paper])
        places |= {address: next(free) for _, _, address in sorted(way)}
    return places


async def hold(intake: Intake) -> None:
    """Meetings to come whose end has passed since they were read are held, with their steps.

    Servers rarely say it, and what did not change there is not read again.
    """
    over = await queries.over(intake.session, intake.source, intake.now)
    steps = await queries.planned_at(intake.session, [row.key for row in over]) if over else ()
    meetings = [(row, _held(NewMeeting, row, MeetingState.held)) for row in over]
    held = [(row, _held(NewConsultation, row, ConsultationState.held)) for row in steps]
    if meetings:
        await MEETINGS.store_all(intake.session, meetings)
    if held:
        await CONSULTATIONS.store_all(intake.session, held)
    intake.count("changed", Type.meeting, len(meetings))
    intake.count("changed", Type.consultation, len(held))


def _held(contract: type[BaseModel], row: Resource, state: str) -> BaseModel:
    return contract.model_validate({**as_it_is(contract, row), "state": state})
