"""Objects as real servers answer them, made what OParl says they are: pure functions.

Each repair has a code and is counted; what was repaired is named by object and property, never by
value. Nothing is guessed: what cannot be understood is left out, and that is a repair as well.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.boards.harvests.repairs.values import (
    Hand,
    Property,
    Repair,
    as_date,
    as_file_name,
    as_flag,
    as_key,
    as_line,
    as_link,
    as_links,
    as_mime,
    as_moment,
    as_number,
    as_text,
)


class Type(StrEnum):
    """The types of objects that are understood."""

    body = "Body"
    organization = "Organization"
    meeting = "Meeting"
    agenda_item = "AgendaItem"
    paper = "Paper"
    consultation = "Consultation"
    file = "File"
    location = "Location"


@dataclass
class Repaired:
    """An object as OParl has it: values of the right types, nothing empty."""

    type: Type
    id: str
    deleted: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return value if isinstance(value, str) else None


def _object(type: Type) -> Property:
    def one(hand: Hand, name: str, value: Any) -> Repaired | None:
        value = hand.one(name, value)
        if isinstance(value, str):
            hand.note("link_for_object", name)
            value = {"id": value}
        found = repaired(value, type)
        if isinstance(found, Repaired):
            return found
        hand.note("not_understood", name)
        return None

    return one


def _objects(type: Type) -> Property:
    def many(hand: Hand, name: str, value: Any) -> list[Repaired]:
        if not isinstance(value, list):
            hand.note("one_for_array", name)
            value = [value]
        one = _object(type)
        return [found for part in value if (found := one(hand, name, part)) is not None]

    return many


_STANDING = frozenset({"id", "type", "created", "modified", "deleted", "web"})
"""Properties of an object that say nothing of what it is."""


def _not_held(property: Property) -> Property:
    """What OParl can say and Planraum has no place for: that it was said is told."""

    def one(hand: Hand, name: str, value: Any) -> Any:
        if _says(value):
            hand.note("not_held", name)
        return property(hand, name, value)

    return one


def _says(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_says(part) for name, part in value.items() if name not in _STANDING)
    if isinstance(value, list):
        return any(map(_says, value))
    return value not in ("", None)


_EVERY: Mapping[str, Property] = {"created": as_moment, "modified": as_moment, "web": as_link}
_PROPERTIES: Mapping[Type, Mapping[str, Property]] = {
    Type.body: {
        "name": as_line,
        "ags": as_key(8),
        "rgs": as_key(12),
        "organization": as_link,
        "meeting": as_link,
        "paper": as_link,
        "agendaItem": as_link,
        "consultation": as_link,
    },
    Type.organization: {
        "name": as_line,
        "shortName": as_line,
        "organizationType": as_line,
        "classification": as_line,
        "meeting": as_link,
        "subOrganizationOf": as_link,
        "startDate": as_date,
        "endDate": as_date,
        "website": as_link,
        "location": _not_held(_object(Type.location)),
    },
    Type.meeting: {
        "name": as_line,
        "meetingState": as_line,
        "cancelled": as_flag,
        "start": as_moment,
        "end": as_moment,
        "location": _object(Type.location),
        "organization": as_links,
        "agendaItem": _objects(Type.agenda_item),
        "invitation": _object(Type.file),
        "resultsProtocol": _object(Type.file),
        "verbatimProtocol": _object(Type.file),
        "auxiliaryFile": _objects(Type.file),
    },
    Type.agenda_item: {
        "meeting": as_link,
        "number": as_line,
        "order": as_number,
        "name": as_line,
        "public": as_flag,
        "consultation": as_link,
        "result": as_text,
        "resolutionText": as_text,
        "resolutionFile": _object(Type.file),
        "auxiliaryFile": _objects(Type.file),
    },
    Type.paper: {
        "name": as_line,
        "reference": as_line,
        "date": as_date,
        "paperType": as_line,
        "location": _not_held(_objects(Type.location)),
        "superordinatedPaper": as_links,
        "subordinatedPaper": as_links,
        "relatedPaper": as_links,
        "underDirectionOf": as_links,
        "originatorOrganization": as_links,
        "mainFile": _object(Type.file),
        "auxiliaryFile": _objects(Type.file),
        "consultation": _objects(Type.consultation),
    },
    Type.consultation: {
        "paper": as_link,
        "agendaItem": as_link,
        "meeting": as_link,
        "organization": as_links,
        "authoritative": as_flag,
        "role": as_line,
    },
    Type.file: {
        "name": as_line,
        "fileName": as_file_name,
        "mimeType": as_mime,
        "date": as_date,
        "size": as_number,
        "accessUrl": as_link,
        "downloadUrl": as_link,
    },
    Type.location: {
        "description": as_line,
        "streetAddress": as_line,
        "postalCode": as_line,
        "locality": as_line,
        "room": as_line,
    },
}


def repaired(raw: Any, expected: Type | None = None) -> Repaired | Repair:
    """The object as OParl has it, or the reason why it is none.

    `expected` is the type of the list it was found in, for objects that do not say theirs.
    """
    if not isinstance(raw, Mapping):
        return Repair("not_an_object", "", "")
    identifier = as_link(Hand(""), "id", raw.get("id"))
    if identifier is None:
        return Repair("no_id", "id", "")
    hand = Hand(identifier)
    type = _type(hand, raw.get("type"), expected)
    if type is None:
        return Repair("unknown_type", "type", identifier)
    deleted = raw.get("deleted") is not None and bool(as_flag(hand, "deleted", raw["deleted"]))
    values = {} if deleted else dict(_values(hand, raw, {**_EVERY, **_PROPERTIES[type]}))
    for nested in _nested(values.values()):
        hand.repairs += nested.repairs
        nested.repairs = []
    return Repaired(type, identifier, deleted, values, hand.repairs)


def _values(
    hand: Hand, raw: Mapping[str, Any], properties: Mapping[str, Property]
) -> Iterator[tuple[str, Any]]:
    for name, property in properties.items():
        said = name if name in raw else snake(name)
        if said not in raw:
            continue
        if said != name:
            hand.note("snake_case", name)
        if raw[said] is None:
            hand.note("null", name)
            continue
        value = property(hand, name, raw[said])
        if value is not None:
            yield name, value


def snake(name: str) -> str:
    """How servers write the name of a property that forgot how OParl does."""
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)


def _nested(values: Any) -> Iterator[Repaired]:
    for value in values:
        if isinstance(value, Repaired):
            yield value
        elif isinstance(value, list):
            yield from (one for one in value if isinstance(one, Repaired))


def _type(hand: Hand, said: Any, expected: Type | None) -> Type | None:
    if not isinstance(said, str) or not said.strip():
        if expected is not None:
            hand.note("no_type", "type")
        return expected
    name = said.strip().rstrip("/").rpartition("/")[2]
    found = next((type for type in Type if type.value.lower() == name.lower()), None)
    if found is not None and not said.startswith("https://schema.oparl.org/1."):
        hand.note("other_type_address", "type")
    return found


def in_order(items: Sequence[Repaired], meeting: str) -> tuple[list[Repaired], list[Repair]]:
    """Agenda items in their order; notes where `order` is not counted from 0 without gaps."""
    orders = [item.values.get("order") for item in items]
    if orders == list(range(len(items))):
        return list(items), []
    placed = sorted(enumerate(items), key=lambda pair: (_order(pair[1], pair[0]), pair[0]))
    return [item for _, item in placed], [Repair("order_not_from_zero", "agendaItem", meeting)]


def _order(item: Repaired, place: int) -> int:
    order = item.values.get("order")
    return order if isinstance(order, int) else place
