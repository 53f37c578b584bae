"""Organisations named in projects and measures, over HTTP."""

from services.contracts.projects.named_organisations import NamedOrganisations
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.projects.named_organisations import queries, rules

named_organisations = router("Projects")
PROJECTS, MEASURES = requires("projects.projects:read"), requires("projects.measures:read")


@named_organisations.get(
    "/projects/{key}/organisations", response_model=NamedOrganisations, dependencies=[PROJECTS]
)
async def list_organisations_of_project(session: Reading, key: str) -> NamedOrganisations:
    """List the organisations named in a project.

    Partners, also those with a budget of their own in a notice, funders, grantees, recipients of
    onward grants, employers of its staff, suppliers, and who is responsible for its measures and
    those that its grants pay for, as far as you may see them. The boards ask for it to propose who
    is biased when a paper names the project (Befangenheit).
    """
    return rules.gathered(await queries.of_project(session, key))


@named_organisations.get(
    "/measures/{key}/organisations", response_model=NamedOrganisations, dependencies=[MEASURES]
)
async def list_organisations_of_measure(session: Reading, key: str) -> NamedOrganisations:
    """List the organisations named in a measure.

    Who is responsible for it and who pays for it, everybody named around its grants, and in its
    project.
    """
    return rules.gathered(await queries.of_measure(session, key))
