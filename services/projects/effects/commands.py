"""Reading the figures of measures as everybody sees them, and keeping what they say."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.observations import IndicatorInBrief, Observations
from services.contracts.projects.effects import MeasureEffects, ReferenceKind, TargetEffect
from services.contracts.projects.measure_targets import MeasureTarget
from services.contracts.projects.measures import Measure
from services.contracts.shared.access import Actor
from services.kit.clients import Peer
from services.kit.database import municipality_of
from services.kit.journal import append_all
from services.kit.problems import NotFound
from services.projects.effects import queries, rules
from services.projects.effects.rules import Figure, Series
from services.projects.effects.tables import MeasureEffectRow
from services.projects.measures.tables import MeasureRow

_AT_ONCE = 4
_NOTHING = (404, 422)
Asked = dict[str, Any]
"""What an effect was found for: targets and first day."""


class _Area(BaseModel):
    parent: str | None = None


@dataclass
class Published:
    """Figures as everybody sees them: by indicator and breakdown, by area, by period."""

    release: int | None = None
    released_at: datetime | None = None
    briefs: dict[str, IndicatorInBrief] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    series: dict[tuple[str, str, str], dict[str, Figure]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def of(self, indicator: str, breakdown: str, area: str) -> Series:
        return self.series.get((indicator, breakdown, area), {})

    def take(self, found: Observations) -> None:
        columns, provisional = found.columns, set(found.provisional)
        self.release, self.released_at = found.release, found.released_at
        self.briefs |= found.indicators
        for n, value in enumerate(columns.value):
            place = (columns.indicator[n], columns.breakdown[n], columns.area[n])
            self.series[place][columns.period[n]] = Figure(
                value, columns.status[n], found.reasons.get(str(n)), n in provisional
            )


def asked(row: MeasureRow | Measure) -> Asked:
    """What the effect of a measure depends on, beside the figures."""
    targets = [MeasureTarget.model_validate(one, from_attributes=True) for one in row.targets]
    return {
        "starts_on": row.starts_on.isoformat() if row.starts_on else None,
        "targets": [one.model_dump(mode="json") for one in targets],
    }


async def effects_of(
    session: AsyncSession, peer: Peer, shown: Measure, release: int | None
) -> MeasureEffects:
    """The effect of a measure: as stored, or computed now where nothing stored fits it.

    Refuses (404) a release with which nothing was found, (503) while the figures are away.
    """
    stored = await queries.of_measure(session, shown.key)
    fitting = next((row for row in stored if release in (None, row.release)), None)
    if release is not None and fitting is None:
        raise NotFound(f"With release {release} the effect did not change, or it is not there.")
    releases = [row.release for row in stored]
    if fitting is not None and (release is not None or _fits(fitting, shown)):
        return MeasureEffects(
            measure=shown.key,
            release=fitting.release,
            released_at=fitting.released_at,
            evaluated_at=fitting.evaluated_at,
            releases=releases,
            results=list(_seen(fitting, shown)),
            caveat=rules.CAVEAT,
        )
    published = await read(session, peer, shown.targets, None)
    return MeasureEffects(
        measure=shown.key,
        release=published.release,
        released_at=published.released_at,
        evaluated_at=None,
        releases=releases,
        results=_effects(shown.targets, shown, published),
        caveat=rules.CAVEAT,
    )


def _fits(row: MeasureEffectRow, shown: Measure) -> bool:
    """Was it found for the targets that the measure has? The reader may see fewer of them."""
    then = [MeasureTarget.model_validate(one) for one in row.asked["targets"]]
    return row.asked["starts_on"] == asked(shown)["starts_on"] and all(
        any(
            set(now.compared_with) <= set(one.compared_with)
            and one.model_copy(update={"compared_with": now.compared_with}) == now
            for one in then
        )
        for now in shown.targets
    )


def _seen(row: MeasureEffectRow, shown: Measure) -> Iterator[TargetEffect]:
    """The stored results for the targets and areas that the reader may see."""
    wanted = {(t.indicator, t.breakdown, t.area): set(t.compared_with) for t in shown.targets}
    for one in (TargetEffect.model_validate(result) for result in row.results):
        areas = wanted.get((one.indicator, one.breakdown, one.area))
        if areas is not None:
            compared = [
                other
                for other in one.compared
                if other.kind is ReferenceKind.parent or other.area in areas
            ]
            yield one.model_copy(update={"compared": compared})


async def evaluate(session: AsyncSession, peer: Peer, release: int) -> None:
    """Find the effects of all measures as of a release, and keep those that are others now.

    Journalled as `projects.measure.evaluated.v1` for each of them.
    """
    rows = await queries.with_targets(session)
    wanted = {row.key: [MeasureTarget.model_validate(one) for one in row.targets] for row in rows}
    everything = [target for targets in wanted.values() for target in targets]
    if not everything:
        return
    published = await read(session, peer, everything, release)
    if published.released_at is None:
        return
    before, town = await queries.newest(session, release), municipality_of(session)
    now, told = datetime.now(UTC), []
    for row in rows:
        found = [one.model_dump(mode="json") for one in _effects(wanted[row.key], row, published)]
        last = before.get(row.key)
        known = last is not None and last.results == found and last.asked == asked(row)
        if known or (last is not None and last.release == release):
            continue
        session.add(
            MeasureEffectRow(
                municipality_id=town.id,
                measure=row.key,
                release=release,
                released_at=published.released_at,
                evaluated_at=now,
                asked=asked(row),
                results=found,
            )
        )
        facts = {"id": str(row.id), "revision": row.revision, "release": release}
        told.append(("projects.measure.evaluated.v1", f"measures/{row.key}", facts))
    await session.flush()
    await append_all(session, told)


def _effects(
    targets: Sequence[MeasureTarget], row: MeasureRow | Measure, published: Published
) -> list[TargetEffect]:
    return [
        rules.effect(
            target,
            row.starts_on,
            published.briefs.get(target.indicator),
            partial(published.of, target.indicator, target.breakdown),
            published.parents.get(target.area),
        )
        for target in targets
    ]


async def read(
    session: AsyncSession, peer: Peer, targets: Sequence[MeasureTarget], release: int | None
) -> Published:
    """The figures of the targets and of what they are compared with, as somebody without a token.

    One call for each indicator and one for each area, however many measures there are.
    """
    base, anybody = f"/v1/{municipality_of(session).key}", _anybody(session)
    gate, published = asyncio.Semaphore(_AT_ONCE), Published()

    async def above(area: str) -> None:
        async with gate:
            address = f"{base}/areas/{area}"
            found = await peer.read(_Area, address, anybody, {"geometry": "false"})
        published.parents[area] = found.parent if found else None

    async def figures(indicator: str, areas: Sequence[str], total: bool) -> None:
        query = {"indicator": indicator, "area": ",".join(areas)}
        query |= {"breakdown": "total"} if total else {}
        query |= {"as_of": str(release)} if release is not None else {}
        async with gate:
            address = f"{base}/observations"
            found = await peer.read(Observations, address, anybody, query, _NOTHING)
        if found is not None:
            published.take(found)
        elif len(areas) > 1:  # one that is not for everybody hides none of the others
            await asyncio.gather(*(figures(indicator, [area], total) for area in areas))

    await asyncio.gather(*(above(area) for area in sorted({t.area for t in targets})))
    await asyncio.gather(
        *(
            figures(indicator, areas, total)
            for indicator, (areas, total) in sorted(_asking(targets, published.parents).items())
        )
    )
    return published


def _asking(
    targets: Sequence[MeasureTarget], parents: Mapping[str, str | None]
) -> dict[str, tuple[list[str], bool]]:
    """Indicator -> the areas to ask for, and whether totals alone are wanted."""
    areas, totals = defaultdict[str, set[str]](set), defaultdict[str, bool](lambda: True)
    for target in targets:
        named = {target.area, *target.compared_with}
        above = parents.get(target.area)
        areas[target.indicator] |= named | ({above} if above is not None else set())
        totals[target.indicator] &= target.breakdown == ""
    return {indicator: (sorted(named), totals[indicator]) for indicator, named in areas.items()}


def _anybody(session: AsyncSession) -> Actor:
    return Actor(
        subject="anonymous",
        kind="anonymous",
        roles=frozenset(),
        municipality=municipality_of(session),
    )
