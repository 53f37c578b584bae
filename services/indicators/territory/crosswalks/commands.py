"""What a person does with changes of the territory."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.territory import Crossing, NewCrosswalk
from services.contracts.shared.problems import Fault
from services.indicators.areas.queries import TREE
from services.indicators.territory.crosswalks import queries, rules
from services.indicators.territory.crosswalks.queries import CROSSWALKS
from services.indicators.territory.crosswalks.tables import CrosswalkRow
from services.indicators.territory.weights import commands as weights
from services.kit import sql
from services.kit.patches import Patch
from services.kit.problems import Conflict, Invalid

_MOST_FAULTS = 100
_DECISIVE = ("moves", "weighting", "valid_from")


async def enter(session: AsyncSession, new: NewCrosswalk) -> CrosswalkRow:
    """Enter a change of the territory."""
    crossings, without = await _followed(session, new)
    row = await CROSSWALKS.add(session, new, crossings=crossings, without_origin=without)
    await queries.show(session, row, new.weighting, crossings)
    session.info["revision"] = row.revision
    return row


async def change(
    session: AsyncSession, key: str, patch: Patch[NewCrosswalk], expected: int
) -> CrosswalkRow:
    """Change what is known of it; shares are computed anew when moves, weighting or day change."""
    row = await CROSSWALKS.locked(session, key, expected)
    before = NewCrosswalk.model_validate(row, from_attributes=True)
    new = patch.onto(row)
    if all(getattr(new, name) == getattr(before, name) for name in _DECISIVE):
        crossings = [Crossing.model_validate(one) for one in row.crossings]
        row = await CROSSWALKS.store(session, row, new)
    else:
        crossings, without = await _followed(session, new)
        row = await CROSSWALKS.store(session, row, new, crossings=crossings, without_origin=without)
    await queries.show(session, row, new.weighting, crossings)
    return row


async def _followed(session: AsyncSession, new: NewCrosswalk) -> tuple[list[Crossing], list[str]]:
    """The moves with what follows from them; refuses what the areas of both days contradict."""
    await sql.alone(session, TREE)
    before = await queries.territory_on(session, _day_before(new.valid_from))
    after = await queries.territory_on(session, new.valid_from)
    elsewhere = await queries.others_on(session, new.valid_from, new.key)
    others = {area for areas in elsewhere.values() for area in areas}
    kinds = [one.kind for one in new.weighting]
    _refuse(rules.place_faults(new.moves, before, after))
    _refuse(rules.gap_faults(new.moves, before, after, others))
    _refuse(rules.share_faults(new.moves, kinds))
    moves = rules.with_those_that_stay(new.moves, before)
    for crosswalk, areas in elsewhere.items():
        for n, move in enumerate(new.moves):
            both = areas & {move.from_area, move.to_area}
            if both:
                detail = f"{crosswalk} moves {both.pop()} on the same day."
                raise Conflict(detail, pointer=f"/moves/{n}", code="moved")
    moves = await weights.complete(session, moves, new.weighting, new.valid_from)
    _refuse(rules.lacking_faults(moves, kinds))
    without = rules.without_origin(moves, before, after, others)
    return rules.crossings(moves, kinds), without


def _day_before(day: date) -> date:
    if day == date.min:
        raise Invalid("There is no day before.", pointer="/valid_from", code="range")
    return day - timedelta(days=1)


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        detail = f"{len(faults)} faults; nothing was stored."
        raise Invalid(detail, faults=faults[:_MOST_FAULTS])
