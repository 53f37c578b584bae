"""Whose data may be erased, and what is left: pure functions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.boards.persons.rules import COLUMNS
from services.contracts.boards.erasures import DeletionState
from services.kit.problems import Conflict

BLANK: Mapping[str, Any] = {
    **{column: None for columns in COLUMNS.values() for column in columns},
    "organisation": None,
    "public_by_law": None,
    "email": [],
    "phone": [],
    "consents": [],
}
"""What the entry says of somebody of whom nothing is kept."""


def check_erasable(erased: bool, needed: bool) -> None:
    """Refuse to erase twice, or somebody who sits in a body.

    While a membership lasts, its public task needs the data (Art. 17(3)(b) GDPR): it is ended
    first.
    """
    if erased:
        raise Conflict("The data of this person were erased before.", pointer="", code="erased")
    if needed:
        raise Conflict(
            "A membership of the person lasts or begins later. End it first.",
            pointer="",
            code="still-a-member",
        )


def deletion_state(delete_on: date | None, needed: bool) -> DeletionState:
    """What is to be done about somebody who is due, or whom nobody needs any longer."""
    if delete_on is None:
        return DeletionState.unplanned
    return DeletionState.postponed if needed else DeletionState.due
