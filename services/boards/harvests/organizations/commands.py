"""Take organizations: those that meet as bodies, the others as organisations."""

from collections.abc import Sequence
from typing import Any

from services.boards.bodies.queries import BODIES
from services.boards.harvests.intake import Given, Intake
from services.boards.harvests.meanings import rules
from services.boards.harvests.meanings.rules import Meaning
from services.boards.harvests.repairs.rules import Repaired, Type
from services.boards.organisations.queries import ORGANISATIONS
from services.contracts.boards.bodies import NewBody
from services.contracts.boards.organisations import NewOrganisation
from services.contracts.shared.base import Visibility

_GUESSED = ("kind", "mandates")
"""Read from a name: right at the start, afterwards the town's own."""


async def take(intake: Intake, objects: Sequence[tuple[Repaired, Any]]) -> None:
    """Take organizations as bodies or organisations; one stays what it was taken for."""
    bodies: list[Repaired] = []
    others: list[Repaired] = []
    for one, raw in objects:
        before = intake.known.get(one.id)
        as_body = rules.is_body(one) if before is None else before.collection == BODIES.collection
        (bodies if as_body else others).append(one)
        intake.note(one.repairs)
        intake.keep(one, raw, ())
    await _bodies(intake, [rules.body(one) for one in bodies])
    given = [_given(intake, rules.organisation(one)) for one in others]
    await intake.put(ORGANISATIONS, NewOrganisation, Type.organization, given)


async def _bodies(intake: Intake, meant: Sequence[Meaning]) -> None:
    given = [_given(intake, one) for one in meant]
    await intake.put(BODIES, NewBody, Type.organization, given)


def _given(intake: Intake, meant: Meaning) -> Given:
    intake.note(meant.repairs)
    once = {name: meant.fields[name] for name in _GUESSED if name in meant.fields}
    once["visibility"] = Visibility.public
    fields = {name: value for name, value in meant.fields.items() if name not in _GUESSED}
    return Given(meant.id, fields, once, meant.fields["name"]["de"])
