"""What a task may be: pure functions."""

from services.contracts.projects.planning_tasks import NewPlanningTask
from services.projects.references.rules import ORGANISATION, Pointing


def references(new: NewPlanningTask) -> list[Pointing]:
    """What it names of other services."""
    return [Pointing(ORGANISATION, new.coordination, "/coordination")]
