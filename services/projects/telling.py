"""Of what this service tells others: plans, measures, grants and their money; no participants, and
no grants passed on, whose recipients may be persons."""

from services.kit.telling.rules import Told
from services.projects.booking_mappings.queries import BOOKING_MAPPINGS
from services.projects.claims.queries import CLAIMS
from services.projects.commitments.queries import COMMITMENTS
from services.projects.evidence_files.queries import EVIDENCE_FILES
from services.projects.expenditures.queries import EXPENDITURES
from services.projects.fields_of_action.queries import FIELDS_OF_ACTION
from services.projects.funding_rules.queries import FUNDING_RULES
from services.projects.goals.queries import GOALS
from services.projects.grant_disclosures.queries import DISCLOSURES
from services.projects.grants.queries import GRANTS
from services.projects.incomes.queries import INCOMES
from services.projects.measures.queries import MEASURES
from services.projects.monitorings.queries import MONITORINGS
from services.projects.notices.queries import NOTICES
from services.projects.obligations.queries import OBLIGATIONS
from services.projects.operation_lists.queries import LISTS
from services.projects.operations.queries import OPERATIONS
from services.projects.planning_fields.queries import PLANNING_FIELDS
from services.projects.planning_tasks.queries import PLANNING_TASKS
from services.projects.positions.queries import POSITIONS
from services.projects.programmes.queries import PROGRAMMES
from services.projects.projects.queries import PROJECTS
from services.projects.proofs_of_use.queries import PROOFS
from services.projects.recoveries.queries import RECOVERIES
from services.projects.results.queries import RESULTS
from services.projects.strategies.queries import STRATEGIES
from services.projects.target_groups.queries import TARGET_GROUPS
from services.projects.target_indicators.queries import TARGET_INDICATORS
from services.projects.target_periods.queries import TARGET_PERIODS
from services.projects.target_updates.queries import TARGET_UPDATES

TOLD = (
    Told(PROGRAMMES, "projects.programmes:read"),
    Told(FUNDING_RULES, "projects.funding_rules:read"),
    Told(PROJECTS, "projects.projects:read"),
    Told(GRANTS, "projects.grants:read"),
    Told(DISCLOSURES, "projects.grants:read"),
    Told(NOTICES, "projects.notices:read"),
    Told(POSITIONS, "projects.positions:read"),
    Told(OBLIGATIONS, "projects.money:inspect"),
    Told(EXPENDITURES, "projects.money:inspect"),
    Told(EVIDENCE_FILES, "projects.money:inspect"),
    Told(COMMITMENTS, "projects.money:inspect"),
    Told(CLAIMS, "projects.money:inspect"),
    Told(INCOMES, "projects.money:inspect"),
    Told(RECOVERIES, "projects.money:inspect"),
    Told(PROOFS, "projects.money:inspect"),
    Told(BOOKING_MAPPINGS, "projects.money:inspect"),
    Told(MEASURES, "projects.measures:read", {"evaluated"}),
    Told(STRATEGIES, "projects.planning:read"),
    Told(FIELDS_OF_ACTION, "projects.planning:read"),
    Told(GOALS, "projects.planning:read"),
    Told(TARGET_GROUPS, "projects.planning:read"),
    Told(PLANNING_FIELDS, "projects.planning:read"),
    Told(PLANNING_TASKS, "projects.planning:read"),
    Told(RESULTS, "projects.targets:read"),
    Told(TARGET_INDICATORS, "projects.targets:read"),
    Told(TARGET_PERIODS, "projects.targets:read"),
    Told(TARGET_UPDATES, "projects.targets:read", {"approved"}),
    Told(MONITORINGS, "projects.participation:read"),
    Told(LISTS, "projects.operations:read"),
    Told(OPERATIONS, "projects.operations:read"),
)
