"""What a person does with participation processes."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contributions.queries import used
from services.boards.neighbours import Named, Neighbours, ask, check_there
from services.boards.participation import rules
from services.boards.participation.queries import PROCESSES, shown
from services.contracts.boards.participation import NewParticipationProcess, ParticipationProcess
from services.contracts.shared.problems import Fault
from services.contracts.shared.references import Named as AreaNamed
from services.kit.patches import Patch
from services.kit.problems import Invalid

_AT_ONCE = 4


async def plan(
    session: AsyncSession, beside: Neighbours, new: NewParticipationProcess
) -> Mapping[str, Any]:
    """Plan a participation process."""
    named = await _named_areas(session, beside, new, {})
    return shown(session, await PROCESSES.add(session, new, **rules.days(new), area_names=named))


async def change(
    session: AsyncSession,
    beside: Neighbours,
    key: str,
    patch: Patch[NewParticipationProcess],
    expected: int,
) -> Mapping[str, Any]:
    """Change a process: its days, its words, what can be chosen; call it off."""
    row = await PROCESSES.locked(session, key, expected)
    new = patch.onto(row)
    old = ParticipationProcess.model_validate({**row.model_dump(), "state": "planned"})
    rules.check_change(old, new, await used(session, row.key))
    named = await _named_areas(session, beside, new, row.area_names, old.topics)
    row = await PROCESSES.store(session, row, new, **rules.days(new), area_names=named)
    return shown(session, row)


async def _named_areas(
    session: AsyncSession,
    beside: Neighbours,
    new: NewParticipationProcess,
    known: Mapping[str, Any],
    topics: Sequence[str] = (),
) -> dict[str, Any]:
    """Key -> name of the areas. Refuses (422) areas and topics that are not there."""
    there = [("topics", topic) for topic in topics]
    await check_there(
        session, Named(beside.indicators, "topics", new.topics, "/topics"), known=there
    )
    gate, named, faults = asyncio.Semaphore(_AT_ONCE), {}, []

    async def name(place: int, key: str) -> None:
        async with gate:
            found = await ask(session, beside.indicators, AreaNamed, f"areas/{key}")
        if found is None:
            detail = f"There is no area {key!r}."
            faults.append(Fault(pointer=f"/areas/{place}", code="unknown", detail=detail))
        else:
            named[key] = found.name

    await asyncio.gather(*(name(n, key) for n, key in enumerate(new.areas) if key not in known))
    if faults:
        raise Invalid("It names what is not there; nothing was stored.", faults=faults)
    return {key: known.get(key) or named[key] for key in new.areas}
