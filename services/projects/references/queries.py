"""Every question asked of the known references."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.boards.resolutions import ResolutionState
from services.contracts.projects.references import ReferenceResource
from services.contracts.shared.base import Language
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.projects.references.rules import RESOLUTION, Fall, Place
from services.projects.references.tables import ReferenceRow


async def known(session: AsyncSession, places: Collection[Place]) -> set[Place]:
    """Those of the places that are known already."""
    statement = select(ReferenceRow.resource, ReferenceRow.key).where(
        col(ReferenceRow.municipality_id) == municipality_of(session).id,
        tuple_(col(ReferenceRow.resource), col(ReferenceRow.key)).in_(places),
    )
    found = await session.exec(statement)
    return {Place(ReferenceResource(resource), key) for resource, key in found}


async def hidden(session: AsyncSession, places: Collection[Place]) -> set[Place]:
    """Those of the places that the actor may not see; nothing is asked for the administration."""
    if actor_of(session).sees_everything or not places:
        return set()
    statement = select(ReferenceRow.resource, ReferenceRow.key).where(
        col(ReferenceRow.municipality_id) == municipality_of(session).id,
        tuple_(col(ReferenceRow.resource), col(ReferenceRow.key)).in_(places),
        col(ReferenceRow.visibility).not_in(visible_to(actor_of(session))),
    )
    found = await session.exec(statement)
    return {Place(ReferenceResource(resource), key) for resource, key in found}


async def hidden_and_falls(
    session: AsyncSession, places: Collection[Place]
) -> tuple[set[Place], dict[Place, Fall]]:
    """Those of the places that the actor may not see, and of the others the resolutions that no
    longer hold, or will not from a day on."""
    if not places:
        return set(), {}
    row = ReferenceRow
    unseen = col(row.visibility).not_in(visible_to(actor_of(session)))
    statement = select(row, unseen).where(
        col(row.municipality_id) == municipality_of(session).id,
        tuple_(col(row.resource), col(row.key)).in_(places),
        unseen | col(row.fallen).is_not(None),
    )
    found = (await session.exec(statement)).all()
    secret = {_place(one) for one, hides in found if hides}
    return secret, {_place(one): _fall(one) for one, hides in found if not hides}


def _place(row: ReferenceRow) -> Place:
    return Place(ReferenceResource(row.resource), row.key)


def _fall(row: ReferenceRow) -> Fall:
    assert row.fallen is not None
    return Fall(ResolutionState(row.fallen), row.fallen_from)


async def fall_of(session: AsyncSession, resolution: str) -> Fall | None:
    """As what and from when the resolution holds no more, as far as is known here; whoever may see
    it. None while it holds."""
    row = await session.get(ReferenceRow, (municipality_of(session).id, RESOLUTION, resolution))
    return None if row is None or row.fallen is None else _fall(row)


async def names_of(
    session: AsyncSession, places: Collection[Place]
) -> dict[Place, Mapping[Language, str]]:
    """The names of the places that the actor may see, of several collections at once."""
    if not places:
        return {}
    statement = select(ReferenceRow.resource, ReferenceRow.key, ReferenceRow.name).where(
        col(ReferenceRow.municipality_id) == municipality_of(session).id,
        tuple_(col(ReferenceRow.resource), col(ReferenceRow.key)).in_(places),
        col(ReferenceRow.visibility).in_(visible_to(actor_of(session))),
    )
    found = await session.exec(statement)
    return {Place(ReferenceResource(resource), key): name for resource, key, name in found}


async def names(
    session: AsyncSession, resource: ReferenceResource, keys: Collection[str]
) -> Sequence[ReferenceRow]:
    """What is known of the keys, as far as the actor may see it."""
    statement = select(ReferenceRow).where(
        col(ReferenceRow.municipality_id) == municipality_of(session).id,
        col(ReferenceRow.resource) == resource,
        col(ReferenceRow.key).in_(keys),
        col(ReferenceRow.visibility).in_(visible_to(actor_of(session))),
    )
    return (await session.exec(statement.order_by(col(ReferenceRow.key)))).all()


async def locked(session: AsyncSession, resource: str, key: str) -> ReferenceRow | None:
    """One reference, locked for a change; None when nothing points there."""
    return await session.get(
        ReferenceRow, (municipality_of(session).id, resource, key), with_for_update=True
    )
