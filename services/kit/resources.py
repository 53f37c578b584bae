"""What all resources do alike: be listed, created, read, changed, and keep their past.

A feature's `queries.py` names its kind once, its `commands.py` puts the rules around these steps:

    MEASURES = Kind(MeasureRow, "measures", "projects.measure")

    row = await MEASURES.locked(session, key, expected)
    new = patch.onto(row)
    rules.check(new)
    return await MEASURES.store(session, row, new)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import to_jsonable_python
from sqlalchemy import ColumnElement, inspect, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.base import Revision
from services.kit import conditional, journal, sql
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.kit.problems import Conflict, NotFound
from services.kit.paging import Paging
from services.kit.tables import Resource

R = TypeVar("R", bound=Resource)


@dataclass(frozen=True)
class Kind(Generic[R]):
    """A kind of resource: its table, its collection in addresses, the name of its events."""

    row: type[R]
    collection: str
    event: str
    personal: bool = False
    """Of natural persons: events name the UUID, never the key."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        """Only rows of this municipality that the actor may see."""
        mine = col(self.row.municipality_id) == municipality_of(session).id
        return mine & col(self.row.visibility).in_(visible_to(actor_of(session)))

    async def one(self, session: AsyncSession, key: str, *, lock: bool = False) -> R:
        """The resource with this key or UUID; 404 when it is not there or not to be seen."""
        named = col(self.row.key) == key
        if len(key) == 36 and (identifier := _uuid(key)):
            named |= col(self.row.id) == identifier
        statement = select(self.row).where(self.seen(session), named)
        statement = statement.with_for_update() if lock else statement
        found = (await session.exec(statement)).one_or_none()
        if found is None:
            raise NotFound(f"There is no {key!r} among the {self.collection} that you may see.")
        session.info["revision"] = found.revision
        return found

    async def page(
        self, session: AsyncSession, paging: Paging, *where: ColumnElement[bool]
    ) -> Mapping[str, Any]:
        """One page in the order of keys, as the fields of `Page`."""
        statement = select(self.row).where(self.seen(session), *where)
        if paging.after is not None:
            statement = statement.where(col(self.row.key) > str(paging.after[0]))
        statement = statement.order_by(col(self.row.key)).limit(paging.limit + 1)
        rows = (await session.exec(statement)).all()
        return paged(session, paging, rows, lambda row: [row.key])

    async def add(self, session: AsyncSession, new: BaseModel, **computed: Any) -> R:
        """Store a new resource and journal it. Refuses a key that is taken (409)."""
        values = self._columns({**new.model_dump(), **computed})
        row = self.row(municipality_id=municipality_of(session).id, **values)
        taken = select(col(self.row.id)).where(
            col(self.row.municipality_id) == row.municipality_id, col(self.row.key) == row.key
        )
        if (await session.exec(taken)).first() is not None:
            raise Conflict(f"The key {row.key!r} is taken.", pointer="/key", code="taken")
        session.add(row)
        await session.flush()
        await self.tell(session, row, "created")
        base = f"/v1/{municipality_of(session).key}/{self.collection}"
        session.info["location"] = f"{base}/{row.key}"
        session.info["revision"] = row.revision
        return row

    async def locked(self, session: AsyncSession, key: str, expected: int) -> R:
        """The resource, locked for a change; refuses (412) another revision than `expected`."""
        row = await self.one(session, key, lock=True)
        conditional.require(row.revision, expected)
        return row

    async def store(self, session: AsyncSession, row: R, new: BaseModel, **computed: Any) -> R:
        """Store the changed state and journal which fields changed; nothing when none did."""
        values = self._columns({**new.model_dump(), **computed})
        changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, values[name])
        if session.is_modified(row):
            await session.flush()
            await self.tell(session, row, "changed", fields=changed)
        session.info["revision"] = row.revision
        return row

    def _columns(self, values: Mapping[str, Any]) -> dict[str, Any]:
        columns = inspect(self.row).columns
        return {
            name: to_jsonable_python(value) if isinstance(columns[name].type, JSONB) else value
            for name, value in values.items()
            if name in columns
        }

    async def tell(self, session: AsyncSession, row: R, what: str, **data: Any) -> None:
        """Journal that something happened to the resource."""
        name = str(row.id) if self.personal else row.key
        facts = {"id": str(row.id), "revision": row.revision, **data}
        await journal.append(session, f"{self.event}.{what}.v1", f"{self.collection}/{name}", facts)

    async def history(self, session: AsyncSession, key: str) -> list[Revision]:
        """Every state the resource had, newest first."""
        row = await self.one(session, key)
        found = await sql.run(
            session,
            text("""SELECT revision, changed_at, actor, "row" FROM history
                    WHERE municipality_id = :municipality AND resource = :table AND id = :id
                    ORDER BY revision DESC"""),
            {
                "municipality": row.municipality_id,
                "table": self.row.__tablename__,
                "id": row.id,
            },
        )
        return [Revision.model_validate(dict(entry)) for entry in found.mappings()]


def paged(
    session: AsyncSession, paging: Paging, rows: Sequence[R], position: Any
) -> Mapping[str, Any]:
    """The first `limit` of `limit + 1` rows, and the address of the page after them."""
    more = len(rows) > paging.limit
    items = list(rows[: paging.limit])
    following = paging.address(position(items[-1])) if more else None
    links = [f'<{paging.address(None)}>; rel="first"']
    if following:
        links.append(f'<{following}>; rel="next"')
    session.info.pop("revision", None)
    session.info["links"] = links
    return {"items": items, "next": following}


def _uuid(text_: str) -> UUID | None:
    try:
        return UUID(text_)
    except ValueError:
        return None
