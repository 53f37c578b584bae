"""Take organizations: those that meet as bodies, the others as organisations."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.bodies.queries import parents as of_bodies
from services.boards.harvests.intake import C, Given, Intake, R
from services.boards.harvests.meanings import rules
from services.boards.harvests.meanings.rules import Meaning
from services.boards.harvests.repairs.rules import Repaired, Type
from services.boards.harvests.repairs.values import Repair
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.organisations.queries import parents as of_organisations
from services.boards.organisations.rules import check_parent
from services.contracts.boards.bodies import NewBody
from services.contracts.boards.organisations import NewOrganisation
from services.contracts.shared.base import Visibility
from services.kit import sql
from services.kit.problems import Invalid
from services.kit.resources import Kind

_GUESSED = ("kind", "mandates")
"""Read from a name: right at the start, afterwards the town's own."""


async def take(intake: Intake, objects: Sequence[tuple[Repaired, Any]]) -> None:
    """Take organizations as bodies or organisations; one stays what it was taken for.

    What they are part of is taken where it is of the same kind here; one not read yet follows.
    Where it is said no longer, what the import had set is taken away; what a person set stays.
    """
    bodies: list[Meaning] = []
    others: list[Meaning] = []
    for one, _ in objects:
        before = intake.known.get(one.id)
        known = before.collection if before is not None else None
        as_body = rules.is_body(one) if known is None else known == BODIES.collection
        intake.note(one.repairs)
        if as_body:
            bodies.append(rules.body(one))
        else:
            others.append(rules.organisation(one))
    waits, held = dict[str, Collection[str]](), dict[str, str | None]()
    await _put(intake, BODIES, NewBody, bodies, of_bodies, waits, held)
    await _put(intake, ORGANISATIONS, NewOrganisation, others, of_organisations, waits, held)
    for one, raw in objects:
        intake.keep(one, raw, waits.get(one.id, ()), held=held.get(one.id))


async def _put(
    intake: Intake,
    kind: Kind[R],
    contract: type[C],
    meant: Sequence[Meaning],
    parents: Callable[[AsyncSession], Awaitable[dict[str, str | None]]],
    waits: dict[str, Collection[str]],
    held: dict[str, str | None],
) -> None:
    """Store them; notes the addresses that each waits for, and the parent that each was given."""
    set_before = {one.id: row.held for one in meant if (row := intake.known.get(one.id))}
    above: dict[str, str | None] = {}
    if any(one.links for one in meant) or any(set_before.values()):
        await sql.alone(intake.session, f"{kind.event}.parent")
        above = await parents(intake.session)
    own = {one.id: intake.key(one.id, kind.collection) for one in meant}
    of_others = {}
    for one in meant:
        now = above.get(own[one.id] or "")
        if now is not None and now == set_before.get(one.id):
            one.fields["parent"] = above[str(own[one.id])] = None
        else:
            of_others[one.id] = now
    given = []
    for one in meant:
        address = one.links.get("parent")
        if address is not None and intake.awaits(address):
            waits[one.id] = [address]
        elif address is not None:
            one.fields.update(_parent(intake, kind, one.id, address, above))
        parent = one.fields.get("parent")
        held[one.id] = parent if parent != of_others.get(one.id) else None
        given.append(_given(intake, one))
    await intake.put(kind, contract, Type.organization, given)


def _parent(
    intake: Intake, kind: Kind[Any], own: str, address: str, above: dict[str, str | None]
) -> dict[str, str]:
    """What it is part of, if that is of the same kind here and not part of itself."""
    parent, key = intake.key(address, kind.collection), intake.key(own, kind.collection)
    if parent is None:
        if intake.known[address].key is not None:
            intake.find(Repair("not_held", "subOrganizationOf", own))
        return {}
    if key is not None:
        try:
            check_parent(key, parent, above)
        except Invalid:
            intake.find(Repair("part_of_itself", "subOrganizationOf", own))
            return {}
        above[key] = parent
    return {"parent": parent}


def _given(intake: Intake, meant: Meaning) -> Given:
    intake.note(meant.repairs)
    once = {name: meant.fields[name] for name in _GUESSED if name in meant.fields}
    once["visibility"] = Visibility.public
    fields = {name: value for name, value in meant.fields.items() if name not in _GUESSED}
    return Given(meant.id, fields, once, meant.fields["name"]["de"])
