"""One batch being taken: what is known of the source, what was done, what was put right."""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.harvests.batches import queries
from services.boards.harvests.batches.tables import OparlObjectReadRow
from services.boards.harvests.meanings.rules import digest, slug
from services.boards.harvests.repairs.rules import Repaired, Type
from services.boards.harvests.repairs.values import Repair
from services.contracts.boards.harvests import OparlRepair, OparlReport
from services.kit.database import municipality_of
from services.kit.resources import Kind
from services.kit.tables import Resource

R = TypeVar("R", bound=Resource)
C = TypeVar("C", bound=BaseModel)


class Given(NamedTuple):
    """What is to be stored of an object: fields that the source knows, and those of the start."""

    id: str
    fields: Mapping[str, Any]
    once: Mapping[str, Any]
    """Fields of a new row; afterwards they are the town's own."""
    name: str
    """What the key is made of."""


@dataclass
class Intake:
    """What is under way; everything happens in one transaction."""

    session: AsyncSession
    source: str
    now: datetime
    known: dict[str, OparlObjectReadRow] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    fresh: set[str] = field(default_factory=set)
    """Addresses that got a meaning in this batch."""
    made: set[str] = field(default_factory=set)
    """Addresses of what this batch created: what completes it is no change."""
    returned: set[str] = field(default_factory=set)
    """Addresses of what was withdrawn once and is there again."""
    met: set[str] = field(default_factory=set)
    """Addresses of the objects of this batch and of those that waited for them."""
    again: bool = False
    """What waited is being completed: it was counted when it came."""
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    repairs: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    async def learn(self, addresses: Iterable[str]) -> None:
        """Look up what is known of the addresses, once each."""
        new = set(addresses) - self.asked
        if new:
            self.asked |= new
            self.known |= await queries.read_before(self.session, self.source, new)

    def key(self, address: str | None, collection: str) -> str | None:
        """The key of what the address is here, if it is of the collection."""
        row = self.known.get(address or "")
        return row.key if row is not None and row.collection == collection else None

    def awaits(self, address: str) -> bool:
        """Whether the address may still come to mean something: not read, or waiting itself."""
        row = self.known.get(address)
        return row is None or (row.key is None and row.waits_for is not None)

    def remember(self, address: str, type: Type, collection: str, key: str) -> None:
        """From now on the address is this."""
        row = self._row(address, type)
        if (row.collection, row.key) != (collection, key):
            row.collection, row.key = collection, key
            self.fresh.add(address)

    def keep(
        self,
        one: Repaired,
        raw: Any,
        waits_for: Collection[str],
        *,
        above: Sequence[str] = (),
        below: Sequence[str] = (),
        held: str | None = None,
    ) -> None:
        """Note the object as it was answered, and itself as long as it waits for others."""
        row = self._row(one.id, one.type)
        waits = sorted(waits_for) or None
        values = {
            "digest": digest_of(raw),
            "waits_for": waits,
            "raw": None if waits is None else _storable(raw),
            "deleted": one.deleted,
            "above": list(above) or None,
            "below": list(below) or None,
            "held": held,
        }
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)

    def _row(self, address: str, type: Type) -> OparlObjectReadRow:
        row = self.known.get(address)
        if row is None:
            row = OparlObjectReadRow(
                municipality_id=municipality_of(self.session).id,
                source=self.source,
                external_id=address,
                type=type,
            )
            self.asked.add(address)
            self.known[address] = row
            self.session.add(row)
        return row

    def count(self, what: str, type: Type, number: int = 1) -> None:
        if number and not (self.again and what in ("unchanged", "left_out")):
            self.counts[what][type] += number

    def note(self, repairs: Iterable[Repair]) -> None:
        """Count what was put right."""
        for repair in () if self.again else repairs:
            self.repairs[repair.code, repair.property].append(repair.object)

    def leave_out(self, type: Type, repair: Repair) -> None:
        """Count an object that cannot be kept, and why."""
        self.count("left_out", type)
        self.note([repair])

    def find(self, repair: Repair) -> None:
        """Count what only came to light when what an object waited for was there."""
        self.repairs[repair.code, repair.property].append(repair.object)

    async def put(
        self, kind: Kind[R], contract: type[C], type: Type, given: Sequence[Given]
    ) -> dict[str, R]:
        """Store objects as rows of a kind, new or changed; the rows by address."""
        rows = await queries.taken_before(self.session, kind, [one.id for one in given])
        keys = await self._keys(kind, [one for one in given if one.id not in rows])
        new: list[C] = []
        changed: list[tuple[R, BaseModel]] = []
        for one in given:
            row = rows.get(one.id)
            now = as_it_is(contract, row) if row else {**one.once, "key": keys[one.id]}
            try:
                anew = one.once if one.id in self.returned else {}
                told = {**now, **anew, **one.fields, "external_id": one.id}
                state = contract.model_validate(told)
            except ValidationError as error:
                place = ".".join(str(part) for part in error.errors()[0]["loc"])
                self.leave_out(type, Repair("not_taken", place, one.id))
                continue
            if row is not None:
                changed.append((row, state))
            else:
                new.append(state)
        added = await kind.add_all(self.session, new) if new else []
        stored = await kind.store_all(self.session, changed) if changed else []
        self.count("created", type, len(added))
        self.count("unchanged", type, sum(not fields for fields in stored))
        before = {_address(row): fields for (row, _), fields in zip(changed, stored, strict=True)}
        others = [fields for one, fields in before.items() if one not in self.made]
        self.count("changed", type, sum(map(bool, others)))
        self.made |= set(map(_address, added))
        found = {_address(row): row for row in (*added, *(row for row, _ in changed))}
        for address, row in found.items():
            self.remember(address, type, kind.collection, row.key)
        return found

    async def _keys(self, kind: Kind[Any], given: Sequence[Given]) -> dict[str, str]:
        """A key for each: readable, and its own."""
        wished = {one.id: slug(one.name) for one in given}
        taken = await queries.keys_in_use(self.session, kind, wished.values())
        keys: dict[str, str] = {}
        for address, key in wished.items():
            keys[address] = f"{key}-{digest(address)}" if key in taken else key
            taken.add(key)
        return keys

    def report(self) -> OparlReport:
        self.counts["waiting"] = Counter(
            self.known[address].type
            for address in self.met
            if address in self.known and self.known[address].waits_for is not None
        )
        names = ("created", "changed", "unchanged", "deleted", "left_out", "waiting")
        repairs = [
            OparlRepair(code=code, property=name, count=len(objects), example=objects[0])
            for (code, name), objects in sorted(self.repairs.items())
        ]
        return OparlReport(**{name: self.counts[name] for name in names}, repairs=repairs)


def _address(row: Resource) -> str:
    return str(getattr(row, "external_id", ""))


def as_it_is(contract: type[BaseModel], row: Resource) -> dict[str, Any]:
    """The fields of the contract as the row has them."""
    return {name: getattr(row, name) for name in contract.model_fields if hasattr(row, name)}


def digest_of(raw: Any) -> str:
    """The same for the same object, however its properties are ordered."""
    written = json.dumps(raw, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def _storable(value: Any) -> Any:
    """JSON that PostgreSQL takes: no NUL, no half of a character, no infinite number."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {_storable(name): _storable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_storable(part) for part in value]
    return value
