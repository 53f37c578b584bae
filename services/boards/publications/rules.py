"""What holds for publications: pure functions."""

from services.kit.problems import Conflict


def check_standing(what: str, withdrawn: bool) -> None:
    """Refuse (409) to go on with what was withdrawn."""
    if withdrawn:
        raise Conflict(f"{what} was withdrawn.", code="withdrawn")
