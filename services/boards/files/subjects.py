"""What files can belong to. Each feature says so itself, where it names its kind:

    MEETINGS = carries_files(SubjectKind.meeting, Kind(MeetingRow, "meetings", ...))

This module imports no feature, so that each of them can ask for its files.
"""

from typing import Any, NamedTuple, TypeVar

from services.contracts.boards.files import SubjectKind
from services.kit.resources import Kind

K = TypeVar("K", bound=Kind[Any])


class Carrier(NamedTuple):
    """A kind of resource with files, and who may attach some."""

    kind: Kind[Any]
    permission: str


CARRIERS: dict[SubjectKind, Carrier] = {}


def carries_files(name: SubjectKind, kind: K, permission: str | None = None) -> K:
    """Let resources of this kind have files; `permission` is theirs to be changed."""
    write = permission or f"boards.{kind.collection}:write"
    CARRIERS[name] = Carrier(kind, write)
    return kind
