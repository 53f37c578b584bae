"""What a count may be: pure functions."""

from collections.abc import Iterable
from datetime import date

from services.contracts.projects.participation import NewParticipantCount
from services.kit.problems import Invalid


def check_apart(new: NewParticipantCount, others: Iterable[tuple[str, date, date]]) -> None:
    """Refuse a span that overlaps another of the same code: somebody would count twice."""
    for key, starts_on, ends_on in others:
        if starts_on <= new.ends_on and new.starts_on <= ends_on:
            raise Invalid(f"It overlaps {key!r}.", pointer="/starts_on", code="overlaps")
