"""Every question asked of the stored files."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contents.queries import texts
from services.boards.files.subjects import CARRIERS
from services.boards.files.tables import FileRow
from services.contracts.boards.files import FileRole, NewFile, SubjectKind
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

__all__ = ["FILES", "all_of", "linked", "linked_of", "of", "page", "same", "texts"]


@dataclass(frozen=True)
class _Files(Kind[FileRow]):
    """Files: who may not see what one belongs to does not see the file either."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        seen, kind = super().seen(session), col(FileRow.subject_kind)
        if actor_of(session).sees_everything:
            for name, carrier in CARRIERS.items():
                if carrier.agreed:
                    seen &= or_(kind.is_distinct_from(name), carrier.seen(session))
            return seen
        below = [(kind == name) & carrier.seen(session) for name, carrier in CARRIERS.items()]
        return seen & or_(kind.is_(None), *below)


FILES = _Files(FileRow, "files", "boards.file")


async def page(
    session: AsyncSession,
    paging: Paging,
    subject_kind: SubjectKind | None,
    subject: str | None,
    role: FileRole | None,
    withdrawn: bool,
) -> Mapping[str, Any]:
    """Files by key: of a subject, of a kind of subjects, of a role; withdrawn ones or others."""
    where = [
        col(FileRow.withdrawn_at).is_not(None) == withdrawn,
        *matching(FileRow, subject_kind=subject_kind, subject=subject, role=role),
    ]
    return await FILES.page(session, paging, *where)


async def of(
    session: AsyncSession, kind: SubjectKind, keys: Collection[str]
) -> Mapping[str, list[FileRow]]:
    """Key of the subject -> its files that the actor may see, first come first; none withdrawn.

    One statement for all of the keys; a subject without files has an empty list.
    """
    statement = (
        select(FileRow)
        .where(
            FILES.seen(session),
            col(FileRow.subject_kind) == kind,
            col(FileRow.subject).in_(keys),
            col(FileRow.withdrawn_at).is_(None),
        )
        .order_by(col(FileRow.created_at), col(FileRow.id))
    )
    found: dict[str, list[FileRow]] = defaultdict(list)
    for row in await session.exec(statement):
        found[str(row.subject)].append(row)
    return found


async def all_of(session: AsyncSession, kind: SubjectKind, key: str) -> Sequence[FileRow]:
    """Every file that a subject has or had, whoever acts; for those who erase the subject."""
    statement = select(FileRow).where(
        col(FileRow.municipality_id) == municipality_of(session).id,
        col(FileRow.subject_kind) == kind,
        col(FileRow.subject) == key,
        col(FileRow.erased_at).is_(None),
    )
    return (await session.exec(statement.with_for_update(key_share=True))).all()


async def linked(session: AsyncSession, external_ids: Collection[str]) -> Mapping[str, FileRow]:
    """What files are called elsewhere -> the files; for those who import them again."""
    statement = select(FileRow).where(
        col(FileRow.municipality_id) == municipality_of(session).id,
        col(FileRow.external_id).in_(external_ids),
    )
    return {str(row.external_id): row for row in await session.exec(statement)}


async def linked_of(
    session: AsyncSession, kind: SubjectKind, keys: Collection[str]
) -> Sequence[FileRow]:
    """The standing files of these subjects that were read from another system."""
    statement = select(FileRow).where(
        col(FileRow.municipality_id) == municipality_of(session).id,
        col(FileRow.subject_kind) == kind,
        col(FileRow.subject).in_(keys),
        col(FileRow.external_id).is_not(None),
        col(FileRow.withdrawn_at).is_(None),
    )
    return (await session.exec(statement)).all()


async def same(session: AsyncSession, new: NewFile, sha512: str) -> FileRow | None:
    """The file that is there with these bytes, this name and role, for this subject."""
    statement = select(FileRow).where(
        col(FileRow.municipality_id) == municipality_of(session).id,
        col(FileRow.sha512) == sha512,
        col(FileRow.file_name) == new.file_name,
        col(FileRow.role).is_not_distinct_from(new.role),
        col(FileRow.subject_kind).is_not_distinct_from(new.subject_kind),
        col(FileRow.subject).is_not_distinct_from(new.subject),
        col(FileRow.withdrawn_at).is_(None),
    )
    return (await session.exec(statement.order_by(col(FileRow.id)))).first()
