"""Asking the indicators for what targets of measures are held against, as somebody without a token.

Of every time in today's territory, so that nothing changes because areas do; of areas that are no
more in that of their last day. One call for each indicator and one for each area, however many
measures there are, and one for the changes of the territory.
"""

import asyncio
from collections.abc import Sequence

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.observations import Observations
from services.contracts.projects.measure_targets import MeasureTarget
from services.kit.clients import Peer
from services.kit.database import anybody, municipality_of
from services.kit.days import today
from services.projects.indicator_reading.rules import Area, PublishedFigures, Question, questions
from services.projects.territory_changes.rules import Change

_AT_ONCE = 4
_NOTHING = (404, 422)
_OF_CHANGES = {"fields": "key,revision,valid_from,crossings", "limit": "1000"}


class _Changes(BaseModel):
    items: list[Change]


async def read(
    session: AsyncSession, peer: Peer, targets: Sequence[MeasureTarget], release: int | None
) -> PublishedFigures:
    """The figures of the targets and of what they are compared with, as of a release or the newest.

    Refuses (503) while they are away.
    """
    published = await read_territory(session, peer, targets)
    await read_figures(session, peer, targets, release, published)
    return published


async def read_territory(
    session: AsyncSession, peer: Peer, targets: Sequence[MeasureTarget]
) -> PublishedFigures:
    """The areas of the targets and the changes of the territory, without figures yet."""
    published, base = PublishedFigures(today()), f"/v1/{municipality_of(session).key}"
    gate, reader = asyncio.Semaphore(_AT_ONCE), anybody(session)
    areas = sorted({target.area for target in targets})
    if not areas:
        return published

    async def area(key: str) -> None:
        async with gate:
            address = f"{base}/areas/{key}"
            found = await peer.read(Area, address, reader, {"geometry": "false"})
        published.areas[key] = found

    async def changes() -> None:
        async with gate:
            found = await peer.read(_Changes, f"{base}/crosswalks", reader, _OF_CHANGES)
        published.changes = found.items if found is not None else []

    await asyncio.gather(changes(), *(area(key) for key in areas))
    return published


async def read_figures(
    session: AsyncSession,
    peer: Peer,
    targets: Sequence[MeasureTarget],
    release: int | None,
    published: PublishedFigures,
) -> None:
    """The figures of targets of which the territory was read, into what was found of it."""
    address = f"/v1/{municipality_of(session).key}/observations"
    gate, reader = asyncio.Semaphore(_AT_ONCE), anybody(session)

    async def figures(question: Question, areas: Sequence[str]) -> None:
        query = {"indicator": question.indicator, "area": ",".join(areas)}
        query["territory"] = question.territory.isoformat()
        query |= {"breakdown": "total"} if question.totals else {}
        query |= {"as_of": str(release)} if release is not None else {}
        async with gate:
            found = await peer.read(Observations, address, reader, query, _NOTHING)
        if found is not None:
            published.take(question.territory, found)
        elif len(areas) > 1:  # one that is not for everybody hides none of the others
            await asyncio.gather(*(figures(question, [one]) for one in areas))

    asked = questions(targets, published)
    await asyncio.gather(*(figures(one, one.areas) for one in asked))
