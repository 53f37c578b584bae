"""What holds for files: pure functions."""

from collections.abc import Callable

from services.contracts.boards.files import FileTexts, NewFile, SubjectKind
from services.contracts.shared.base import Visibility
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid

OPENNESS = (Visibility.administration, Visibility.members, Visibility.public)
_OF_PEOPLE = (SubjectKind.person, SubjectKind.contribution)
SAYS = (
    "name",
    "file_name",
    "size",
    "sha512",
    "dated_on",
    "link",
    "download_link",
    "external_id",
    "reason",
)
"""What goes of a file when its subject is erased."""


Place = Callable[[str], dict[str, str]]
"""Where in a request a value stands, as the fields of a fault."""


def in_query(name: str) -> dict[str, str]:
    return {"parameter": name}


def in_body(name: str) -> dict[str, str]:
    return {"pointer": f"/{name}"}


def check_key(new: NewFile, place: Place) -> None:
    """Refuse (422) to choose the key of a file of somebody: keys stay when names are erased."""
    if new.key is not None and new.subject_kind in _OF_PEOPLE:
        detail = "Leave the key out; one is made that says nothing about the person."
        fault = Fault(code="names-the-person", detail=detail, **place("key"))
        raise Invalid(detail, faults=[fault])


def check_kept(key: str, erased: bool) -> None:
    """Refuse (409) to say something new of what was erased."""
    if erased:
        raise Conflict(f"{key} was erased.", code="erased")


def openness(visibility: str) -> int:
    """How open that is: the more, the more people may see it."""
    return OPENNESS.index(Visibility(visibility))


def narrowed(before: str, now: str, *, already: bool) -> bool:
    """Has somebody let fewer people see a file than before? Until everybody may see it again."""
    return openness(now) < openness(before) or (already and now != Visibility.public)


def check_role(new: FileTexts, subject: str | None) -> None:
    """Refuse (422) a role without something that it is a role for."""
    if new.role is not None and subject is None:
        detail = "A file has a role only for what it belongs to."
        raise Invalid(detail, pointer="/role", code="no-subject")
