"""Reading the figures of measures as everybody sees them, and keeping what they say."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.observations import IndicatorInBrief, Observations
from services.contracts.projects.effects import MeasureEffects, ReferenceKind, TargetEffect
from services.contracts.projects.measure_targets import MeasureTarget
from services.contracts.projects.measures import Measure
from services.contracts.shared.access import Actor
from services.kit.clients import Peer
from services.kit.database import municipality_of
from services.kit.days import today
from services.kit.journal import append_all
from services.kit.problems import NotFound
from services.projects.effects import queries, rules
from services.projects.effects.rules import Figure, Place, Series
from services.projects.effects.tables import MeasureEffectRow
from services.projects.measures.tables import MeasureRow
from services.projects.territory_changes.rules import Change, Led, led

_AT_ONCE = 4
_NOTHING = (404, 422)
_OF_CHANGES = {"fields": "key,revision,valid_from,crossings", "limit": "1000"}
Asked = dict[str, Any]
"""What an effect was found for: targets and first day."""


class _Area(BaseModel):
    parent: str | None = None
    valid_to: date | None = None


class _Changes(BaseModel):
    items: list[Change]


@dataclass
class Published:
    """Figures as everybody sees them: by territory, indicator and breakdown, by area, by period."""

    on: date = field(default_factory=today)
    release: int | None = None
    released_at: datetime | None = None
    briefs: dict[str, IndicatorInBrief] = field(default_factory=dict)
    areas: dict[str, _Area | None] = field(default_factory=dict)
    """The areas of targets as they are today or were last."""
    changes: list[Change] = field(default_factory=list)
    """Of the territory, those that everybody may see."""
    series: dict[tuple[date, str, str, str], dict[str, Figure]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def of(self, target: MeasureTarget, area: str) -> Series:
        place = (self.territory(target.area), target.indicator, target.breakdown, area)
        return self.series.get(place, {})

    def territory(self, area: str) -> date:
        """Today, or the last day of an area that is no more."""
        found = self.areas.get(area)
        ended = found.valid_to if found else None
        return self.on if ended is None else min(self.on, ended - timedelta(days=1))

    def take(self, territory: date, found: Observations) -> None:
        columns, provisional = found.columns, set(found.provisional)
        estimated = set(found.estimated or ())
        self.release, self.released_at = found.release, found.released_at
        self.briefs |= found.indicators
        for n, value in enumerate(columns.value):
            place = (territory, columns.indicator[n], columns.breakdown[n], columns.area[n])
            self.series[place][columns.period[n]] = Figure(
                value,
                columns.status[n],
                found.reasons.get(str(n)),
                provisional=n in provisional,
                estimated=n in estimated,
            )

    def above(self, area: str) -> str | None:
        found = self.areas.get(area)
        return found.parent if found else None

    def place(self, target: MeasureTarget) -> Place:
        day = self.territory(target.area)
        ended = None if day == self.on else day
        return Place(self.above(target.area), ended, tuple(self._led(target).by))

    def until(self, targets: Sequence[MeasureTarget]) -> date | None:
        """The first day, as far as it is known, on which the territory of a target is another."""
        ends = (found.valid_to for t in targets if (found := self.areas.get(t.area)))
        changes = (self._led(target).until for target in targets)
        ahead = [day for day in (*ends, *changes) if day is not None and day > self.on]
        return min(ahead, default=None)

    def _led(self, target: MeasureTarget) -> Led:
        above = self.above(target.area)
        areas = {target.area, *target.compared_with} | ({above} if above is not None else set())
        return led(self.changes, areas, self.territory(target.area), self.on)


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
    if fitting is not None and (release is not None or _fits(fitting, shown, today())):
        return MeasureEffects(
            measure=shown.key,
            release=fitting.release,
            released_at=fitting.released_at,
            territory=fitting.territory,
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
        territory=published.on,
        evaluated_at=None,
        releases=releases,
        results=_effects(shown.targets, shown, published),
        caveat=rules.CAVEAT,
    )


def _fits(row: MeasureEffectRow, shown: Measure, on: date) -> bool:
    """Was it found for the targets that the measure has (the reader may see fewer of them), and is
    the territory still the same?"""
    if row.until is not None and row.until <= on:
        return False
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
    rows, before = await queries.with_targets(session), await queries.newest(session, release)
    published = await _ground(session, peer, _targets(rows))
    await _read(session, peer, _targets(rows), release, published)
    done = {key for key, last in before.items() if last.release == release}
    await _keep(session, [row for row in rows if row.key not in done], before, published)


async def evaluate_anew(session: AsyncSession, peer: Peer, area: str | None = None) -> None:
    """Find the effects anew that stand on a territory that is known otherwise now.

    Those of targets in an area, or whichever are led by other changes of the territory than they
    were. Of the newest release: what was found with the same one is replaced, what was found with
    earlier ones stays. Journalled like every effect.
    """
    rows = await queries.with_targets(session)
    if area is not None:
        rows = [row for row in rows if any(one.area == area for one in _targets([row]))]
    if not rows:
        return
    before = await queries.newest(session)
    rows = [row for row in rows if row.key in before]
    published = await _ground(session, peer, _targets(rows))
    rows = [row for row in rows if area or _led_otherwise(before[row.key], row, published)]
    await _read(session, peer, _targets(rows), None, published)
    await _keep(session, rows, before, published)


def _led_otherwise(last: MeasureEffectRow, row: MeasureRow, published: Published) -> bool:
    targets = _targets([row])
    then = [Place.of(TargetEffect.model_validate(result)) for result in last.results]
    now = [published.place(target) for target in targets]
    return last.until != published.until(targets) or then != now


async def _keep(
    session: AsyncSession,
    rows: Sequence[MeasureRow],
    before: Mapping[str, MeasureEffectRow],
    published: Published,
) -> None:
    if published.release is None or published.released_at is None:
        return
    told = []
    for row in rows:
        targets, last = _targets([row]), before.get(row.key)
        until = published.until(targets)
        found = [one.model_dump(mode="json") for one in _effects(targets, row, published)]
        if last is not None and last.results == found and last.asked == asked(row):
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
            "asked": asked(row),
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
    return [MeasureTarget.model_validate(one) for row in rows for one in row.targets]


def _effects(
    targets: Sequence[MeasureTarget], row: MeasureRow | Measure, published: Published
) -> list[TargetEffect]:
    return [
        rules.effect(
            target,
            row.starts_on,
            published.briefs.get(target.indicator),
            partial(published.of, target),
            published.place(target),
        )
        for target in targets
    ]


async def read(
    session: AsyncSession, peer: Peer, targets: Sequence[MeasureTarget], release: int | None
) -> Published:
    """The figures of the targets and of what they are compared with, as somebody without a token.

    Of every time in today's territory, so that nothing changes because areas do; of areas that are
    no more in that of their last day. One call for each indicator and one for each area, however
    many measures there are, and one for the changes of the territory.
    """
    published = await _ground(session, peer, targets)
    await _read(session, peer, targets, release, published)
    return published


async def _ground(session: AsyncSession, peer: Peer, targets: Sequence[MeasureTarget]) -> Published:
    """The areas of the targets and the changes of the territory, without figures yet."""
    published, base = Published(), f"/v1/{municipality_of(session).key}"
    gate, anybody = asyncio.Semaphore(_AT_ONCE), _anybody(session)
    areas = sorted({target.area for target in targets})
    if not areas:
        return published

    async def area(key: str) -> None:
        async with gate:
            address = f"{base}/areas/{key}"
            found = await peer.read(_Area, address, anybody, {"geometry": "false"})
        published.areas[key] = found

    async def changes() -> None:
        async with gate:
            found = await peer.read(_Changes, f"{base}/crosswalks", anybody, _OF_CHANGES)
        published.changes = found.items if found is not None else []

    await asyncio.gather(changes(), *(area(key) for key in areas))
    return published


async def _read(
    session: AsyncSession,
    peer: Peer,
    targets: Sequence[MeasureTarget],
    release: int | None,
    published: Published,
) -> None:
    address = f"/v1/{municipality_of(session).key}/observations"
    gate, anybody = asyncio.Semaphore(_AT_ONCE), _anybody(session)

    async def figures(asking: _Asking, areas: Sequence[str]) -> None:
        query = {"indicator": asking.indicator, "area": ",".join(areas)}
        query["territory"] = asking.territory.isoformat()
        query |= {"breakdown": "total"} if asking.totals else {}
        query |= {"as_of": str(release)} if release is not None else {}
        async with gate:
            found = await peer.read(Observations, address, anybody, query, _NOTHING)
        if found is not None:
            published.take(asking.territory, found)
        elif len(areas) > 1:  # one that is not for everybody hides none of the others
            await asyncio.gather(*(figures(asking, [one]) for one in areas))

    await asyncio.gather(*(figures(one, one.areas) for one in _asking(targets, published)))


class _Asking(NamedTuple):
    """One question; totals alone, or parts as well."""

    indicator: str
    territory: date
    areas: Sequence[str]
    totals: bool


def _asking(targets: Sequence[MeasureTarget], published: Published) -> list[_Asking]:
    """What is to be asked for these targets."""
    areas = defaultdict[tuple[str, date], set[str]](set)
    totals = defaultdict[str, bool](lambda: True)
    for target in targets:
        above, territory = published.above(target.area), published.territory(target.area)
        named = {target.area, *target.compared_with} | ({above} if above is not None else set())
        areas[target.indicator, territory] |= named
        totals[target.indicator] &= target.breakdown == ""
    return [
        _Asking(indicator, territory, sorted(named), totals[indicator])
        for (indicator, territory), named in sorted(areas.items())
    ]


def _anybody(session: AsyncSession) -> Actor:
    return Actor(
        subject="anonymous",
        kind="anonymous",
        roles=frozenset(),
        municipality=municipality_of(session),
    )
