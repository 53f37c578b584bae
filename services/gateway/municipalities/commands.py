"""What the operator of an installation does with municipalities."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.gateway.municipalities import MunicipalityDetails, NewMunicipality
from services.contracts.shared.access import Municipality
from services.contracts.shared.base import Revision
from services.gateway.municipalities import queries
from services.gateway.municipalities.queries import MUNICIPALITIES
from services.gateway.municipalities.tables import MunicipalityRow
from services.kit import sql
from services.kit.database import actor_of, enter
from services.kit.patches import Patch
from services.kit.problems import Conflict


@asynccontextmanager
async def inside(session: AsyncSession, municipality: Municipality) -> AsyncIterator[None]:
    """Work as the same actor inside one municipality, where its rows may be written."""
    outside = actor_of(session)
    await enter(session, outside.model_copy(update={"municipality": municipality}))
    yield
    await enter(session, outside)


async def register(session: AsyncSession, new: NewMunicipality) -> MunicipalityRow:
    """Let a municipality plan here. Refuses a key or regional key that is taken (409)."""
    # Keys are unique over all tenants, which no constraint that begins with the tenant can say.
    await sql.alone(session, "register a municipality")
    identifier = int(new.id)
    known = await queries.taken(session, new.key, identifier)
    if known is not None:
        pointer = "/key" if known.key == new.key else "/id"
        raise Conflict("This municipality is registered.", pointer=pointer, code="taken")
    async with inside(session, Municipality(key=new.key, id=identifier)):
        details = MunicipalityDetails(**new.model_dump(exclude={"key", "id"}))
        row = await MUNICIPALITIES.add(session, details, key=new.key)
    session.info["location"] = f"/v1/municipalities/{row.key}"
    return row


async def change(
    session: AsyncSession, name: str, patch: Patch[MunicipalityDetails], expected: int
) -> MunicipalityRow:
    """Change what is known of a municipality."""
    municipality = await queries.tenant(session, name)
    async with inside(session, municipality):
        row = await MUNICIPALITIES.locked(session, municipality.key, expected)
        return await MUNICIPALITIES.store(session, row, patch.onto(row))


async def history(session: AsyncSession, name: str) -> list[Revision]:
    """Every state a municipality had."""
    municipality = await queries.tenant(session, name)
    async with inside(session, municipality):
        return await MUNICIPALITIES.history(session, municipality.key)
