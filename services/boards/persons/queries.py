"""Every question asked of the stored persons."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.files.subjects import carries_files
from services.boards.persons.tables import PersonRow
from services.contracts.boards.files import SubjectKind
from services.contracts.shared.base import Visibility
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind

PERSONS = carries_files(
    SubjectKind.person, Kind(PersonRow, "persons", "boards.person", personal=True)
)


async def page(
    session: AsyncSession, paging: Paging, organisation: str | None
) -> Mapping[str, Any]:
    """Persons by key, or those of an organisation."""
    where = [col(PersonRow.organisation) == organisation] if organisation is not None else []
    return await PERSONS.page(session, paging, *where)


async def locked_visibility(session: AsyncSession, key: str) -> Visibility:
    """Who may see the person, whose memberships nobody else changes until commit.

    The administration alone when there is no such person.
    """
    statement = (
        select(PersonRow.visibility)
        .where(
            col(PersonRow.municipality_id) == municipality_of(session).id,
            col(PersonRow.key) == key,
        )
        .with_for_update(key_share=True)
    )
    found = (await session.exec(statement)).first()
    return Visibility(found) if found is not None else Visibility.administration
