"""References over HTTP."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from services.contracts.projects.references import Reference, ReferenceResource
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.projects.references import queries
from services.projects.references.tables import ReferenceRow

references = router("References")
READ = requires("projects.projects:read")


@references.get("/references", response_model=list[Reference], dependencies=[READ])
async def list_references(
    session: Reading,
    resource: Annotated[ReferenceResource, Query(description="The collection pointed into.")],
    keys: Annotated[
        str,
        Query(
            description="Keys, separated by commas; 100 at most.",
            pattern=r"^[a-z0-9-]+(,[a-z0-9-]+){0,99}$",
            max_length=8100,
            examples=["jenarbeit,stadt-jena"],
        ),
    ],
) -> Sequence[ReferenceRow]:
    """List the names of what projects point to.

    The organisations, bodies, areas and indicators that programmes, projects, grants, positions,
    measures, targets and plans name by key belong to other services (Verweise). Here a page gets
    their names in one call. A key that nothing points to, or that is not for you to see, is left
    out.
    """
    return await queries.names(session, resource, keys.split(","))
