"""What a project may be: pure functions."""

from services.contracts.projects.projects import NewProject, ProjectState
from services.projects.references.rules import AREA, BODY, ORGANISATION, Pointing, listed

STEPS = {
    ProjectState.planned: {ProjectState.running, ProjectState.cancelled},
    ProjectState.running: {ProjectState.completed, ProjectState.cancelled},
    ProjectState.completed: {ProjectState.running},
    ProjectState.cancelled: {ProjectState.planned},
}
"""A completed project runs again when it is prolonged, a cancelled one can be planned anew."""


def references(new: NewProject) -> list[Pointing]:
    """What it names of other services."""
    return [
        *(
            Pointing(ORGANISATION, partner.organisation, f"/partners/{i}/organisation")
            for i, partner in enumerate(new.partners)
        ),
        *(Pointing(AREA, site.area, f"/sites/{i}/area") for i, site in enumerate(new.sites)),
        *listed(BODY, new.advising_bodies, "/advising_bodies"),
    ]
