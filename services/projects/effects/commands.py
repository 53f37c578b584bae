"""Finding the effects of measures, and keeping what they say."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.effects import TargetEffect
from services.contracts.projects.measure_targets import MeasureTarget
from services.kit.clients import Peer
from services.kit.journal import append_all
from services.projects.effects import queries, rules
from services.projects.effects.tables import MeasureEffectRow
from services.projects.indicator_reading import queries as indicators
from services.projects.indicator_reading.rules import PublishedFigures
from services.projects.measures.tables import MeasureRow


async def evaluate(session: AsyncSession, peer: Peer, release: int) -> None:
    """Find the effects of all measures as of a release, and keep those that are others now.

    Journalled as `projects.measure.evaluated.v1` for each of them.
    """
    rows, before = await queries.with_targets(session), await queries.newest(session, release)
    published = await indicators.read(session, peer, _targets(rows), release)
    done = {key for key, last in before.items() if last.release == release}
    await _keep(session, [row for row in rows if row.key not in done], before, published)


async def evaluate_anew(session: AsyncSession, peer: Peer, area: str | None = None) -> None:
    """Find the effects anew that stand on a territory that is known otherwise now.

    Of targets in an area or in any, those with another area above it, another last day or other
    changes of the territory than before. Of the newest release: what was found with the same one
    is replaced, what was found with earlier ones stays. Journalled like every effect.
    """
    rows = await queries.with_targets(session)
    if area is not None:
        rows = [row for row in rows if any(one.area == area for one in _targets([row]))]
    if not rows:
        return
    before = await queries.newest(session)
    rows = [row for row in rows if row.key in before]
    published = await indicators.read_territory(session, peer, _targets(rows))
    rows = [row for row in rows if _led_otherwise(before[row.key], row, published)]
    await indicators.read_figures(session, peer, _targets(rows), None, published)
    await _keep(session, rows, before, published)


def _led_otherwise(last: MeasureEffectRow, row: MeasureRow, published: PublishedFigures) -> bool:
    targets = _targets([row])
    then = [rules.place_of(TargetEffect.model_validate(result)) for result in last.results]
    now = [published.place(target) for target in targets]
    return last.until != published.until(targets) or then != now


async def _keep(
    session: AsyncSession,
    rows: Sequence[MeasureRow],
    before: Mapping[str, MeasureEffectRow],
    published: PublishedFigures,
) -> None:
    if published.release is None or published.released_at is None:
        return
    told = []
    for row in rows:
        asked, last = rules.asked(row), before.get(row.key)
        until = published.until(asked.targets)
        found = [one.model_dump(mode="json") for one in rules.effects(asked, published)]
        wanted = asked.model_dump(mode="json")
        if last is not None and last.results == found and last.asked == wanted:
            if last.until != until:
                last.territory, last.until = published.on, until
            continue
        values: dict[str, Any] = {
            "municipality_id": row.municipality_id,
            "measure": row.key,
            "release": published.release,
            "released_at": published.released_at,
            "evaluated_at": datetime.now(UTC),
            "territory": published.on,
            "until": until,
            "asked": wanted,
            "results": found,
        }
        if last is not None and last.release == published.release:
            session.add(last.sqlmodel_update(values))
        else:
            session.add(MeasureEffectRow(**values))
        facts = {"id": str(row.id), "revision": row.revision, "release": published.release}
        told.append(("projects.measure.evaluated.v1", f"measures/{row.key}", facts))
    await session.flush()
    await append_all(session, told)


def _targets(rows: Sequence[MeasureRow]) -> list[MeasureTarget]:
    return [target for row in rows for target in rules.asked(row).targets]
