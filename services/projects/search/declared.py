"""The kinds of the projects that are searched.

Money, staff and participants are not: their lists are for the administration alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.search.index import Index
from services.kit.search.searched import Searched
from services.projects.fields_of_action.queries import FIELDS_OF_ACTION
from services.projects.goals.queries import GOALS
from services.projects.grants.queries import GRANTS
from services.projects.measures.queries import MEASURES
from services.projects.operations.queries import OPERATIONS
from services.projects.planning_fields.queries import PLANNING_FIELDS
from services.projects.programmes.queries import PROGRAMMES
from services.projects.projects.queries import PROJECTS
from services.projects.search.queries import names
from services.projects.search.tables import SearchDocumentRow
from services.projects.strategies.queries import STRATEGIES
from services.projects.target_groups.queries import TARGET_GROUPS


async def _grants(session: AsyncSession, rows: Sequence[Any]) -> Mapping[str, Mapping[str, Any]]:
    """A grant is called by what it funds and where the money comes from, which whoever sees the
    grant sees too."""
    projects, programmes = await names(
        session, {row.project for row in rows}, {row.programme for row in rows}
    )
    told: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        project, programme = projects[row.project], programmes[row.programme]
        told[row.key] = {
            "title": {
                language: f"{name} ({programme.get(language, programme['de'])})"
                for language, name in project.items()
            }
        }
    return told


INDEX = Index(
    (
        Searched(PROGRAMMES, "programme", "name", short="short_name", body=("description",)),
        Searched(PROJECTS, "project", "name", body=("description", "tasks"), dated="starts_on"),
        Searched(
            GRANTS,
            "grant",
            codes=("reference",),
            dated="starts_on",
            beside=_grants,
            made_of={"projects": "project", "programmes": "programme"},
        ),
        Searched(MEASURES, "measure", body=("description",), dated="starts_on"),
        Searched(STRATEGIES, "strategy", body=("description",), dated="adopted_on"),
        Searched(FIELDS_OF_ACTION, "field_of_action", body=("description",)),
        Searched(GOALS, "goal", body=("description",)),
        Searched(PLANNING_FIELDS, "planning_field", "name", body=("description",)),
        Searched(TARGET_GROUPS, "target_group", "name", body=("description",)),
        Searched(
            OPERATIONS,
            "operation",
            "name",
            body=("purpose", "place", "specific_objective"),
            codes=("identifier", "postcode"),
            dated="starts_on",
        ),
    ),
    SearchDocumentRow,
)
