"""Checking evidence when it is written, and keeping it as it was."""

import asyncio
from collections.abc import Sequence

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.evidences import rules
from services.boards.evidences.queries import EVIDENCES
from services.boards.evidences.rules import Proven
from services.boards.neighbours import Neighbours, ask
from services.contracts.boards.evidences import AnsweredFinding, NewEvidence
from services.contracts.indicators.observations import Observations
from services.contracts.shared.base import Visibility
from services.contracts.shared.problems import Fault
from services.kit.database import anybody
from services.kit.keys import opaque
from services.kit.problems import Invalid

_AT_ONCE = 4
Checked = Sequence[tuple[NewEvidence, Proven]]


class _Kept(NewEvidence):
    key: str
    recommendation: str | None
    resolution: str | None
    position: int
    name: dict[str, str]
    unit: dict[str, str]
    visibility: Visibility


async def check(session: AsyncSession, beside: Neighbours, new: Sequence[NewEvidence]) -> Checked:
    """The figures as anybody can read them; refuses (422, a pointer each) those that are not so.

    Refuses (503) while the indicators service is away.
    """
    gate = asyncio.Semaphore(_AT_ONCE)

    async def look(one: NewEvidence, place: int) -> Proven | Fault:
        query = {"indicator": one.indicator, "area": one.area, "period": one.period}
        if one.release is not None:
            query["as_of"] = str(one.release)
        async with gate:
            found = await ask(
                session, beside.indicators, Observations, "observations", query, anybody(session)
            )
        return rules.proven(one, found, f"/evidence/{place}")

    looked = await asyncio.gather(*(look(one, place) for place, one in enumerate(new)))
    faults = [one for one in looked if isinstance(one, Fault)]
    if faults:
        raise Invalid("The evidence is not as it is published; nothing was stored.", faults=faults)
    return [
        (one, found) for one, found in zip(new, looked, strict=True) if isinstance(found, Proven)
    ]


async def keep(
    session: AsyncSession,
    checked: Checked,
    *,
    recommendation: str | None = None,
    resolution: str | None = None,
) -> None:
    """Keep figures with what rests on them; who may see that sees them too."""
    kept = [
        _Kept(
            **new.model_dump(include={"indicator", "area", "period", "breakdown"}),
            value=found.value,
            release=found.release,
            name={str(language): text for language, text in found.name.items()},
            unit={str(language): text for language, text in found.unit.items()},
            key=opaque("ev"),
            position=position,
            recommendation=recommendation,
            resolution=resolution,
            visibility=Visibility.public,
        )
        for position, (new, found) in enumerate(checked)
    ]
    if kept:
        await EVIDENCES.add_all(session, kept)


class _Finding(BaseModel):
    key: str
    title: dict[str, str]
    area: str
    visibility: Visibility


async def answered(
    session: AsyncSession, beside: Neighbours, keys: Sequence[str]
) -> list[AnsweredFinding]:
    """The findings as they are now; refuses (422, a pointer each) those that are not there."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def look(key: str) -> _Finding | None:
        async with gate:
            return await ask(session, beside.indicators, _Finding, f"findings/{key}")

    found = await asyncio.gather(*(look(key) for key in keys))
    faults = [
        Fault(pointer=f"/findings/{place}", code="unknown", detail="There is no such finding.")
        for place, one in enumerate(found)
        if one is None
    ]
    if faults:
        raise Invalid("Not all findings are there; nothing was stored.", faults=faults)
    return [AnsweredFinding.model_validate(one.model_dump()) for one in found if one is not None]
