"""How figures and findings are told in a thread."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, Select, case, cast, func, literal_column, null
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.findings import FindingState
from services.contracts.shared.threads import PERIOD, NodeType, ThreadGapKind
from services.indicators.areas.queries import AREAS
from services.indicators.areas.tables import AreaRow, AreaVersionRow
from services.indicators.catalogue.queries import INDICATORS
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.findings.queries import FINDINGS, told
from services.indicators.findings.tables import FindingRow
from services.indicators.needs.tables import NeedsRuleRow
from services.indicators.observations.tables import PublishedRow
from services.indicators.releases.tables import ReleaseRow
from services.kit.database import municipality_of
from services.kit.days import HERE
from services.kit.threads.telling import OfKind, Part, Telling, facts, if_seen


@dataclass(frozen=True)
class _Observations:
    """Series of one indicator in one area, `indicator/area`, for who may see both of them; or the
    figure of one period, `indicator/area@period`, which is there once it is published."""

    type: NodeType = NodeType.observation

    def told(self, session: AsyncSession, keys: Select[Any]) -> Part:
        named = keys.distinct().subquery()
        series, period = (func.split_part(named.c.end_key, PERIOD, place) for place in (1, 2))
        indicator, area = (func.split_part(series, "/", place) for place in (1, 2))
        figure = _latest(session, indicator, area, period)
        of = func.jsonb_build_object("de", period, type_=JSONB)
        titles = func.jsonb_build_array(col(IndicatorRow.name), _name(session, area))
        told = facts(
            titles=case((period == "", titles), else_=titles.op("||")(of)),
            figure=figure["value"].astext,
            on=figure["on"],
        )
        town = municipality_of(session).id
        return select(
            named.c.end_key, if_seen(told, INDICATORS.seen(session), AREAS.seen(session))
        ).where(
            col(IndicatorRow.municipality_id) == town,
            col(IndicatorRow.key) == indicator,
            col(AreaRow.municipality_id) == town,
            col(AreaRow.key) == area,
            (period == "") | figure.is_not(None),
        )


def _name(session: AsyncSession, area: Any) -> Any:
    """The name of the newest version of the area."""
    return (
        select(AreaVersionRow.name)
        .where(
            col(AreaVersionRow.municipality_id) == municipality_of(session).id,
            col(AreaVersionRow.area) == area,
        )
        .order_by(col(AreaVersionRow.valid_from).desc())
        .limit(1)
        .scalar_subquery()
    )


def _latest(session: AsyncSession, indicator: Any, area: Any, period: Any) -> Any:
    """The newest published total, or that of the period, and the end of its period; hidden ones
    have no value."""
    row = PublishedRow
    figure = func.jsonb_build_object(
        "value", col(row.value), "on", col(row.period_end), type_=JSONB
    )
    return (
        select(figure)
        .where(
            col(row.municipality_id) == municipality_of(session).id,
            col(row.indicator) == indicator,
            col(row.area) == area,
            col(row.breakdown) == "",
            col(row.release_to).is_(None),
            (period == "") | (col(row.period) == period),
        )
        .order_by(col(row.period_end).desc(), col(row.period).desc())
        .limit(1)
        .scalar_subquery()
    )


_FOUND_ON = (
    select(cast(func.timezone(HERE.key, col(ReleaseRow.created_at)), Date))
    .where(
        col(ReleaseRow.municipality_id) == col(FindingRow.municipality_id),
        col(ReleaseRow.number) == col(FindingRow.first_seen),
    )
    .correlate(FindingRow)
    .scalar_subquery()
)


def _to_act(_: AsyncSession) -> Any:
    """Who is to see to what the rule finds; the boards alone know what it is called."""
    row = NeedsRuleRow
    told = func.jsonb_build_object(
        "collection", "organisations", "key", col(row.responsible), "name", null(), type_=JSONB
    )
    return (
        select(told)
        .where(
            col(row.municipality_id) == col(FindingRow.municipality_id),
            col(row.key) == col(FindingRow.rule),
            col(row.responsible).is_not(None),
        )
        .correlate(FindingRow)
        .scalar_subquery()
    )


_TOPICS: Any = literal_column(
    """(WITH RECURSIVE above AS (
        SELECT key, parent, 0 AS steps FROM indicators.topic
        WHERE municipality_id = indicators.finding.municipality_id
          AND key = indicators.finding.topic
        UNION ALL
        SELECT t.key, t.parent, above.steps + 1 FROM indicators.topic AS t
        JOIN above ON t.key = above.parent
        WHERE t.municipality_id = indicators.finding.municipality_id)
    SELECT jsonb_agg(key ORDER BY steps) FROM above)"""
)
"""The topic of a finding and those it is part of, the nearest first. Topics are no secrets here:
only which bodies have one is told, as far as the bodies may be seen."""
_OPEN = (FindingState.open, FindingState.confirmed)
_TELLINGS: tuple[Telling, ...] = (
    OfKind(NodeType.indicator, INDICATORS, title=col(IndicatorRow.name)),
    _Observations(),
    OfKind(
        NodeType.finding,
        FINDINGS,
        title=col(FindingRow.title),
        state=col(FindingRow.state),
        on=_FOUND_ON,
        also=told,
        lacks={ThreadGapKind.finding_unanswered: col(FindingRow.state).in_(_OPEN)},
        since=_FOUND_ON,
        must_act=_to_act,
        topics=_TOPICS,
    ),
)


def tellings() -> tuple[Telling, ...]:
    """The same every day."""
    return _TELLINGS
