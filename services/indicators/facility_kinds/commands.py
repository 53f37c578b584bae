"""What a person does with kinds of facilities."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.facilities import NewFacilityKind
from services.indicators.catalogue import queries as catalogue
from services.indicators.facility_kinds.queries import FACILITY_KINDS
from services.indicators.facility_kinds.tables import FacilityKindRow
from services.kit.patches import Patch
from services.kit.problems import Invalid


async def define(session: AsyncSession, new: NewFacilityKind) -> FacilityKindRow:
    """Enter a kind of facility."""
    await _check(session, new)
    return await FACILITY_KINDS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewFacilityKind], expected: int
) -> FacilityKindRow:
    """Change a kind of facility."""
    row = await FACILITY_KINDS.locked(session, key, expected)
    new = patch.onto(row)
    await _check(session, new)
    return await FACILITY_KINDS.store(session, row, new)


async def _check(session: AsyncSession, new: NewFacilityKind) -> None:
    """Refuse a need group that is not counted: places are set against heads."""
    if new.need is None:
        return
    place = "/need/indicator"
    kinds = await catalogue.kinds(session, {new.need.indicator})
    kind = kinds.get(new.need.indicator)
    if kind is None:
        detail = f"There is no indicator {new.need.indicator!r}."
        raise Invalid(detail, pointer=place, code="unknown")
    if kind != "count":
        detail = f"{new.need.indicator} is a {kind}; places are set against a count."
        raise Invalid(detail, pointer=place, code="not-a-count")
