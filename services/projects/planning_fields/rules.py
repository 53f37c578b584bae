"""What a planning field may be: pure functions."""

from services.contracts.projects.planning_fields import NewPlanningField
from services.projects.references.rules import ORGANISATION, Pointing


def references(new: NewPlanningField) -> list[Pointing]:
    """What it names of other services."""
    return [Pointing(ORGANISATION, new.responsible, "/responsible")]
