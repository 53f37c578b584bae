"""What a person does with participants."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_jsonable_python
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.participants import (
    NewParticipant,
    Participant,
    ParticipantFacts,
    ParticipantIdentity,
)
from services.contracts.projects.participation import MonitoringMode
from services.kit import conditional, journal
from services.kit.database import municipality_of
from services.kit.keys import opaque
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound
from services.projects.monitorings.queries import MONITORINGS
from services.projects.monitorings.rules import check_persons
from services.projects.participants import queries, rules
from services.projects.participants.queries import Whole, told
from services.projects.participants.tables import (
    ParticipantIdentityRow,
    ParticipantRow,
    ParticipantSpecialRow,
)

_SPECIAL = ("disability", "minority")


async def enter(session: AsyncSession, new: NewParticipant) -> Participant:
    """Enter somebody under a new pseudonym."""
    try:
        monitoring = await MONITORINGS.one(session, new.monitoring, lock=True)
    except NotFound:
        raise Invalid(
            "There is no such monitoring.", pointer="/monitoring", code="unknown"
        ) from None
    check_persons(MonitoringMode(monitoring.mode))
    same = rules.same(new.identity)
    rules.check_new(await queries.known_as(session, new.monitoring, same))
    town = municipality_of(session)
    row = ParticipantRow(
        municipality_id=town.id,
        key=opaque("t"),
        monitoring=monitoring.key,
        age=rules.age(new.identity.birth_date, new.entered_on),
        re_entered_on=[],
        **_columns(new),
    )
    session.add(row)
    await session.flush()
    whole = Whole(row, _special(row, new))
    session.add(whole.special)
    session.add(
        ParticipantIdentityRow(
            municipality_id=town.id,
            participant=row.id,
            monitoring=monitoring.key,
            same=same,
            **new.identity.model_dump(),
        )
    )
    await session.flush()
    await tell(session, row, "created")
    session.info["location"] = f"/v1/{town.key}/participants/{row.key}"
    return told(whole)


async def change(
    session: AsyncSession, key: str, patch: Patch[ParticipantFacts], expected: int
) -> Participant:
    """Complete or correct what is known of somebody."""
    whole = await queries.one(session, key, lock=True)
    conditional.require(whole.row.edition, expected)
    new = patch.onto(whole.facts)
    born = (await queries.identity(session, whole)).birth_date
    rules.check_dates(born, new.entered_on, whole.row.exited_on)
    changed = _set(whole.row, {**_columns(new), "age": rules.age(born, new.entered_on)})
    changed += _set(whole.special, {name: getattr(new, name) for name in _SPECIAL})
    return await store(session, whole, changed)


async def identify(
    session: AsyncSession, key: str, patch: Patch[ParticipantIdentity], expected: int
) -> ParticipantIdentity:
    """Correct who somebody is."""
    whole = await queries.one(session, key, lock=True)
    conditional.require(whole.row.edition, expected)
    row = await queries.identity(session, whole)
    new = patch.onto(row)
    rules.check_dates(new.birth_date, whole.row.entered_on, whole.row.exited_on)
    same = rules.same(new)
    known = await queries.known_as(session, whole.row.monitoring, same)
    rules.check_new(known if known != key else None)
    changed = _set(row, {**new.model_dump(), "same": same})
    changed += _set(whole.row, {"age": rules.age(new.birth_date, whole.row.entered_on)})
    await store(session, whole, changed)
    return ParticipantIdentity.model_validate(row, from_attributes=True)


async def store(session: AsyncSession, whole: Whole, changed: list[str]) -> Participant:
    """Store what was set, and journal the names of what changed, never a value."""
    if changed:
        whole.row.edition += 1
        await session.flush()
        await tell(session, whole.row, "changed", fields=sorted(set(changed)))
    session.info["revision"] = whole.row.edition
    return told(whole)


async def tell(session: AsyncSession, row: ParticipantRow, what: str, **data: Any) -> None:
    """Journal by the UUID, which nobody outside knows."""
    session.info["revision"] = row.edition
    facts = {"id": str(row.id), "revision": row.edition, **data}
    await journal.append(
        session, f"projects.participant.{what}.v1", f"participants/{row.id}", facts
    )


def _columns(facts: ParticipantFacts) -> dict[str, Any]:
    names = set(ParticipantFacts.model_fields) - set(_SPECIAL)
    values = {name: getattr(facts, name) for name in names}
    return values | {"no_answer": to_jsonable_python(facts.no_answer)}


def _special(row: ParticipantRow, facts: ParticipantFacts) -> ParticipantSpecialRow:
    return ParticipantSpecialRow(
        municipality_id=row.municipality_id,
        participant=row.id,
        disability=facts.disability,
        minority=facts.minority,
    )


def _set(row: Any, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed
