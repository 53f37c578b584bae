"""Take meetings with their agendas."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.agendas.rules import visibility
from services.boards.bodies.queries import BODIES
from services.boards.harvests.batches import queries
from services.boards.harvests.documents.commands import Subject, link
from services.boards.harvests.intake import Given, Intake, as_it_is
from services.boards.harvests.meanings import rules
from services.boards.harvests.meanings.rules import Meaning, digest
from services.boards.harvests.repairs.rules import Repaired, Type, in_order
from services.boards.harvests.repairs.values import Repair
from services.boards.meetings.queries import MEETINGS
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.meetings import NewAgendaItem, NewMeeting
from services.contracts.shared.base import Key, Visibility
from services.kit.days import day

_ASIDE, _GONE = 20_000, 50_000
"""Positions for items that are being moved, and for those that left the agenda."""


class ItemRead(NewAgendaItem):
    """An agenda item with what else is stored of it."""

    meeting: Key
    visibility: Visibility


async def take(intake: Intake, objects: Sequence[tuple[Repaired, Any]]) -> None:
    """Take meetings; one of a body that was not read yet waits for it."""
    given, agendas = [], dict[str, list[Repaired]]()
    for one, raw in objects:
        intake.note(one.repairs)
        meant = rules.meeting(one, intake.now)
        if isinstance(meant, Repair):
            intake.leave_out(Type.meeting, meant)
            intake.keep(one, raw, ())
            continue
        intake.note(meant.repairs)
        body = intake.key(meant.links["body"], BODIES.collection)
        intake.keep(one, raw, () if body else (meant.links["body"],))
        if body is not None:
            on = day(meant.fields["starts_at"])
            fields, once = {**meant.fields, "body": body}, {"visibility": Visibility.public}
            given.append(Given(one.id, fields, once, f"{body}-{on}"))
            if "agendaItem" in one.values:
                agendas[one.id] = one.values["agendaItem"]
    rows = await intake.put(MEETINGS, NewMeeting, Type.meeting, given)
    meetings = [Subject(SubjectKind.meeting, rows[o.id].key, o) for o, _ in objects if o.id in rows]
    await link(intake, meetings)
    whole = {rows[address].key: items for address, items in agendas.items() if address in rows}
    await _agendas(intake, whole)


async def _agendas(intake: Intake, agendas: Mapping[str, Sequence[Repaired]]) -> None:
    """Put whole agendas in their order; what is no longer on them goes to the administration."""
    meant: list[tuple[str, Meaning]] = []
    told = [item for items in agendas.values() for item in items]
    for meeting, items in agendas.items():
        placed, repairs = in_order([item for item in items if not item.deleted], meeting)
        intake.note(repairs)
        meant += [(meeting, rules.agenda_item(item, n)) for n, item in enumerate(placed)]
    before = await queries.on_agendas(intake.session, agendas) if agendas else []
    there = {item.id: item.fields["position"] for _, item in meant}
    moved = [row for row in before if there.get(str(row.external_id), -1) != row.position]
    for row in moved:
        if row.external_id in there:
            row.position += _ASIDE
    await intake.session.flush()
    for row in moved:
        if row.external_id not in there and row.position < _GONE:
            new = ItemRead.model_validate({**as_it_is(ItemRead, row), "position": None})
            hidden = {"visibility": Visibility.administration, "position": row.position + _GONE}
            await AGENDA_ITEMS.store(intake.session, row, new, **hidden)
            intake.count("deleted", Type.agenda_item)
    await _items(intake, meant, told)


async def _items(
    intake: Intake, meant: Sequence[tuple[str, Meaning]], told: Sequence[Repaired]
) -> None:
    given = []
    for meeting, item in meant:
        intake.note(item.repairs)
        shown = visibility(NewAgendaItem.model_construct(**item.fields), usually_public=True)
        fields = {**item.fields, "meeting": meeting, "visibility": shown}
        given.append(Given(item.id, fields, {}, f"a-{digest(item.id)}"))
    rows = await intake.put(AGENDA_ITEMS, ItemRead, Type.agenda_item, given)
    of = {one.id: one for one in told}
    items = [Subject(SubjectKind.agenda_item, row.key, of[id]) for id, row in rows.items()]
    await link(intake, items)


async def take_items(intake: Intake, objects: Sequence[tuple[Repaired, Any]]) -> None:
    """Take agenda items of a list of their own: changes of those known, new ones at the end."""
    meetings = {
        key for one, _ in objects if (key := intake.key(one.text("meeting"), MEETINGS.collection))
    }
    places: dict[str, int] = defaultdict(int)
    known: dict[str, tuple[str, int]] = {}
    for row in await queries.on_agendas(intake.session, meetings) if meetings else ():
        known[str(row.external_id)] = row.meeting, row.position
        if row.position < _ASIDE:
            places[row.meeting] = max(places[row.meeting], row.position + 1)
    meant = []
    for one, raw in objects:
        intake.note(one.repairs)
        address = one.text("meeting")
        meeting = intake.key(address, MEETINGS.collection)
        if address is None:
            intake.leave_out(Type.agenda_item, Repair("no_meeting", "meeting", one.id))
        intake.keep(one, raw, (address,) if address is not None and meeting is None else ())
        if meeting is not None:
            _, place = known.get(one.id, (meeting, places[meeting]))
            places[meeting] += one.id not in known
            meant.append((meeting, rules.agenda_item(one, place)))
    await _items(intake, meant, [one for one, _ in objects])
