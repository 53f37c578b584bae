"""Every question asked of the stored persons."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, cast, func, or_, true
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.files.subjects import carries_files
from services.boards.persons import rules
from services.boards.persons.tables import PersonRow
from services.contracts.boards.files import SubjectKind
from services.contracts.shared.base import Revision
from services.kit.database import actor_of, municipality_of
from services.kit.days import today
from services.kit.paging import Paging
from services.kit.resources import Kind

_PHOTO_AGREED = """$[*] ? (@.field == "photo" && (@.audience == "public" || $members == true)
    && @.given_on <= $day && (@.withdrawn_on == null || @.withdrawn_on > $day))"""


def _photo_agreed(session: AsyncSession) -> ColumnElement[bool]:
    """Persons who agree today that the actor sees their picture."""
    actor = actor_of(session)
    reader = rules.reader(actor)
    if reader == rules.Reader.register:
        return true()
    given = {"day": today().isoformat(), "members": reader != rules.Reader.public}
    agreed = func.jsonb_path_exists(
        col(PersonRow.consents), cast(_PHOTO_AGREED, JSONPATH), cast(given, JSONB)
    )
    return or_(agreed, col(PersonRow.id) == actor.person) if actor.person else agreed


PERSONS = carries_files(
    SubjectKind.person,
    Kind(PersonRow, "persons", "boards.person", personal=True),
    agreed=_photo_agreed,
)


def shown(session: AsyncSession, row: PersonRow) -> dict[str, Any]:
    """The person as the actor may see them. Every answer that tells of a person asks here."""
    return _masked(session, row, row.model_dump())


def _masked(session: AsyncSession, row: PersonRow, state: Mapping[str, Any]) -> dict[str, Any]:
    """A state of the person, as far as they agree today that the actor sees it."""
    reader = rules.reader(actor_of(session), row.id)
    fields = rules.shown(row.consents, row.public_by_law, reader, today())
    return rules.masked(state, reader, fields)


async def one(session: AsyncSession, key: str) -> dict[str, Any]:
    """The person as the actor may see them."""
    return shown(session, await PERSONS.one(session, key))


async def page(
    session: AsyncSession, paging: Paging, organisation: str | None
) -> Mapping[str, Any]:
    """Persons by key, or those of an organisation."""
    where = [col(PersonRow.organisation) == organisation] if organisation is not None else []
    found = await PERSONS.page(session, paging, *where)
    return {**found, "items": [shown(session, row) for row in found["items"]]}


async def history(session: AsyncSession, key: str) -> list[Revision]:
    """Every state of the entry; of each only what the actor may see of the person today."""
    row = await PERSONS.one(session, key)
    return [
        entry.model_copy(update={"row": _masked(session, row, entry.row)})
        for entry in await PERSONS.history(session, key)
    ]


async def locked(session: AsyncSession, key: str) -> PersonRow | None:
    """The person, whose memberships nobody else changes until commit; None when there is none."""
    statement = (
        select(PersonRow)
        .where(
            col(PersonRow.municipality_id) == municipality_of(session).id,
            col(PersonRow.key) == key,
        )
        .with_for_update(key_share=True)
    )
    return (await session.exec(statement)).first()
