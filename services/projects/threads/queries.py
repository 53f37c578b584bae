"""How plans, measures, money and effects are told in a thread."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Select, case, cast, exists, func, null
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.measures import FundingState, MeasureState
from services.contracts.projects.references import ReferenceResource
from services.contracts.shared.threads import NodeType, ThreadGapKind
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.kit.days import day_of, today
from services.kit.threads.telling import OfKind, Part, Telling, among, facts, if_seen
from services.projects.claims.queries import CLAIMS
from services.projects.claims.tables import ClaimRow
from services.projects.effects.tables import MeasureEffectRow
from services.projects.expenditures.queries import EXPENDITURES
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.measures.queries import MEASURES
from services.projects.measures.tables import MeasureRow
from services.projects.positions.queries import POSITIONS
from services.projects.positions.tables import PositionRow
from services.projects.projects.queries import PROJECTS
from services.projects.projects.tables import ProjectRow
from services.projects.references.tables import ReferenceRow
from services.projects.results.queries import RESULTS
from services.projects.results.tables import ResultRow
from services.projects.strategies.queries import STRATEGIES
from services.projects.strategies.tables import StrategyRow
from services.projects.target_indicators.queries import TARGET_INDICATORS
from services.projects.target_indicators.tables import TargetIndicatorRow

MONEY = "projects.money:inspect"
_CARRIED_OUT = (MeasureState.running, MeasureState.suspended)


def _called(*said: Any) -> Any:
    """What has no title is called by what is known of it."""
    return func.jsonb_build_object("de", func.concat_ws(" ", *said), type_=JSONB)


def _euros(amount: Any) -> Any:
    """An amount as it is written in German; nothing where it is not known."""
    written = func.to_char(amount, "FM999,999,999,990.00")
    return func.translate(written, ",.", ".,") + " EUR"


def _organisation(session: AsyncSession, key: Any) -> Any:
    """The organisation that is in charge, for who may see it."""
    row = ReferenceRow
    told = func.jsonb_build_object(
        "collection", "organisations", "key", col(row.key), "name", col(row.name), type_=JSONB
    )
    return (
        select(told)
        .where(
            col(row.municipality_id) == municipality_of(session).id,
            col(row.resource) == ReferenceResource.organisations,
            col(row.key) == key,
            col(row.visibility).in_(visible_to(actor_of(session))),
        )
        .scalar_subquery()
    )


_TARGET = cast("$[*] ? (@.indicator == $i && @.area == $a)", JSONPATH)
"""Of targets or of what became of them: those of one figure in one area."""


@dataclass(frozen=True)
class _OfMeasure:
    """A target of a measure or what became of it, by `measure/indicator/area`: for who may see the
    measure, the indicator and the area. What no longer is a target is not there."""

    type: NodeType

    def told(self, session: AsyncSession, keys: Select[Any]) -> Part:
        named = keys.distinct().subquery()
        measure, indicator, area = (
            func.split_part(named.c.end_key, "/", place) for place in (1, 2, 3)
        )
        figure = _figure(indicator, area)
        target = func.jsonb_path_query_first(col(MeasureRow.targets), _TARGET, figure, type_=JSONB)
        more = {"state": target["direction"], "on": target["due_on"]}
        if self.type is NodeType.effect:
            more = _effect(session, measure, figure)
        names = {
            resource: _reference(session, resource, key)
            for resource, key in (
                (ReferenceResource.indicators, indicator),
                (ReferenceResource.areas, area),
            )
        }
        told = facts(
            titles=func.jsonb_build_array(*names.values()),
            responsible=_organisation(session, col(MeasureRow.responsible)),
            **more,
        )
        seen = [name.is_not(None) for name in names.values()]
        return select(named.c.end_key, if_seen(told, MEASURES.seen(session), *seen)).where(
            col(MeasureRow.municipality_id) == municipality_of(session).id,
            among(col(MeasureRow.key), select(measure)),
            col(MeasureRow.key) == measure,
            func.jsonb_path_exists(col(MeasureRow.targets), _TARGET, figure),
        )


def _figure(indicator: Any, area: Any) -> Any:
    return func.jsonb_build_object("i", indicator, "a", area)


def _reference(session: AsyncSession, resource: ReferenceResource, key: Any) -> Any:
    """The name of what another service owns, for who may see it."""
    row = ReferenceRow
    return (
        select(row.name)
        .where(
            col(row.municipality_id) == municipality_of(session).id,
            col(row.resource) == resource,
            col(row.key) == key,
            col(row.visibility).in_(visible_to(actor_of(session))),
        )
        .scalar_subquery()
    )


def _effect(session: AsyncSession, measure: Any, figure: Any) -> dict[str, Any]:
    """How the figure went, and since when that is known, as it was last found."""
    row = MeasureEffectRow
    result = func.jsonb_path_query_first(col(row.results), _TARGET, figure, type_=JSONB)
    latest = (
        select(
            func.jsonb_build_object(
                "outcome", result["outcome"], "on", day_of(col(row.released_at)), type_=JSONB
            )
        )
        .where(col(row.municipality_id) == municipality_of(session).id, col(row.measure) == measure)
        .order_by(col(row.release).desc())
        .limit(1)
        .scalar_subquery()
    )
    return {"state": latest["outcome"], "on": latest["on"]}


_FUNDED = (col(MeasureRow.funding_state) == FundingState.open) | func.jsonb_path_exists(
    col(MeasureRow.budget), cast('$[*].amount ? (@ != null && @ != "0.00")', JSONPATH)
)
"""From a project, a grant or the budget."""
_SEEN_TO_ACT = exists().where(
    col(MeasureEffectRow.municipality_id) == col(MeasureRow.municipality_id),
    col(MeasureEffectRow.measure) == col(MeasureRow.key),
    func.jsonb_path_exists(
        col(MeasureEffectRow.results), cast('$[*] ? (@.outcome != "unknown")', JSONPATH)
    ),
)
"""Something is known of what came of it, whatever that is."""
A_YEAR = 365
"""Days after which something could be known of an effect: figures are of years."""


def _fallen(session: AsyncSession) -> Any:
    """The resolution on which a measure rests, where it holds no more, for who may see that."""
    row = ReferenceRow
    return (
        col(row.municipality_id) == col(MeasureRow.municipality_id),
        col(row.resource) == ReferenceResource.resolutions,
        col(row.key) == col(MeasureRow.mandate),
        col(row.fallen).is_not(None),
        col(row.fallen_from).is_(None) | (col(row.fallen_from) <= today()),
        col(row.visibility).in_(visible_to(actor_of(session))),
    )


def _mandate_fallen(session: AsyncSession) -> Any:
    carried_out = col(MeasureRow.state).in_((*_CARRIED_OUT, MeasureState.decided))
    return carried_out & exists().where(*_fallen(session))


def _fell_on(session: AsyncSession) -> Any:
    """The day on which its resolution fell, or on which it began without one."""
    begun = case((col(MeasureRow.starts_on) <= today(), col(MeasureRow.starts_on)), else_=null())
    fell = select(func.greatest(col(ReferenceRow.fallen_from), begun, type_=Date))
    return fell.where(*_fallen(session)).correlate(MeasureRow).scalar_subquery()


def _unseen_effect() -> Any:
    begun = col(MeasureRow.starts_on) <= today() - timedelta(days=A_YEAR)
    lasting = col(MeasureRow.state).in_((*_CARRIED_OUT, MeasureState.completed))
    return lasting & begun & _FUNDED & ~_SEEN_TO_ACT


def _led_by(column: Any) -> Any:
    return lambda session: _organisation(session, column)


def tellings() -> tuple[Telling, ...]:
    """As of today, which decides whether an effect could be known."""
    return _as_of(today())


@lru_cache(maxsize=2)
def _as_of(_: date) -> tuple[Telling, ...]:
    return (
        OfKind(
            NodeType.strategy,
            STRATEGIES,
            title=col(StrategyRow.title),
            state=col(StrategyRow.state),
            on=col(StrategyRow.adopted_on),
            responsible=_led_by(StrategyRow.prepared_by),
        ),
        OfKind(
            NodeType.measure,
            MEASURES,
            title=col(MeasureRow.title),
            state=col(MeasureRow.state),
            on=col(MeasureRow.starts_on),
            responsible=_led_by(MeasureRow.responsible),
            lacks={
                ThreadGapKind.measure_without_money: col(MeasureRow.state).in_(_CARRIED_OUT)
                & ~_FUNDED,
                ThreadGapKind.money_without_effect: _unseen_effect(),
                ThreadGapKind.mandate_fallen: _mandate_fallen,
            },
            since=col(MeasureRow.starts_on),
            sinces={ThreadGapKind.mandate_fallen: _fell_on},
            must_act=_led_by(
                func.coalesce(col(MeasureRow.responsible), col(MeasureRow.department))
            ),
        ),
        OfKind(
            NodeType.project,
            PROJECTS,
            title=col(ProjectRow.name),
            state=col(ProjectRow.state),
            on=col(ProjectRow.starts_on),
        ),
        OfKind(
            NodeType.grant,
            GRANTS,
            title=_called(
                func.coalesce(col(GrantRow.reference), col(GrantRow.key)),
                _euros(col(GrantRow.amount)),
            ),
            state=col(GrantRow.state),
            on=func.coalesce(col(GrantRow.granted_on), col(GrantRow.applied_on)),
            responsible=_led_by(GrantRow.grantee),
        ),
        OfKind(
            NodeType.position,
            POSITIONS,
            title=col(PositionRow.title),
            state=col(PositionRow.state),
            on=col(PositionRow.starts_on),
            responsible=_led_by(PositionRow.employer),
        ),
        OfKind(
            NodeType.expenditure,
            EXPENDITURES,
            title=_called(col(ExpenditureRow.purpose), _euros(col(ExpenditureRow.gross))),
            state=col(ExpenditureRow.state),
            on=func.coalesce(col(ExpenditureRow.payment_date), col(ExpenditureRow.invoice_date)),
            permission=MONEY,
        ),
        OfKind(
            NodeType.claim,
            CLAIMS,
            title=_called(
                func.coalesce(col(ClaimRow.reference), col(ClaimRow.key)),
                _euros(col(ClaimRow.requested)),
            ),
            state=col(ClaimRow.state),
            on=col(ClaimRow.submitted_on),
            permission=MONEY,
        ),
        OfKind(
            NodeType.result,
            RESULTS,
            title=col(ResultRow.title),
            state=col(ResultRow.level),
        ),
        OfKind(
            NodeType.target,
            TARGET_INDICATORS,
            title=col(TargetIndicatorRow.title),
            state=col(TargetIndicatorRow.direction),
            on=col(TargetIndicatorRow.baseline_on),
        ),
        _OfMeasure(NodeType.target),
        _OfMeasure(NodeType.effect),
    )
