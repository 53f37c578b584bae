"""Asking the projects service about what a paper names."""

import asyncio
from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.neighbours import Neighbours, ask
from services.contracts.projects.named_organisations import NamedOrganisations
from services.contracts.shared.base import Visibility
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid

_AT_ONCE = 4


class _Thing(BaseModel):
    visibility: Visibility


async def learn(
    session: AsyncSession, beside: Neighbours, projects: Sequence[str], measures: Sequence[str]
) -> Mapping[str, list[str]]:
    """Which of them everybody may see, and the organisations they name, as the actor sees them.

    Refuses (422, a pointer each) what is not there, and (503) while the projects service is away.
    """
    gate = asyncio.Semaphore(_AT_ONCE)
    asked = [
        (collection, place, key)
        for collection, keys in (("projects", projects), ("measures", measures))
        for place, key in enumerate(keys)
    ]

    async def look(collection: str, key: str) -> tuple[_Thing, NamedOrganisations] | None:
        async with gate:
            address = f"{collection}/{key}"
            thing = await ask(session, beside.projects, _Thing, address)
            named = thing and await ask(
                session, beside.projects, NamedOrganisations, f"{address}/organisations"
            )
        return (thing, named) if thing and named else None

    found = await asyncio.gather(*(look(collection, key) for collection, _, key in asked))
    faults = [
        Fault(
            pointer=f"/{collection}/{place}",
            code="unknown",
            detail=f"There is no {key!r} among the {collection}.",
        )
        for (collection, place, key), one in zip(asked, found, strict=True)
        if one is None
    ]
    if faults:
        raise Invalid("It names what is not there; nothing was stored.", faults=faults)
    there = [(one, about) for one, about in zip(asked, found, strict=True) if about is not None]
    public: dict[str, list[str]] = {"public_projects": [], "public_measures": []}
    organisations = set()
    for (collection, _, key), (thing, named) in there:
        if thing.visibility is Visibility.public:
            public[f"public_{collection}"].append(key)
        organisations |= {one.organisation for one in named.organisations}
    return public | {"organisations": sorted(organisations)}
