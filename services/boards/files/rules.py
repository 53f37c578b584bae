"""What holds for files: pure functions."""

from services.contracts.boards.files import FileTexts
from services.kit.problems import Conflict, Gone, Invalid


def check_there(key: str, withdrawn: bool) -> None:
    """Refuse (410) the content of a file that was withdrawn."""
    if withdrawn:
        raise Gone(f"{key} was withdrawn; its content is gone.")


def check_not_twice(key: str, withdrawn: bool) -> None:
    """Refuse (409) to withdraw what is withdrawn."""
    if withdrawn:
        raise Conflict(f"{key} was withdrawn already.", code="withdrawn")


def check_role(new: FileTexts, subject: str | None) -> None:
    """Refuse (422) a role without something that it is a role for."""
    if new.role is not None and subject is None:
        detail = "A file has a role only for what it belongs to."
        raise Invalid(detail, pointer="/role", code="no-subject")
