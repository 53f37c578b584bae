"""Take a delivery: check it at once, or keep the file and have it checked in the background."""

import tempfile
import time
from collections.abc import Mapping as Columns
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import to_jsonable_python
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.deliveries import DeliveryTexts, Unknown
from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.indicators.jobs import Phase
from services.contracts.indicators.mappings import Mapping
from services.contracts.shared.base import Visibility
from services.indicators.checking.commands import Checked, Tell, check, nobody
from services.indicators.deliveries import queries as deliveries
from services.indicators.deliveries.commands import become
from services.indicators.deliveries.formats import FileRefused, Hints
from services.indicators.deliveries.queries import DELIVERIES
from services.indicators.deliveries.tables import DeliveryRow
from services.indicators.jobs import JOBS
from services.indicators.mappings import queries as mappings
from services.indicators.mappings.queries import MAPPINGS
from services.indicators.plausibility.rules import Findings
from services.indicators.receiving import queries, rules
from services.indicators.receiving.rules import Wishes
from services.indicators.recognition.rules import Policy
from services.indicators.slots import commands as slots
from services.indicators.slots.commands import Arrival
from services.kit import sql
from services.kit.database import Database, actor_of
from services.kit.days import today
from services.kit.jobs import Work
from services.kit.problems import Conflict, Invalid, NotFound

CHECK = "delivery.check"
_TELL_EVERY = 0.5
"""Seconds between two notes of progress."""
_NOTHING: Columns[str, Any] = {
    "format": None,
    "encoding": None,
    "mapping": None,
    "counts": {},
    "diff": None,
    "issues": [],
    "issue_counts": {},
    "unknown_areas_found": [],
    "unknown_measures_found": [],
    "slots": [],
}


@dataclass(frozen=True)
class Received:
    """A file as it was received, in a folder of its own."""

    sha256: str
    size: int
    path: Path


async def deliver(
    session: AsyncSession, file: Received, wishes: Wishes, texts: DeliveryTexts
) -> tuple[DeliveryRow, bool]:
    """Take a delivery and check it; the delivery, and whether it is new."""
    known = await _known(session, file, wishes)
    if known is not None:
        return known, False
    key = await _next_key(session)
    checked = await _examine(session, key, file.path, wishes)
    arrived = await _arrived(session, actor_of(session).supplier, checked)
    facts = {**_NOTHING, **await _facts(session, checked, arrived, wishes.mapping)}
    row = await _add(session, key, file, wishes, texts, facts)
    slots.note(session, key, arrived)
    return row, True


async def accept(
    session: AsyncSession, file: Received, wishes: Wishes, texts: DeliveryTexts
) -> tuple[DeliveryRow, bool]:
    """Take a delivery and order its check; the delivery, and whether it is new."""
    known = await _known(session, file, wishes)
    if known is not None:
        return known, False
    await _hints(session, wishes)  # a mapping that does not exist is refused now, not later
    key = await _next_key(session)
    revision = (await mappings.revisions(session)).get(wishes.mapping or "")
    facts = {**_NOTHING, "state": DeliveryState.received, "mapping_revision": revision}
    row = await _add(session, key, file, wishes, texts, facts)
    await queries.keep_file(session, key, file.path)
    await JOBS.order(session, CHECK, delivery=key)
    return row, True


async def _known(session: AsyncSession, file: Received, wishes: Wishes) -> DeliveryRow | None:
    """The first delivery of the same file and meaning; refuses (409) the one of somebody else."""
    await sql.alone(session, "indicators.deliveries")
    same = await deliveries.of_the_same_bytes(session, file.sha256)
    revisions = await mappings.revisions(session) if same else {}
    known = next((row for row in same if rules.means_the_same(row, wishes, revisions)), None)
    if known is not None:
        if not await deliveries.may_see(session, known):
            raise Conflict("Somebody else delivered this file already.", code="delivered")
        session.info["revision"] = known.revision
    return known


async def _next_key(session: AsyncSession) -> str:
    return f"delivery-{await deliveries.number_of(session) + 1}"


async def _add(
    session: AsyncSession,
    key: str,
    file: Received,
    wishes: Wishes,
    texts: DeliveryTexts,
    facts: Columns[str, Any],
) -> DeliveryRow:
    actor = actor_of(session)
    return await DELIVERIES.add(
        session,
        texts,
        key=key,
        visibility=Visibility.administration,
        sha256=file.sha256,
        size=file.size,
        unknown_areas=wishes.policy.unknown_areas,
        unknown_measures=wishes.policy.unknown_measures,
        indicator=wishes.policy.indicator,
        period=wishes.period,
        delivered_by=actor.subject,
        supplier=actor.supplier,
        **{"mapping": wishes.mapping, **{k: v for k, v in facts.items() if v is not None}},
    )


async def _examine(
    session: AsyncSession, key: str, path: Path, wishes: Wishes, tell: Tell = nobody
) -> Checked:
    hints = await _hints(session, wishes)
    return await check(session, key, path, hints, wishes.policy, today(), tell)


async def _hints(session: AsyncSession, wishes: Wishes) -> Hints:
    """What is known of the file: the mapping that was named, else those that may fit."""
    if wishes.mapping is None:
        known = await mappings.usable(session, actor_of(session).supplier)
        return Hints(period=wishes.period, indicator=wishes.policy.indicator, known=known)
    try:
        layout = Mapping.model_validate(await MAPPINGS.one(session, wishes.mapping))
    except NotFound as unknown:
        raise Invalid(unknown.detail, parameter="mapping", code="unknown") from None
    session.info.pop("revision", None)
    return Hints(mapping=layout, period=wishes.period, indicator=wishes.policy.indicator)


async def _arrived(session: AsyncSession, supplier: str | None, checked: Checked) -> list[Arrival]:
    """Which slots the figures are for; a file that is refused brings nothing."""
    return await slots.arrivals(
        session, supplier, [] if checked.findings.errors else checked.covered
    )


async def _facts(
    session: AsyncSession, checked: Checked, arrived: Sequence[Arrival], wished: str | None
) -> dict[str, Any]:
    """What the check found, as columns of the delivery; `wished` is the mapping that was named."""
    found, mapping = checked.findings, checked.summary.mapping or wished
    revision = (await mappings.revisions(session))[mapping] if mapping else None
    return {
        **({"mapping": mapping, "mapping_revision": revision} if mapping else {}),
        "state": DeliveryState.refused if found.errors else DeliveryState.checked,
        "format": checked.summary.format,
        "encoding": checked.summary.encoding,
        "counts": checked.counts,
        "diff": checked.diff,
        "issues": found.issues,
        "issue_counts": dict(sorted(found.counts.items())),
        "slots": sorted({slot for slot, _, _ in arrived}),
        "unknown_areas_found": checked.unknown_areas,
        "unknown_measures_found": checked.unknown_measures,
    }


@JOBS.does(CHECK, gives_up=lambda work: _give_up(work))
async def check_in_background(work: Work) -> None:
    """Check a kept file. A delivery that is checked already is left alone."""
    key = work.data["delivery"]
    with tempfile.TemporaryDirectory(prefix="planraum-") as folder:
        path = Path(folder) / "file"
        async with work.database.writing(work.actor) as session:
            row = await DELIVERIES.one(session, key, lock=True)
            if row.state != DeliveryState.received:
                return
            with path.open("wb") as content:
                async for part in queries.parts(session, key):
                    content.write(part)
            tell = _telling(work.database, work, key)
            try:
                async with session.begin_nested():
                    checked = await _examine(session, key, path, _wishes(row), tell)
                arrived = await _arrived(session, row.supplier, checked)
                slots.note(session, key, arrived)
                facts = await _facts(session, checked, arrived, row.mapping)
            except FileRefused as refused:
                facts = _refused(refused.code, refused.detail)
            await _settle(session, row, facts)


def _wishes(row: DeliveryRow) -> Wishes:
    policy = Policy(Unknown(row.unknown_areas), Unknown(row.unknown_measures), row.indicator)
    return Wishes(policy, row.period, row.mapping)


def _refused(code: str, detail: str) -> dict[str, Any]:
    found = Findings()
    found.add(code, detail, error=True)
    return {
        "state": DeliveryState.refused,
        "issues": found.issues,
        "issue_counts": dict(found.counts),
        "counts": {"errors": found.errors},
    }


async def _settle(session: AsyncSession, row: DeliveryRow, facts: Columns[str, Any]) -> None:
    become(row, facts["state"])
    for name, value in facts.items():
        setattr(row, name, to_jsonable_python(value))
    await session.flush()
    await queries.forget_file(session, row.key)
    await DELIVERIES.tell(session, row, row.state)


async def _give_up(work: Work) -> None:
    """Refuse what we failed to check too often."""
    async with work.database.writing(work.actor) as session:
        row = await DELIVERIES.one(session, work.data["delivery"], lock=True)
        if row.state == DeliveryState.received:
            detail = "The check failed on our side, more than once. Please deliver the file again."
            await _settle(session, row, _refused("check_failed", detail))


def _telling(database: Database, work: Work, key: str) -> Tell:
    """Note progress in transactions of its own, not more than twice a second."""
    last: tuple[float, Phase | None] = (0.0, None)

    async def tell(phase: Phase, done: int, total: int | None) -> None:
        nonlocal last
        now = time.monotonic()
        if phase is last[1] and now - last[0] < _TELL_EVERY:
            return
        last = (now, phase)
        async with database.writing(work.actor) as session:
            await queries.note_progress(session, key, phase, done, total)

    return tell
