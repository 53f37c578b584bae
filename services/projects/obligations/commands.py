"""What a person does with obligations, and how they follow what they come from."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.obligations import (
    LEAD_DAYS,
    Assignment,
    NewAssignment,
    NewObligation,
    Obligation,
    ObligationCare,
    ObligationDone,
    ObligationKind,
    ObligationState,
    ObligationWaiver,
    Reminder,
)
from services.contracts.shared.access import Role
from services.contracts.shared.base import Visibility
from services.kit.database import municipality_of
from services.kit.days import today
from services.kit.jobs import Work
from services.kit.patches import Patch
from services.kit.resources import aside
from services.projects import keys
from services.projects.duties.duty import Duty
from services.projects.duties.rules import duties
from services.projects.grant_facts import queries as grant_facts
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.jobs import JOBS
from services.projects.obligations import queries, rules
from services.projects.obligations.queries import FAR, OBLIGATIONS
from services.projects.obligations.tables import AssignmentRow, ObligationRow

REMIND = "obligations.remind"
FIRST_LEAD = timedelta(days=max(LEAD_DAYS))


async def enter(session: AsyncSession, new: NewObligation) -> ObligationRow:
    """Enter what is due besides what follows from notices and rules."""
    await keys.check(session, GrantRow, [new.grant], "/grant")
    return await OBLIGATIONS.add(
        session,
        new,
        kind=ObligationKind.other,
        origin=f"other/{new.key}",
        raw_due=new.due_on,
        sorted_on=new.due_on,
        clauses=[],
        state=ObligationState.open,
        reminders=[],
        visibility=Visibility.administration,
    )


async def change(
    session: AsyncSession, key: str, patch: Patch[NewObligation], expected: int
) -> ObligationRow:
    """Change an own obligation; of one that follows from something else, only who sees to it."""
    row = await OBLIGATIONS.locked(session, key, expected)
    if any(patch.says(name) for name in ("title", "due_on")):
        rules.check_own(ObligationKind(row.kind))
    if ObligationKind(row.kind) is ObligationKind.other:
        new = patch.onto(row, "grant")
        day = {"raw_due": new.due_on, "sorted_on": new.due_on}
        return await OBLIGATIONS.store(session, row, new, **day)
    care = Patch[ObligationCare]({k: v for k, v in patch.root.items() if k not in ("key", "grant")})
    return await OBLIGATIONS.store(session, row, care.onto(row))


async def finish(session: AsyncSession, key: str, new: ObligationDone) -> ObligationRow:
    """Say that it is done."""
    row = await OBLIGATIONS.one(session, key, lock=True)
    rules.check_open(ObligationState(row.state))
    rules.check_sayable(ObligationKind(row.kind))
    return await _step(session, row, ObligationState.done, "done", **new.model_dump())


async def waive(session: AsyncSession, key: str, new: ObligationWaiver) -> ObligationRow:
    """Say that it need not be done."""
    row = await OBLIGATIONS.one(session, key, lock=True)
    rules.check_open(ObligationState(row.state))
    return await _step(session, row, ObligationState.waived, "waived", note=new.reason)


async def reopen(session: AsyncSession, key: str, new: ObligationWaiver) -> ObligationRow:
    """Say that it must be done after all."""
    row = await OBLIGATIONS.one(session, key, lock=True)
    if ObligationState(row.state) is ObligationState.open:
        return row
    more = {"note": new.reason, "done_on": None}
    return await _step(session, row, ObligationState.open, "reopened", **more)


async def _step(
    session: AsyncSession, row: ObligationRow, state: ObligationState, what: str, **more: object
) -> ObligationRow:
    now = Obligation.model_validate(row)
    row = await OBLIGATIONS.store(session, row, now, **{"state": state, **more})
    await OBLIGATIONS.tell(session, row, what, grant=row.grant)
    return row


async def assign(session: AsyncSession, grant: str, new: NewAssignment) -> Assignment:
    """Give over everything open of a grant, and what will follow from it later."""
    held = await GRANTS.one(session, grant, lock=True)
    session.info.pop("revision", None)
    row = await queries.assignment(session, held.key)
    if row is None:
        row = AssignmentRow(municipality_id=municipality_of(session).id, grant=held.key)
        session.add(row)
    row.responsible, row.substitute = new.responsible, new.substitute
    await session.flush()
    rows = [row for row in (await queries.of_grant(session, held.key)).values() if _open(row)]
    await OBLIGATIONS.store_all(session, [(row, new) for row in rows])
    await GRANTS.tell(session, held, "assigned", obligations=len(rows))
    return Assignment(
        grant=held.key,
        responsible=new.responsible,
        substitute=new.substitute,
        obligations=len(rows),
    )


def _open(row: ObligationRow) -> bool:
    return ObligationState(row.state) is ObligationState.open


async def follow(session: AsyncSession, subjects: Sequence[str]) -> None:
    """Bring the obligations of every grant that was changed up to date; before each commit."""
    with aside(session):
        for grant in await queries.touched(session, subjects):
            await derive(session, grant)


async def derive(session: AsyncSession, grant: str) -> None:
    """What follows from a grant now: new ones come, days move, what nothing demands is dropped.

    Done a second time nothing changes. What a person said about one of them stays.
    """
    held = await queries.of_grant(session, grant)
    facts = await grant_facts.by_newest_notice(session, grant, today())
    if facts is None:
        return
    passed_on = await queries.passed_on(session, grant)
    wanted = {duty.origin: duty for duty in duties(facts, passed_on)}
    assigned = await queries.assignment(session, grant)
    for origin, duty in wanted.items():
        if origin in held:
            await _update(session, held[origin], duty)
        else:
            await _add(session, grant, duty, assigned)
    for origin, row in held.items():
        if origin not in wanted and ObligationKind(row.kind) is not ObligationKind.other:
            await _update(session, row, None)


async def _add(
    session: AsyncSession, grant: str, duty: Duty, assigned: AssignmentRow | None
) -> None:
    who = assigned or AssignmentRow(municipality_id=0, grant=grant)
    made = ObligationRow(
        municipality_id=municipality_of(session).id,
        key=rules.key_of(grant, duty.origin),
        grant=grant,
        responsible=who.responsible,
        substitute=who.substitute,
        reminders=[],
        visibility=Visibility.administration,
        **_columns(duty, rules.state_after(ObligationState.open, duty)),
    )
    session.add(made)
    await session.flush()
    await OBLIGATIONS.tell(session, made, "created", grant=grant)


async def _update(session: AsyncSession, row: ObligationRow, duty: Duty | None) -> None:
    now = ObligationState(row.state)
    if duty and rules.anew(now, row.event_on, row.raw_due, row.done_on, duty):
        now = ObligationState.open
    state = rules.state_after(now, duty)
    values = {"state": state} if duty is None else _columns(duty, state)
    if now in rules.SAID and ObligationKind(row.kind) not in rules.BY_FACTS:
        values = {name: values[name] for name in ("title",) if name in values}
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    await session.flush()
    await OBLIGATIONS.tell(session, row, "changed", fields=changed, grant=row.grant)


def _columns(duty: Duty, state: ObligationState) -> dict[str, Any]:
    return {
        "kind": duty.kind.value,
        "origin": duty.origin,
        "title": dict(duty.title),
        "event_on": duty.event_on,
        "raw_due": duty.raw_due,
        "due_on": duty.due_on,
        "sorted_on": duty.due_on or FAR,
        "reason": duty.reason.value if duty.reason else None,
        "clauses": [clause.model_dump(mode="json") for clause in duty.clauses],
        "state": state.value,
        "done_on": duty.fulfilled_on if state is ObligationState.done else None,
    }


async def remind(session: AsyncSession, grant: str) -> int:
    """Tell whoever is responsible of what of a grant is due soon or late; how many were told of.

    Each lead time is told once; where a day has moved, anew for the new day.
    """
    count = 0
    for row in await queries.due_of(session, grant, today() + FIRST_LEAD):
        past = [Reminder.model_validate(reminder) for reminder in row.reminders]
        assert row.due_on is not None
        lead = rules.lead(row.due_on, today(), past)
        who = rules.told(lead, row.responsible, row.substitute) if lead is not None else []
        if lead is None or not who:
            continue
        made = Reminder(due_on=row.due_on, lead=lead, told=who, at=datetime.now(UTC))
        row.reminders = [*row.reminders, made.model_dump(mode="json")]
        await session.flush()
        day = row.due_on.isoformat()
        await OBLIGATIONS.tell(session, row, "reminded", grant=row.grant, lead=lead, due_on=day)
        count += 1
    return count


@JOBS.daily(REMIND, at="0 4", role=Role.administrator)
async def look_ahead(work: Work) -> None:
    """What follows by today's date alone, and then who is to be told, in one municipality.

    A grant from which nothing can be derived holds up no other: what was told of it is derived
    anew before each commit, so its reminders wait as well.
    """
    async with work.database.writing(work.actor) as session:
        grants = set(await queries.everything(session))
        told_of = await queries.grants_with_something_due(session, today() + FIRST_LEAD)
    await work.each(
        partial(_look, grant=grant, holds=grant in grants) for grant in sorted(grants | told_of)
    )


async def _look(session: AsyncSession, grant: str, *, holds: bool) -> None:
    if holds:
        await derive(session, grant)
    await remind(session, grant)
