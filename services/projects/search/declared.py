"""The kinds of the projects that are searched.

Staff and participants are not, nor grants passed on: they may be of natural persons. Of money is
searched what it was for and its numbers, never who was paid.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.search.index import Index
from services.kit.search.searched import Searched
from services.kit.writing import text
from services.projects.commitments.queries import COMMITMENTS
from services.projects.expenditures.queries import EXPENDITURES
from services.projects.fields_of_action.queries import FIELDS_OF_ACTION
from services.projects.goals.queries import GOALS
from services.projects.grants.queries import GRANTS
from services.projects.measures.queries import MEASURES
from services.projects.notices.queries import NOTICES
from services.projects.obligations.queries import OBLIGATIONS
from services.projects.operation_lists.queries import LISTS
from services.projects.operations.queries import OPERATIONS
from services.projects.planning_fields.queries import PLANNING_FIELDS
from services.projects.planning_tasks.queries import PLANNING_TASKS
from services.projects.positions.queries import POSITIONS
from services.projects.positions.tables import PositionRow
from services.projects.programmes.queries import PROGRAMMES
from services.projects.projects.queries import PROJECTS
from services.projects.results.queries import RESULTS
from services.projects.search.queries import names
from services.projects.search.tables import SearchDocumentRow
from services.projects.strategies.queries import STRATEGIES
from services.projects.target_groups.queries import TARGET_GROUPS
from services.projects.target_indicators.queries import TARGET_INDICATORS


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
                language: f"{name} ({text(programme, language)})"
                for language, name in project.items()
            }
        }
    return told


def _funded(_: Collection[str]) -> ColumnElement[bool]:
    """Positions that some grant pays; which of them is looked at by the rule of their list."""
    return func.jsonb_array_length(col(PositionRow.funding)) > 0


_MONEY = "projects.money:inspect"
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
        Searched(NOTICES, "notice", "reference", body=("note",), dated="issued_on"),
        Searched(
            POSITIONS,
            "position",
            body=("tasks",),
            dated="starts_on",
            reached=dict.fromkeys(("grants", "projects", "programmes"), _funded),
        ),
        Searched(OBLIGATIONS, "obligation", dated="due_on", permission=_MONEY),
        Searched(
            COMMITMENTS,
            "commitment",
            "purpose",
            codes=("reference",),
            dated="ordered_on",
            permission=_MONEY,
        ),
        Searched(
            EXPENDITURES,
            "expenditure",
            "purpose",
            codes=("invoice_number",),
            dated="payment_date",
            permission=_MONEY,
        ),
        Searched(RESULTS, "result", body=("description",)),
        Searched(TARGET_INDICATORS, "target_indicator", body=("description",)),
        Searched(MEASURES, "measure", body=("description",), dated="starts_on"),
        Searched(STRATEGIES, "strategy", body=("description",), dated="adopted_on"),
        Searched(FIELDS_OF_ACTION, "field_of_action", body=("description",)),
        Searched(GOALS, "goal", body=("description",)),
        Searched(PLANNING_FIELDS, "planning_field", "name", body=("description",)),
        Searched(PLANNING_TASKS, "planning_task", body=("description",), dated="due_on"),
        Searched(TARGET_GROUPS, "target_group", "name", body=("description",)),
        Searched(LISTS, "operation_list", codes=("cci",), dated="edition"),
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
