"""What a person does with rules of needs analysis, and what a release asks of them."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.needs import Found, NeedsPreview, NewNeedsRule
from services.contracts.indicators.needs_conditions import CoverageGap
from services.contracts.shared.base import Visibility
from services.indicators.findings import commands as findings
from services.indicators.findings.rules import Observed
from services.indicators.needs import queries, rules
from services.indicators.needs.facts import Facts
from services.indicators.needs.queries import NEEDS_RULES
from services.indicators.needs.rules import Told
from services.indicators.needs.tables import NeedsRuleRow
from services.indicators.placing import commands as placing
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.days import today
from services.kit.patches import Patch

_KEEP = text("""
    INSERT INTO needs_assessment (municipality_id, rule, release, rule_revision, areas, found,
                                  not_found, unknown, assessed_at)
    SELECT :municipality, rule, :release, rule_revision, areas, found, not_found, unknown, :now
    FROM jsonb_to_recordset(cast(:rows AS jsonb)) AS told
         (rule text, rule_revision int, areas int, found int, not_found int, unknown jsonb)
    ON CONFLICT (municipality_id, rule, release) DO UPDATE
    SET rule_revision = excluded.rule_revision, areas = excluded.areas, found = excluded.found,
        not_found = excluded.not_found, unknown = excluded.unknown,
        assessed_at = excluded.assessed_at""")


async def define(session: AsyncSession, new: NewNeedsRule) -> NeedsRuleRow:
    """Save a rule."""
    rules.check(new, await queries.known(session))
    return await NEEDS_RULES.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewNeedsRule], expected: int
) -> NeedsRuleRow:
    """Change a rule; its findings follow at the next release."""
    row = await NEEDS_RULES.locked(session, key, expected)
    new = patch.onto(row)
    rules.check(new, await queries.known(session))
    return await NEEDS_RULES.store(session, row, new)


async def preview(session: AsyncSession, key: str) -> NeedsPreview:
    """What a rule would say of the figures as they stand; nothing is stored."""
    row = await NEEDS_RULES.one(session, key)
    rule = _rule(row)
    number = await queries.release(session)
    (told,) = await _ask(session, [rule])
    for name in ("revision", "read"):
        session.info.pop(name, None)
    found = []
    for area, judgements in told.found.items():
        kept = [{**one, "release": number} for one in rules.evidence(rule, area, judgements)]
        found.append(Found(area=area, evidence=kept))
    return NeedsPreview(
        rule=row.key,
        release=number,
        areas=len(told.areas),
        found=found,
        not_found=told.not_found,
        unknown=rules.unknown_areas(told),
    )


async def evaluate(session: AsyncSession, release: int) -> None:
    """Ask every active rule of the figures that are public with this release.

    The last step of a release, after its row is stored and journalled: findings open, go on or are
    resolved. Asking again with the same release changes nothing.
    """
    rows = await queries.active(session)
    if not rows:
        return
    asked = [_rule(row) for row in rows]
    said = await _ask(session, asked)
    known, needs = await queries.known(session), await queries.need_indicators(session)
    shown = await queries.index_indicators(session)
    fields = []
    for row, rule in zip(rows, asked, strict=True):
        uses = rules.uses(rule, needs, shown)
        told_of = {name: getattr(row, name) for name in ("level", "title", "topic", "severity")}
        seen = rules.visibility(rule, uses, known)
        made = {"rule_revision": row.revision, "indicators": uses, "visibility": seen}
        fields.append({**told_of, **made})
    observed = await asyncio.to_thread(_observed, asked, said, fields)
    unknown = {(row.key, a) for row, told in zip(rows, said, strict=True) for a in told.unknown}
    areas = {row.key: told.areas for row, told in zip(rows, said, strict=True)}
    await findings.turn(session, release, observed, unknown, areas)
    await _keep(session, release, rows, said)


def _observed(
    asked: Sequence[NewNeedsRule], said: Sequence[Told], fields: Sequence[Mapping[str, Any]]
) -> list[Observed]:
    return [
        Observed(rule.key, area, {**more, "evidence": rules.evidence(rule, area, judgements)})
        for rule, told, more in zip(asked, said, fields, strict=True)
        for area, judgements in told.found.items()
    ]


async def _ask(session: AsyncSession, asked: Sequence[NewNeedsRule]) -> list[Told]:
    if any(isinstance(c, CoverageGap) for rule in asked for c in rule.conditions):
        await placing.refresh(session)
    facts = await queries.facts(session, asked, today())
    return await asyncio.to_thread(_tell, asked, facts)


def _tell(asked: Sequence[NewNeedsRule], facts: Mapping[Visibility, Facts]) -> list[Told]:
    return [rules.tell(rule, facts[rule.visibility]) for rule in asked]


async def _keep(
    session: AsyncSession,
    release: int,
    rows: Sequence[NeedsRuleRow],
    said: Sequence[Told],
) -> None:
    kept: list[dict[str, Any]] = [
        {
            "rule": row.key,
            "rule_revision": row.revision,
            "areas": len(told.areas),
            "found": len(told.found),
            "not_found": told.not_found,
            "unknown": to_jsonable_python(rules.unknown_areas(told)),
        }
        for row, told in zip(rows, said, strict=True)
    ]
    values = {"municipality": municipality_of(session).id, "release": release}
    await sql.run(session, _KEEP, {**values, "now": datetime.now(UTC), "rows": json.dumps(kept)})


def _rule(row: NeedsRuleRow) -> NewNeedsRule:
    return NewNeedsRule.model_validate(
        {name: getattr(row, name) for name in NewNeedsRule.model_fields}
    )
