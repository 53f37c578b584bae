"""What becomes of findings: by a release, and by people."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.findings import Finding, FindingState, FindingTexts
from services.indicators import in_town
from services.indicators.findings import queries, rules
from services.indicators.findings.queries import FINDINGS
from services.indicators.findings.rules import Observed, Place
from services.kit import journal
from services.kit.database import actor_of
from services.kit.ids import uuid7
from services.kit.native import statement
from services.kit.patches import Patch

_OPEN, _GO_ON, _DOUBT, _RESOLVE = (
    text(statement(__package__, name)) for name in ("open", "go_on", "doubt", "resolve")
)


async def turn(
    session: AsyncSession,
    release: int,
    observed: Sequence[Observed],
    unknown: Collection[Place],
    areas: Mapping[str, Collection[str]],
) -> None:
    """Let findings open, go on or be resolved by what the rules say with a release.

    `areas` gives the areas that each rule was asked of, `unknown` where nobody can say.
    """
    now_found = {(one.rule, one.area): one for one in observed}
    before = {(row.rule, row.area): row for row in await queries.standing(session, list(areas))}
    made = rules.turn(now_found, unknown, before, areas)
    taken = await queries.keys_of(session, release)
    new = []
    for place in made.opened:
        key = rules.key_of(*place, release, taken)
        taken.add(key)
        new.append({**_plain(now_found[place]), "id": str(uuid7()), "key": key})
    kept = [{**_plain(now_found[p]), "id": str(before[p].id)} for p in made.continuing]
    if new:
        await in_town.run(session, _OPEN, release=release, rows=json.dumps(new))
    if kept:
        await in_town.run(session, _GO_ON, release=release, rows=json.dumps(kept))
    if made.unsure:
        ids = [before[p].id for p in made.unsure]
        await in_town.run(session, _DOUBT, ids=ids, release=release)
    events = [_event("opened", release, id=n["id"], revision=1, **_named(n)) for n in new]
    for gone, why in ((made.gone, "no_longer_met"), (made.ended, "area_ended")):
        if gone:
            ids = [before[p].id for p in gone]
            done = await in_town.run(session, _RESOLVE, ids=ids, release=release, resolution=why)
            rows = sorted(done.mappings(), key=lambda row: str(row["key"]))
            events += [
                _event(
                    "resolved", release, id=str(r["id"]), revision=r["revision"], **_named(dict(r))
                )
                for r in rows
            ]
    await journal.append_all(session, events)


def _plain(one: Observed) -> dict[str, Any]:
    return {"rule": one.rule, "area": one.area, **one.fields}


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("key", "rule", "area")}


def _event(what: str, release: int, *, key: str, **data: Any) -> tuple[str, str, Mapping[str, Any]]:
    return f"{FINDINGS.event}.{what}.v1", f"findings/{key}", {**data, "release": release}


async def describe(
    session: AsyncSession, key: str, patch: Patch[FindingTexts], expected: int
) -> Finding:
    """Say how life is where the finding is, beyond the figures."""
    row = await FINDINGS.locked(session, key, expected)
    row = await FINDINGS.store(session, row, patch.onto(row))
    return (await queries.answers(session, [row]))[0]


async def decide(
    session: AsyncSession, key: str, then: FindingState, reason: str | None, expected: int
) -> Finding:
    """Confirm or dismiss a finding."""
    row = await FINDINGS.locked(session, key, expected)
    rules.check_step(FindingState(row.state), then)
    row.state, row.reason = then, reason
    row.decided_by, row.decided_at = actor_of(session).subject, datetime.now(UTC)
    await session.flush()
    facts = {"rule": row.rule, "area": row.area}
    await FINDINGS.tell(session, row, str(then), **facts)
    session.info["revision"] = row.revision
    return (await queries.answers(session, [row]))[0]
