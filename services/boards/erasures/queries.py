"""What is kept of a person, whoever keeps it, and whose data are to be erased."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import ColumnElement, Table, text
from sqlalchemy import select as select_rows
from sqlmodel import and_, case, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.attendances.tables import AttendanceRow
from services.boards.calendars.tables import CalendarFeedRow
from services.boards.erasures import rules
from services.boards.exclusions.tables import ExclusionRow
from services.boards.files.queries import all_of
from services.boards.memberships.queries import of_member, serves
from services.boards.memberships.tables import MembershipRow
from services.boards.persons.queries import PERSONS
from services.boards.persons.rules import Reader, shown
from services.boards.persons.tables import PersonRow
from services.contracts.boards.erasures import Deletion, JournalEntry, PersonData, StoredRows
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.persons import Person
from services.contracts.shared.base import Visibility
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.days import today
from services.kit.paging import Paging

_JOURNAL = text("""
    SELECT seq, type, at, actor FROM journal
    WHERE municipality_id = :municipality AND subject = ANY(:subjects) ORDER BY seq""")


async def lasting(session: AsyncSession, persons: Iterable[str], on: date) -> set[str]:
    """Which of the persons have a membership that lasts on the day or begins later."""
    statement = select(MembershipRow.person).where(
        _mine(MembershipRow, session), col(MembershipRow.person).in_(list(persons)), _open(on)
    )
    return set(await session.exec(statement))


def _open(on: date) -> ColumnElement[bool]:
    """Memberships that have not ended before the day, nor their term: not all are ended by hand."""
    ends = col(MembershipRow.ends_on)
    return and_(or_(ends.is_(None), ends >= on), serves(on))


async def memberships(session: AsyncSession, person: str) -> Sequence[MembershipRow]:
    """Every membership that the person has or had."""
    statement = select(MembershipRow).where(
        _mine(MembershipRow, session), col(MembershipRow.person) == person
    )
    return (await session.exec(statement.order_by(col(MembershipRow.starts_on)))).all()


async def calendars(session: AsyncSession, person: str) -> Sequence[str]:
    """The private calendars of the person that still work."""
    statement = select(CalendarFeedRow.key).where(
        _mine(CalendarFeedRow, session),
        col(CalendarFeedRow.person) == person,
        col(CalendarFeedRow.revoked_at).is_(None),
    )
    return (await session.exec(statement)).all()


async def told_of(
    session: AsyncSession, memberships: Sequence[str]
) -> Sequence[AttendanceRow | ExclusionRow]:
    """Where reasons in free words may stand that are about the holders of the memberships."""
    found: list[AttendanceRow | ExclusionRow] = []
    for row in (AttendanceRow, ExclusionRow):
        table: Any = row
        statement = select(table).where(
            _mine(row, session),
            col(table.membership).in_(memberships),
            col(table.erased_at).is_(None),
        )
        found += (await session.exec(statement.order_by(table.id).with_for_update())).all()
    return found


async def due(session: AsyncSession, on: date) -> Sequence[str]:
    """The persons whose deletion date has come."""
    statement = select(PersonRow.key).where(
        _mine(PersonRow, session),
        col(PersonRow.erased_at).is_(None),
        col(PersonRow.delete_on) <= on,
    )
    return (await session.exec(statement)).all()


async def deletions(session: AsyncSession, paging: Paging, on: date) -> Mapping[str, Any]:
    """Persons whose deletion date has come, or who have none though nothing of theirs lasts."""
    lasts = select(MembershipRow.person).where(_mine(MembershipRow, session), _open(on))
    found = await PERSONS.page(
        session,
        paging,
        col(PersonRow.erased_at).is_(None),
        or_(
            col(PersonRow.delete_on) <= on,
            col(PersonRow.delete_on).is_(None) & col(PersonRow.key).not_in(lasts),
        ),
    )
    keys = [row.key for row in found["items"]]
    ends = await _last_days(session, keys, on)
    needed = await lasting(session, keys, on)
    items = [
        Deletion(
            person=row.key,
            person_id=row.id,
            state=rules.deletion_state(row.delete_on, row.key in needed),
            delete_on=row.delete_on,
            needed_until=ends.get(row.key),
        )
        for row in found["items"]
    ]
    return {**found, "items": items}


async def _last_days(
    session: AsyncSession, persons: Sequence[str], on: date
) -> dict[str, date | None]:
    """The last day of each person's memberships, with their terms; None where it is open.

    A personal substitute is there for the member, and no longer.
    """
    ends_on, term = (
        func.least(col(getattr(MembershipRow, name)), of_member(name))
        for name in ("ends_on", "term_ends_on")
    )
    carried = or_(serves(date.max), and_(serves(on), term < on))
    last_day = case((carried, ends_on), else_=func.least(ends_on, term))
    statement = select(col(MembershipRow.person), last_day).where(
        _mine(MembershipRow, session), col(MembershipRow.person).in_(persons)
    )
    ends: dict[str, date | None] = {}
    for person, day in await session.exec(statement):
        last = ends.get(person, day)
        ends[person] = None if day is None or last is None else max(day, last)
    return ends


async def everything(session: AsyncSession, key: str) -> PersonData:
    """All that this service keeps of a person.

    Found by the references of the tables themselves, so that no table is forgotten.
    """
    person = await PERSONS.one(session, key)
    keys = {row.key: row for row in await memberships(session, person.key)}
    rows = [
        *await _pointing(session, PersonRow.metadata.tables["boards.person"], [person.key]),
        *await _pointing(session, PersonRow.metadata.tables["boards.membership"], list(keys)),
        *await _files(session, person.key),
    ]
    subjects = [f"persons/{person.id}", *(f"memberships/{row.id}" for row in keys.values())]
    told = await sql.run(
        session, _JOURNAL, {"municipality": person.municipality_id, "subjects": subjects}
    )
    readers = [reader for reader in Reader if reader != Reader.register]
    return PersonData(
        person=Person.model_validate(person),
        shown_to={
            reader: sorted(shown(person.consents, person.public_by_law, reader, today()))
            for reader in readers
        },
        known_to=Visibility(person.visibility),
        states=await PERSONS.history(session, key),
        rows=rows,
        journal=[JournalEntry.model_validate(dict(one)) for one in told.mappings()],
    )


async def _pointing(session: AsyncSession, target: Table, keys: Sequence[str]) -> list[StoredRows]:
    """The rows of every table that refer to one of the keys."""
    found = []
    for table in target.metadata.sorted_tables:
        columns = [
            element.parent
            for constraint in table.foreign_key_constraints
            for element in constraint.elements
            if element.column.table is target and element.column.name == "key"
        ]
        for column in columns if keys else ():
            mine = table.c.municipality_id == municipality_of(session).id
            statement = select_rows(table).where(mine, column.in_(keys))
            rows = (await (await session.connection()).execute(statement)).mappings().all()
            if rows:
                shown_rows = [_without_town(row) for row in rows]
                found.append(StoredRows(kind=table.name, rows=shown_rows))
    return found


async def _files(session: AsyncSession, person: str) -> list[StoredRows]:
    """The files of the person, which are attached and not referred to."""
    rows = await all_of(session, SubjectKind.person, person)
    shown_rows = [_without_town(row.model_dump()) for row in rows]
    return [StoredRows(kind="file", rows=shown_rows)] if rows else []


def _without_town(row: Mapping[Any, Any]) -> dict[str, Any]:
    kept = {str(name): value for name, value in row.items() if name != "municipality_id"}
    values: dict[str, Any] = to_jsonable_python(kept, fallback=str)
    return values


def _mine(table: Any, session: AsyncSession) -> Any:
    return col(table.municipality_id) == municipality_of(session).id
