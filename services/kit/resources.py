"""What all resources do alike: be listed, created, read, changed, and keep their past.

A feature's `queries.py` names its kind once, its `commands.py` puts the rules around these steps:

    MEASURES = Kind(MeasureRow, "measures", "projects.measure")

    row = await MEASURES.locked(session, key, expected)
    new = patch.onto(row)
    rules.check(new)
    return await MEASURES.store(session, row, new)
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import to_jsonable_python
from sqlalchemy import ColumnElement, inspect, literal, text, tuple_, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.base import Revision
from services.kit import conditional, journal, sql
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging, linked
from services.kit.problems import Conflict, Invalid, NotFound
from services.kit.tables import Resource, TenantTable

R = TypeVar("R", bound=Resource)
FEW = "few"
"""In `session.info`: a statement looks at few rows. What they are within is looked up row by row,
where a list of many first finds all that may be seen."""


@dataclass(frozen=True)
class Kind(Generic[R]):
    """A kind of resource: its table, its collection in addresses, the name of its events."""

    row: type[R]
    collection: str
    event: str
    personal: bool = False
    """Of natural persons: events name the UUID, never the key."""
    within: Mapping[str, "Kind[Any]"] = field(default_factory=dict)
    """Column -> kind it names by key: who may not see that one does not see this one either."""
    also: Callable[[AsyncSession], ColumnElement[bool]] | None = None
    """What else the actor may see, whatever its visibility: the papers of the own board."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        """Only rows of this municipality that the actor may see."""
        # Made once for each who asks in a session: many kinds are within the same few.
        made = session.info.setdefault("seen", {})
        asked = id(self), actor_of(session), session.info.get(FEW)
        if asked not in made:
            made[asked] = self, self._seen(session)
        seen: ColumnElement[bool] = made[asked][1]
        return seen

    def _seen(self, session: AsyncSession) -> ColumnElement[bool]:
        seen = col(self.row.municipality_id) == municipality_of(session).id
        if actor_of(session).sees_everything:
            return seen
        visible = col(self.row.visibility).in_(visible_to(actor_of(session)))
        for column, above in self.within.items():
            named = inspect(self.row).columns[column]
            seen_above = select(above.row.key).where(above.seen(session))
            if session.info.get(FEW):
                seen_above = seen_above.where(col(above.row.key) == named).correlate(self.row)
            visible &= named.is_(None) | named.in_(seen_above)
        return seen & (visible if self.also is None else visible | self.also(session))

    def named(self, key: str) -> ColumnElement[bool]:
        """The row with this key or UUID."""
        identifier = _uuid(key)
        return col(self.row.id) == identifier if identifier else col(self.row.key) == key

    async def one(
        self, session: AsyncSession, key: str, *where: ColumnElement[bool], lock: bool = False
    ) -> R:
        """The resource with this key or UUID; 404 when it is not there or not to be seen."""
        statement = select(self.row).where(self.seen(session), self.named(key), *where)
        statement = statement.with_for_update(key_share=True) if lock else statement
        found = (await session.exec(statement)).one_or_none()
        if found is None:
            raise NotFound(f"There is no {key!r} among the {self.collection} that you may see.")
        session.info["revision"], session.info["read"] = found.revision, key
        return found

    async def page(
        self,
        session: AsyncSession,
        paging: Paging,
        *where: ColumnElement[bool],
        by: str | None = None,
        descending: bool = False,
    ) -> Mapping[str, Any]:
        """One page by column `by` (never null), then by key, as the fields of `Page`."""
        columns = inspect(self.row).columns
        order = [columns[name] for name in (by, "key") if name]
        statement = select(self.row).where(self.seen(session), *where)
        place = paging.place(*(_holds(column.type) for column in order))
        if place is not None:
            here, there = tuple_(*order), tuple_(*place)
            statement = statement.where(here < there if descending else here > there)
        ordered = [column.desc() if descending else column for column in order]
        rows = (await session.exec(statement.order_by(*ordered).limit(paging.limit + 1))).all()
        names = [str(column.key) for column in order]
        return paged(session, paging, rows, lambda row: [getattr(row, name) for name in names])

    async def add(self, session: AsyncSession, new: BaseModel, **computed: Any) -> R:
        """Store a new resource and journal it. Refuses a key that is taken (409) or a UUID."""
        values = self._columns({**new.model_dump(), **computed})
        row = self.row(municipality_id=municipality_of(session).id, **values)
        if _uuid(row.key):
            raise Invalid("A key cannot look like a UUID.", pointer="/key", code="uuid")
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

    async def add_all(self, session: AsyncSession, new: Sequence[BaseModel]) -> list[R]:
        """Store many new resources at once; the caller has seen to it that their keys are free."""
        town = municipality_of(session).id
        rows = [self.row(municipality_id=town, **self._columns(one.model_dump())) for one in new]
        session.add_all(rows)
        await session.flush()
        await journal.append_all(session, [self._event(row, "created") for row in rows])
        return rows

    async def locked(
        self, session: AsyncSession, key: str, expected: int, *where: ColumnElement[bool]
    ) -> R:
        """The resource, locked for a change; refuses (412) another revision than `expected`."""
        row = await self.one(session, key, *where, lock=True)
        conditional.require(row.revision, expected)
        return row

    async def store(self, session: AsyncSession, row: R, new: BaseModel, **computed: Any) -> R:
        """Store the changed state and journal which fields changed; nothing when none did."""
        changed = self._set(row, {**new.model_dump(), **computed})
        if session.is_modified(row):
            await session.flush()
            await self.tell(session, row, "changed", fields=changed)
        session.info["revision"] = row.revision
        return row

    async def store_all(
        self, session: AsyncSession, pairs: Sequence[tuple[R, BaseModel]]
    ) -> list[list[str]]:
        """Store the changed states of many at once; of each the fields that changed."""
        changes = [self._set(row, new.model_dump()) for row, new in pairs]
        await session.flush()
        changed = [(row, c) for (row, _), c in zip(pairs, changes, strict=True) if c]
        events = [self._event(row, "changed", fields=fields) for row, fields in changed]
        await journal.append_all(session, events)
        return changes

    def _set(self, row: R, given: Mapping[str, Any]) -> list[str]:
        """Set the columns that are otherwise; their names."""
        values = self._columns(given)
        changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, values[name])
        return changed

    def _columns(self, values: Mapping[str, Any]) -> dict[str, Any]:
        columns = inspect(self.row).columns
        return {
            name: to_jsonable_python(value) if isinstance(columns[name].type, JSONB) else value
            for name, value in values.items()
            if name in columns
        }

    async def tell(self, session: AsyncSession, row: R, what: str, **data: Any) -> None:
        """Journal that something happened to the resource."""
        await journal.append(session, *self._event(row, what, **data))

    def _event(self, row: R, what: str, **data: Any) -> tuple[str, str, Mapping[str, Any]]:
        name = str(row.id) if self.personal else row.key
        facts = {"id": str(row.id), "revision": row.revision, **data}
        return f"{self.event}.{what}.v1", f"{self.collection}/{name}", facts

    async def history(
        self, session: AsyncSession, key: str, *where: ColumnElement[bool]
    ) -> list[Revision]:
        """Every state the resource had, newest first."""
        row = await self.one(session, key, *where)
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


@contextmanager
def aside(session: AsyncSession) -> Iterator[None]:
    """What is stored beside the resource leaves its address and revision in the answer."""
    kept = {name: session.info[name] for name in ("location", "revision") if name in session.info}
    yield
    session.info.update(kept)


def matching(row: type[TenantTable], **asked: object) -> list[ColumnElement[bool]]:
    """Rows whose columns have these values; a column of which None is asked may have any."""
    return [col(getattr(row, name)) == value for name, value in asked.items() if value is not None]


async def seen_keys(
    session: AsyncSession, *asked: tuple[Kind[Any], Collection[str]]
) -> Mapping[str, set[str]]:
    """Those of the keys that are there and that the actor may see, by collection; one statement."""
    found: dict[str, set[str]] = defaultdict(set)
    parts = [
        select(literal(kind.collection), col(kind.row.key)).where(
            kind.seen(session), col(kind.row.key).in_(keys)
        )
        for kind, keys in asked
        if keys
    ]
    if parts:
        for collection, key in await (await session.connection()).execute(union_all(*parts)):
            found[collection].add(key)
    return found


def paged(
    session: AsyncSession, paging: Paging, rows: Sequence[Any], position: Any
) -> Mapping[str, Any]:
    """The first `limit` of `limit + 1` rows, and the address of the page after them."""
    more = len(rows) > paging.limit
    items = list(rows[: paging.limit])
    following = paging.address(position(items[-1])) if more else None
    session.info.pop("revision", None)
    session.info["links"] = [linked(paging, following)]
    return {"items": items, "next": following}


def _holds(kind: TypeEngine[Any]) -> type:
    """What a column holds; a decorated type, such as that of a key, does not say so itself."""
    return (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type


def _uuid(text_: str) -> UUID | None:
    try:
        return UUID(text_) if len(text_) == 36 else None
    except ValueError:
        return None
