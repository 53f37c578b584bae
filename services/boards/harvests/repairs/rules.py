"""Objects as real servers answer them, made what OParl says they are: pure functions.

Each repair has a code and is counted; what was repaired is named by object and property, never by
value. Nothing is guessed: what cannot be understood is left out, and that is a repair as well.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from html import unescape
from typing import Any

from services.kit.days import HERE

_LONGEST_TEXT = 20_000


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


@dataclass(frozen=True, order=True)
class Repair:
    """What was put right, at which property of which object."""

    code: str
    property: str
    object: str


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


_Property = Callable[["_Hand", str, Any], Any]
"""Makes a value what the property holds; None leaves it out."""


@dataclass
class _Hand:
    """Repairs one object and notes what it did."""

    id: str
    repairs: list[Repair] = field(default_factory=list)

    def note(self, code: str, name: str) -> None:
        self.repairs.append(Repair(code, name, self.id))


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_EMPTY = frozenset({"", "n/a", "null", "none", "undefined", "k.a."})
_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ENDING = re.compile(r"(\.[A-Za-z0-9]{2,5})(?:\1)+$")
_TRUE, _FALSE = frozenset({"true", "1", "ja", "yes"}), frozenset({"false", "0", "nein", "no"})
_MIME = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "html": "text/html",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "zip": "application/zip",
}


def _text(hand: _Hand, name: str, value: Any) -> str | None:
    if isinstance(value, list) and len(value) == 1:
        hand.note("array_for_one", name)
        value = value[0]
    if isinstance(value, bool | int | float):
        hand.note("not_a_text", name)
        value = str(value)
    if not isinstance(value, str):
        hand.note("not_understood", name)
        return None
    text = value
    if _ENTITY.search(text):
        hand.note("html_escaped", name)
        text = unescape(text)
    if _CONTROL.search(text):
        hand.note("control_characters", name)
        text = _CONTROL.sub(" ", text)
    text = text.encode("utf-8", "replace").decode("utf-8").strip()
    if text.lower() in _EMPTY:
        hand.note("empty", name)
        return None
    if len(text) > _LONGEST_TEXT:
        hand.note("too_long", name)
        text = text[:_LONGEST_TEXT]
    return text


def _line(hand: _Hand, name: str, value: Any) -> str | None:
    text = _text(hand, name, value)
    return None if text is None else " ".join(text.split())


def _date(hand: _Hand, name: str, value: Any) -> date | None:
    text = _line(hand, name, value)
    if text is None:
        return None
    german = _GERMAN_DATE.match(text)
    try:
        if german:
            hand.note("german_date", name)
            return date(int(german[3]), int(german[2]), int(german[1]))
        if len(text) > 10:
            hand.note("date_with_time", name)
            return _moment_of(text).astimezone(HERE).date()
        return date.fromisoformat(text)
    except (ValueError, OverflowError):
        hand.note("not_understood", name)
        return None


def _moment(hand: _Hand, name: str, value: Any) -> datetime | None:
    text = _line(hand, name, value)
    if text is None:
        return None
    try:
        moment = _moment_of(text)
        day_only = len(text) <= 10
        if day_only:
            hand.note("day_without_time", name)
        elif text.endswith(("Z", "z")) or "." in text:
            hand.note("z_or_fraction", name)
        elif _without_offset(text):
            hand.note("no_offset", name)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        hand.note("not_understood", name)
        return None


def _without_offset(text: str) -> bool:
    return datetime.fromisoformat(text).tzinfo is None


def _moment_of(text: str) -> datetime:
    """A date-time; without an offset it is German time."""
    moment = datetime.fromisoformat(text.replace(" ", "T", 1) if "T" not in text else text)
    return moment if moment.tzinfo else moment.replace(tzinfo=HERE)


def _flag(hand: _Hand, name: str, value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text in _TRUE | _FALSE:
        hand.note("not_a_boolean", name)
        return text in _TRUE
    hand.note("not_understood", name)
    return None


def _number(hand: _Hand, name: str, value: Any) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        number = int(str(value).strip())
    except ValueError:
        hand.note("not_understood", name)
        return None
    hand.note("not_a_number", name)
    return number


def _link(hand: _Hand, name: str, value: Any) -> str | None:
    if isinstance(value, list) and len(value) == 1:
        hand.note("array_for_one", name)
        value = value[0]
    if isinstance(value, Mapping):
        hand.note("object_for_link", name)
        value = value.get("id")
    if isinstance(value, str):
        address = value.strip()
        if address.startswith(("http://", "https://")) and len(address) <= 2000:
            return address
        if address.lower() in _EMPTY:
            hand.note("empty", name)
            return None
    hand.note("not_understood", name)
    return None


def _links(hand: _Hand, name: str, value: Any) -> list[str]:
    if not isinstance(value, list):
        hand.note("one_for_array", name)
        value = [value]
    found = [link for one in value if (link := _link(hand, name, one)) is not None]
    if len(set(found)) < len(found):
        hand.note("named_twice", name)
    return list(dict.fromkeys(found))


def _object(type: Type) -> _Property:
    def one(hand: _Hand, name: str, value: Any) -> Repaired | None:
        if isinstance(value, list) and len(value) == 1:
            hand.note("array_for_one", name)
            value = value[0]
        if isinstance(value, str):
            hand.note("link_for_object", name)
            value = {"id": value}
        found = repaired(value, type)
        if isinstance(found, Repaired):
            return found
        hand.note("not_understood", name)
        return None

    return one


def _objects(type: Type) -> _Property:
    def many(hand: _Hand, name: str, value: Any) -> list[Repaired]:
        if not isinstance(value, list):
            hand.note("one_for_array", name)
            value = [value]
        one = _object(type)
        return [found for part in value if (found := one(hand, name, part)) is not None]

    return many


def _key(digits: int) -> _Property:
    def official(hand: _Hand, name: str, value: Any) -> str | None:
        text = _line(hand, name, value)
        if text is None:
            return None
        plain = re.sub(r"\s", "", text)
        if plain.isdigit() and len(plain) == digits - 1:
            hand.note("lost_zero", name)
            plain = plain.zfill(digits)
        if plain.isdigit() and len(plain) == digits:
            return plain
        hand.note("not_understood", name)
        return None

    return official


def _mime(hand: _Hand, name: str, value: Any) -> str | None:
    text = _line(hand, name, value)
    if text is None or "/" in text:
        return text
    hand.note("not_a_mime_type", name)
    return _MIME.get(text.lower().lstrip("."))


def _file_name(hand: _Hand, name: str, value: Any) -> str | None:
    text = _line(hand, name, value)
    if text is None or not _ENDING.search(text):
        return text
    hand.note("double_ending", name)
    return _ENDING.sub(r"\1", text)


_EVERY: Mapping[str, _Property] = {"created": _moment, "modified": _moment, "web": _link}
_PROPERTIES: Mapping[Type, Mapping[str, _Property]] = {
    Type.body: {
        "name": _line,
        "ags": _key(8),
        "rgs": _key(12),
        "organization": _link,
        "meeting": _link,
        "paper": _link,
        "agendaItem": _link,
        "consultation": _link,
    },
    Type.organization: {
        "name": _line,
        "shortName": _line,
        "organizationType": _line,
        "classification": _line,
        "meeting": _link,
        "subOrganizationOf": _link,
        "startDate": _date,
        "endDate": _date,
        "website": _link,
        "location": _object(Type.location),
    },
    Type.meeting: {
        "name": _line,
        "meetingState": _line,
        "cancelled": _flag,
        "start": _moment,
        "end": _moment,
        "location": _object(Type.location),
        "organization": _links,
        "agendaItem": _objects(Type.agenda_item),
        "invitation": _object(Type.file),
        "resultsProtocol": _object(Type.file),
        "verbatimProtocol": _object(Type.file),
        "auxiliaryFile": _objects(Type.file),
    },
    Type.agenda_item: {
        "meeting": _link,
        "number": _line,
        "order": _number,
        "name": _line,
        "public": _flag,
        "consultation": _link,
        "result": _text,
        "resolutionText": _text,
        "resolutionFile": _object(Type.file),
        "auxiliaryFile": _objects(Type.file),
    },
    Type.paper: {
        "name": _line,
        "reference": _line,
        "date": _date,
        "paperType": _line,
        "superordinatedPaper": _links,
        "relatedPaper": _links,
        "underDirectionOf": _links,
        "originatorOrganization": _links,
        "mainFile": _object(Type.file),
        "auxiliaryFile": _objects(Type.file),
        "consultation": _objects(Type.consultation),
    },
    Type.consultation: {
        "paper": _link,
        "agendaItem": _link,
        "meeting": _link,
        "organization": _links,
        "authoritative": _flag,
        "role": _line,
    },
    Type.file: {
        "name": _line,
        "fileName": _file_name,
        "mimeType": _mime,
        "date": _date,
        "size": _number,
        "accessUrl": _link,
        "downloadUrl": _link,
    },
    Type.location: {
        "description": _line,
        "streetAddress": _line,
        "postalCode": _line,
        "locality": _line,
        "room": _line,
    },
}


def repaired(raw: Any, expected: Type | None = None) -> Repaired | Repair:
    """The object as OParl has it, or the reason why it is none.

    `expected` is the type of the list it was found in, for objects that do not say theirs.
    """
    if not isinstance(raw, Mapping):
        return Repair("not_an_object", "", "")
    identifier = _link(_Hand(""), "id", raw.get("id"))
    if identifier is None:
        return Repair("no_id", "id", "")
    hand = _Hand(identifier)
    type = _type(hand, raw.get("type"), expected)
    if type is None:
        return Repair("unknown_type", "type", identifier)
    deleted = raw.get("deleted") is not None and bool(_flag(hand, "deleted", raw["deleted"]))
    values = {} if deleted else dict(_values(hand, raw, {**_EVERY, **_PROPERTIES[type]}))
    for nested in _nested(values.values()):
        hand.repairs += nested.repairs
        nested.repairs = []
    return Repaired(type, identifier, deleted, values, hand.repairs)


def _values(
    hand: _Hand, raw: Mapping[str, Any], properties: Mapping[str, _Property]
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


def _type(hand: _Hand, said: Any, expected: Type | None) -> Type | None:
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
