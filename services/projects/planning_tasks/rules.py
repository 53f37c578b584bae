"""What a task may be: pure functions."""

from services.contracts.projects.planning_tasks import (
    NewPlanningTask,
    PlanningProduct,
    ProductKind,
)
from services.contracts.projects.references import ReferenceResource
from services.projects.references.rules import ORGANISATION, Place, Pointing

ELSEWHERE = {
    ProductKind.paper: ReferenceResource.papers,
    ProductKind.resolution: ReferenceResource.resolutions,
    ProductKind.publication: ReferenceResource.publications,
    ProductKind.meeting: ReferenceResource.meetings,
    ProductKind.finding: ReferenceResource.findings,
    ProductKind.report: ReferenceResource.reports,
}
"""Products that other services keep; measures and plans are kept here."""


def references(new: NewPlanningTask) -> list[Pointing]:
    """What it names of other services."""
    return [
        Pointing(ORGANISATION, new.coordination, "/coordination"),
        *(
            Pointing(ELSEWHERE[product.kind], product.key, f"/products/{i}/key")
            for i, product in enumerate(new.products)
            if product.kind in ELSEWHERE
        ),
    ]


def place(product: PlanningProduct) -> Place | None:
    """Where a product of another service is; None for one of this service."""
    kind = ELSEWHERE.get(product.kind)
    return Place(kind, product.key) if kind is not None else None
