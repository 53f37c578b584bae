"""Asking the projects service about what a paper names."""

import asyncio
from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.funded import queries
from services.boards.neighbours import Neighbours, ask
from services.boards.papers.queries import PAPERS
from services.boards.papers.rules import PUBLIC
from services.boards.papers.tables import PaperRow
from services.boards.versions import commands as versions
from services.contracts.boards.papers import NewPaper
from services.contracts.projects.named_organisations import NamedOrganisations
from services.contracts.shared.base import Visibility
from services.contracts.shared.problems import Fault
from services.kit import sql
from services.kit.clients import Peer
from services.kit.database import anybody
from services.kit.problems import Invalid

_AT_ONCE = 4
_LEARNING = "boards.funded"


class _Thing(BaseModel):
    visibility: Visibility


async def learn(
    session: AsyncSession, beside: Neighbours, projects: Sequence[str], measures: Sequence[str]
) -> Mapping[str, list[str]]:
    """Which of them everybody may see, and the organisations they name, as the actor sees them.

    Refuses (422, a pointer each) what is not there, and (503) while the projects service is away.
    """
    if not projects and not measures:
        return {"public_projects": [], "public_measures": [], "organisations": []}
    # Who follows waits meanwhile: else a change between asking and storing would be missed.
    await sql.alone(session, _LEARNING)
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


async def look_again(session: AsyncSession, peer: Peer, collection: str, key: str) -> None:
    """Who may see a project or measure has changed: papers that name it tell everybody of it, or
    no longer. Whom they concern stays as it was learned.
    """
    await sql.alone(session, _LEARNING)
    seen: dict[tuple[str, str], bool] = {}
    for row in await queries.touched_by(session, collection, key):
        public = {name: list[str]() for name in PUBLIC.values()}
        for field, name in PUBLIC.items():
            for one in getattr(row, field):
                if (field, one) not in seen:
                    seen[field, one] = await _is_public(session, peer, field, one)
                if seen[field, one]:
                    public[name].append(one)
        await _tell(session, row, {**row.funded, **public})


async def _is_public(session: AsyncSession, peer: Peer, collection: str, key: str) -> bool:
    found = await ask(session, peer, _Thing, f"{collection}/{key}", actor=anybody(session))
    return found is not None and found.visibility is Visibility.public


async def _tell(session: AsyncSession, row: PaperRow, funded: Mapping[str, list[str]]) -> None:
    same = NewPaper.model_validate(
        {name: getattr(row, name) for name in NewPaper.model_fields if hasattr(row, name)}
    )
    await PAPERS.store(session, row, same, funded=dict(funded))
    await versions.keep(session, [row])
