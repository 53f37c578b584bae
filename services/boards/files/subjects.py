"""What files can belong to. Each feature says so itself, where it names its kind:

    MEETINGS = carries_files(SubjectKind.meeting, Kind(MeetingRow, "meetings", ...))

This module imports no feature, so that each of them can ask for its files.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.files.tables import FileRow
from services.contracts.boards.files import SubjectKind
from services.kit.resources import Kind

K = TypeVar("K", bound=Kind[Any])
Agreed = Callable[[AsyncSession], ColumnElement[bool]]


class Carrier(NamedTuple):
    """A kind of resource with files, and who may attach some."""

    kind: Kind[Any]
    permission: str
    agreed: Agreed | None

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        """Whether the actor sees what a file belongs to, and may see the files of it."""
        seen = [self.kind.row.key == FileRow.subject, self.kind.seen(session)]
        return exists().where(and_(*seen, *([self.agreed(session)] if self.agreed else [])))


CARRIERS: dict[SubjectKind, Carrier] = {}


def carries_files(
    name: SubjectKind, kind: K, permission: str | None = None, agreed: Agreed | None = None
) -> K:
    """Let resources of this kind have files; `permission` is theirs to be changed.

    `agreed` finds those whose files the actor may see, where to see them is not enough.
    """
    write = permission or f"boards.{kind.collection}:write"
    CARRIERS[name] = Carrier(kind, write, agreed)
    return kind
