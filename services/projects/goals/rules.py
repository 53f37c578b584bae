"""What a goal may be: pure functions."""

from services.contracts.projects.goals import NewGoal
from services.kit.problems import Invalid
from services.projects.references.rules import RECOMMENDATION, Pointing, listed


def references(new: NewGoal) -> list[Pointing]:
    """What it names of other services."""
    return listed(RECOMMENDATION, new.recommendations, "/recommendations")


def check_strategy(strategy: str, of_field: str | None) -> None:
    """Refuse (422) a field of action of another strategy; None: none is named."""
    if of_field is not None and of_field != strategy:
        detail = "That field of action belongs to another strategy."
        raise Invalid(detail, pointer="/field_of_action", code="other-strategy")
