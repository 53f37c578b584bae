"""Which resources of the projects service bring which others along (`?include=`)."""

from services.contracts.projects.fields_of_action import FieldOfAction
from services.contracts.projects.goals import Goal
from services.contracts.projects.grants import Grant
from services.contracts.projects.measures import Measure
from services.contracts.projects.notices import Notice
from services.contracts.projects.onward_grants import OnwardGrant
from services.contracts.projects.planning_fields import PlanningField
from services.contracts.projects.planning_tasks import PlanningTask
from services.contracts.projects.positions import Position
from services.contracts.projects.programmes import Programme
from services.contracts.projects.projects import Project
from services.contracts.projects.results import Result
from services.contracts.projects.strategies import Strategy
from services.contracts.projects.target_groups import TargetGroup
from services.contracts.projects.targets import TargetIndicator, TargetPeriod
from services.kit.relations import Relation, Through
from services.kit.selection import Relations
from services.projects.fields_of_action.queries import FIELDS_OF_ACTION
from services.projects.goals import queries as goals
from services.projects.goals.queries import GOALS
from services.projects.grants.queries import GRANTS
from services.projects.measures import queries as measures
from services.projects.measures.queries import MEASURES
from services.projects.notices.queries import NOTICES
from services.projects.onward_grants.queries import ONWARD_GRANTS
from services.projects.planning_fields.queries import PLANNING_FIELDS
from services.projects.positions.queries import POSITIONS
from services.projects.programmes.queries import PROGRAMMES
from services.projects.projects.queries import PROJECTS
from services.projects.results.queries import RESULTS
from services.projects.strategies.queries import STRATEGIES
from services.projects.target_groups.queries import TARGET_GROUPS
from services.projects.target_indicators.queries import TARGET_INDICATORS
from services.projects.target_periods.queries import TARGET_PERIODS

_PLANNING = "projects.planning:read"
_TARGETS = "projects.targets:read"
_PROJECT = Relation(PROJECTS, Project, "projects.projects:read", named="project")
_GRANT = Relation(GRANTS, Grant, "projects.grants:read", named="grant")
_STRATEGY = Relation(STRATEGIES, Strategy, _PLANNING, named="strategy")
_FIELD_OF_ACTION = Relation(FIELDS_OF_ACTION, FieldOfAction, _PLANNING, named="field_of_action")


def _measures(column: str) -> Relation:
    return Relation(MEASURES, Measure, "projects.measures:read", naming=column, told=measures.told)


RELATIONS: Relations = {
    Project: {
        "programmes": Relation(
            PROGRAMMES, Programme, "projects.programmes:read", named="programmes"
        ),
        "grants": Relation(GRANTS, Grant, "projects.grants:read", naming="project"),
        "positions": Relation(POSITIONS, Position, "projects.positions:read", naming="project"),
        "measures": _measures("project"),
        "results": Relation(RESULTS, Result, _TARGETS, naming="project"),
        "target_indicators": Relation(
            TARGET_INDICATORS,
            TargetIndicator,
            _TARGETS,
            naming="project",
            through=Through(RESULTS, own="result"),
        ),
    },
    Grant: {
        "positions": Relation(
            POSITIONS, Position, "projects.positions:read", naming="funding.grant"
        ),
        "project": _PROJECT,
        "programme": Relation(PROGRAMMES, Programme, "projects.programmes:read", named="programme"),
        "notices": Relation(NOTICES, Notice, "projects.notices:read", naming="grant"),
        "onward_grants": Relation(
            ONWARD_GRANTS, OnwardGrant, "projects.onward_grants:read", naming="grant"
        ),
        "measures": _measures("grants"),
    },
    Result: {
        "project": _PROJECT,
        "grant": _GRANT,
        "target_indicators": Relation(
            TARGET_INDICATORS, TargetIndicator, _TARGETS, naming="result"
        ),
    },
    TargetIndicator: {
        "result": Relation(RESULTS, Result, _TARGETS, named="result"),
        "periods": Relation(TARGET_PERIODS, TargetPeriod, _TARGETS, naming="indicator"),
    },
    Notice: {"grant": _GRANT},
    OnwardGrant: {"grant": _GRANT},
    Position: {"project": _PROJECT},
    Strategy: {
        "fields_of_action": Relation(FIELDS_OF_ACTION, FieldOfAction, _PLANNING, naming="strategy"),
        "goals": Relation(GOALS, Goal, _PLANNING, naming="strategy", told=goals.told),
        "measures": _measures("strategy"),
    },
    Goal: {
        "strategy": _STRATEGY,
        "field_of_action": _FIELD_OF_ACTION,
        "measures": _measures("goal"),
    },
    PlanningTask: {
        "field": Relation(PLANNING_FIELDS, PlanningField, _PLANNING, named="field"),
    },
    Measure: {
        "project": _PROJECT,
        "strategy": _STRATEGY,
        "goal": Relation(GOALS, Goal, _PLANNING, named="goal", told=goals.told),
        "grants": Relation(GRANTS, Grant, "projects.grants:read", named="grants"),
        "target_groups": Relation(TARGET_GROUPS, TargetGroup, _PLANNING, named="target_groups"),
        "planning_fields": Relation(
            PLANNING_FIELDS, PlanningField, _PLANNING, named="planning_fields"
        ),
    },
}
