"""Every question asked of the stored findings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.findings import Finding, FindingState
from services.contracts.indicators.needs import Severity
from services.indicators.areas.queries import AREAS
from services.indicators.catalogue.queries import INDICATORS
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.findings.tables import FindingRow
from services.indicators.levels import queries as known_levels
from services.indicators.needs.queries import NEEDS_RULES
from services.kit import sql
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind

FINDINGS = Kind(
    FindingRow,
    "findings",
    "indicators.finding",
    within={"rule": NEEDS_RULES, "area": AREAS},
)


@dataclass(frozen=True)
class Choice:
    """Which findings are asked for; None leaves a side open."""

    rule: str | None = None
    area: str | None = None
    level: str | None = None
    state: FindingState | None = None
    severity: Severity | None = None
    topic: str | None = None
    seen_in: int | None = None


def told(session: AsyncSession) -> list[ColumnElement[bool]]:
    """Only findings whose evidence tells of nothing that the actor may not see."""
    if actor_of(session).sees_everything:
        return []
    open_ = select(IndicatorRow.key).where(INDICATORS.seen(session))
    every = func.array(open_.scalar_subquery())
    return [col(FindingRow.indicators).op("<@")(func.to_jsonb(every))]


async def page(session: AsyncSession, paging: Paging, choice: Choice) -> Mapping[str, Any]:
    """Findings by key."""
    row, where = FindingRow, told(session)
    for name in ("rule", "area", "level", "state", "severity", "topic"):
        value = getattr(choice, name)
        if value is not None:
            where.append(getattr(row, name) == value)
    if choice.seen_in is not None:
        where.append(col(row.first_seen) <= choice.seen_in)
        gone = col(row.resolved_in)
        where.append(gone.is_(None) | (gone > choice.seen_in))
    found = await FINDINGS.page(session, paging, *where)
    if not found["items"]:
        await known_levels.check(session, choice.level)
    return {**found, "items": await answers(session, found["items"])}


async def one(session: AsyncSession, key: str) -> Finding:
    """A finding by its key or UUID."""
    (answer,) = await answers(session, [await FINDINGS.one(session, key, *told(session))])
    return answer


async def answers(session: AsyncSession, rows: Sequence[FindingRow]) -> list[Finding]:
    """The findings as they are told: one that still holds was last seen when it was last asked."""
    values = {
        "municipality": municipality_of(session).id,
        "rules": sorted({row.rule for row in rows if row.last_seen is None}),
    }
    asked = {row.rule: row.release for row in await sql.run(session, _ASKED, values)}
    made = []
    for row in rows:
        seen = asked.get(row.rule, row.first_seen) if row.last_seen is None else row.last_seen
        evidence = [{**one, "release": row.evidence_release} for one in row.evidence]
        fields = {**row.model_dump(), "last_seen": seen, "evidence": evidence}
        made.append(Finding.model_validate(fields))
    return made


async def standing(session: AsyncSession, rules: Collection[str]) -> Sequence[Any]:
    """Identifier, rule and area of the findings of these rules that are not resolved; locked."""
    values = {"municipality": municipality_of(session).id, "rules": list(rules)}
    return (await sql.run(session, _STANDING, values)).all()


async def keys_of(session: AsyncSession, release: int) -> set[str]:
    """The keys of findings that a release has opened."""
    mine = col(FindingRow.municipality_id) == municipality_of(session).id
    opened = mine & (col(FindingRow.first_seen) == release)
    return set((await session.exec(select(FindingRow.key).where(opened))).all())


_ASKED = text("""
    SELECT rule, max(release) AS release FROM needs_assessment
    WHERE municipality_id = :municipality AND rule = ANY (cast(:rules AS text[]))
    GROUP BY rule""")
_STANDING = text("""
    SELECT id, rule, area FROM finding
    WHERE municipality_id = :municipality AND rule = ANY (cast(:rules AS text[]))
      AND state <> 'resolved'
    FOR NO KEY UPDATE""")
