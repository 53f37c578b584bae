"""Every question asked of the stored papers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.files.subjects import carries_files
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.papers import rules
from services.boards.papers.tables import PaperRow
from services.boards.persons.queries import PERSONS
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.papers import Paper, PaperKind, PaperState
from services.kit import sql
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching, seen_keys

PAPERS = carries_files(SubjectKind.paper, Kind(PaperRow, "papers", "boards.paper"))
_NAMED = (ORGANISATIONS, BODIES, PERSONS, PAPERS)
_NEXT_NUMBER = text("""
    INSERT INTO paper_number AS n (municipality_id, series, last) VALUES (:municipality, :series, 1)
    ON CONFLICT (municipality_id, series) DO UPDATE SET last = n.last + 1
    RETURNING last""")


@dataclass(frozen=True)
class Choice:
    """Which papers are asked for; None leaves a side open."""

    kind: PaperKind | None = None
    state: PaperState | None = None
    reference: str | None = None
    originator: str | None = None
    organisation: str | None = None
    superordinate: str | None = None
    topic: str | None = None
    area: str | None = None
    first: date | None = None
    last: date | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """The choice as conditions on papers."""
        where = matching(PaperRow, kind=self.kind, state=self.state, reference=self.reference)
        held = {"superordinate": self.superordinate, "topics": self.topic, "areas": self.area}
        where += [
            col(getattr(PaperRow, name)).contains([value])
            for name, value in held.items()
            if value is not None
        ]
        where += [
            or_(*(col(getattr(PaperRow, name)).contains([value]) for name in names))
            for value, names in (
                (self.originator, ("originator_organisations", "originator_bodies")),
                (self.organisation, ("under_direction_of", "concerned_organisations")),
            )
            if value is not None
        ]
        if self.first is not None:
            where.append(col(PaperRow.dated_on) >= self.first)
        if self.last is not None:
            where.append(col(PaperRow.dated_on) <= self.last)
        return where


async def page(session: AsyncSession, paging: Paging, choice: Choice) -> Mapping[str, Any]:
    """Papers, the latest first."""
    found = await PAPERS.page(session, paging, *choice.where(), by="dated_on", descending=True)
    return {**found, "items": await shown(session, found["items"])}


async def shown(session: AsyncSession, rows: Sequence[PaperRow]) -> list[Paper]:
    """The papers, naming other things as far as the actor may see them."""
    if actor_of(session).sees_everything:
        return [Paper.model_validate(row) for row in rows]
    keys: dict[str, set[str]] = {}
    for row in rows:
        for collection, some in rules.named(row).items():
            keys.setdefault(collection, set()).update(some)
    seen = await known(session, keys)
    return [
        Paper.model_validate({**row.model_dump(), **rules.shown(row.model_dump(), seen)})
        for row in rows
    ]


async def known(
    session: AsyncSession, keys: Mapping[str, Collection[str]]
) -> Mapping[str, set[str]]:
    """Those of the keys, by collection, that are there and that the actor may see."""
    return await seen_keys(session, *((kind, keys.get(kind.collection, ())) for kind in _NAMED))


async def next_number(session: AsyncSession, series: str) -> int:
    """The next number of the series; others who want one wait until commit."""
    values = {"municipality": municipality_of(session).id, "series": series}
    number: int = (await sql.run(session, _NEXT_NUMBER, values)).scalar_one()
    return number


async def is_taken(session: AsyncSession, reference: str) -> bool:
    """Whether a paper has this reference number."""
    statement = select(PaperRow.id).where(
        col(PaperRow.municipality_id) == municipality_of(session).id,
        col(PaperRow.reference) == reference,
    )
    return (await session.exec(statement)).first() is not None
