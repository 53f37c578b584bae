"""Values as real servers write them, made what a property holds: pure functions.

What cannot be understood is left out, and that is noted as well.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

from services.contracts.boards.meetings import is_in_calendar
from services.kit.days import HERE

_LONGEST_TEXT = 20_000


@dataclass(frozen=True, order=True)
class Repair:
    """What was put right, at which property of which object."""

    code: str
    property: str
    object: str


Property = Callable[["Hand", str, Any], Any]
"""Makes a value what the property holds; None leaves it out."""


@dataclass
class Hand:
    """Repairs one object and notes what it did."""

    id: str
    repairs: list[Repair] = field(default_factory=list)

    def note(self, code: str, name: str) -> None:
        self.repairs.append(Repair(code, name, self.id))

    def one(self, name: str, value: Any) -> Any:
        """The value itself, where it stands alone in a list."""
        if isinstance(value, list) and len(value) == 1:
            self.note("array_for_one", name)
            return value[0]
        return value


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


def as_text(hand: Hand, name: str, value: Any) -> str | None:
    """A text without control characters and entities, cut where it is too long."""
    value = hand.one(name, value)
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


def as_line(hand: Hand, name: str, value: Any) -> str | None:
    """A text on one line."""
    text = as_text(hand, name, value)
    return None if text is None else " ".join(text.split())


def as_date(hand: Hand, name: str, value: Any) -> date | None:
    """A day, also as it is written in German or with a time."""
    text = as_line(hand, name, value)
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


def as_moment(hand: Hand, name: str, value: Any) -> datetime | None:
    """A moment; one without an offset is of here."""
    text = as_line(hand, name, value)
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
    """A date-time; without an offset it is German time. Refused (ValueError): the first and the
    last day of all, which programs write where nobody said any."""
    moment = datetime.fromisoformat(text.replace(" ", "T", 1) if "T" not in text else text)
    if not is_in_calendar(moment):
        raise ValueError(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=HERE)


def as_flag(hand: Hand, name: str, value: Any) -> bool | None:
    """Whether something is so."""
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text in _TRUE | _FALSE:
        hand.note("not_a_boolean", name)
        return text in _TRUE
    hand.note("not_understood", name)
    return None


def as_number(hand: Hand, name: str, value: Any) -> int | None:
    """A whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        number = int(str(value).strip())
    except ValueError:
        hand.note("not_understood", name)
        return None
    hand.note("not_a_number", name)
    return number


def as_link(hand: Hand, name: str, value: Any) -> str | None:
    """An address, also of an object that stands in its place."""
    value = hand.one(name, value)
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


def as_links(hand: Hand, name: str, value: Any) -> list[str]:
    """Addresses, each once."""
    if not isinstance(value, list):
        hand.note("one_for_array", name)
        value = [value]
    found = [link for one in value if (link := as_link(hand, name, one)) is not None]
    if len(set(found)) < len(found):
        hand.note("named_twice", name)
    return list(dict.fromkeys(found))


def as_key(digits: int) -> Property:
    """An official number of so many digits; a leading zero comes back."""

    def official(hand: Hand, name: str, value: Any) -> str | None:
        text = as_line(hand, name, value)
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


def as_mime(hand: Hand, name: str, value: Any) -> str | None:
    """A type of content, also where an ending is said."""
    text = as_line(hand, name, value)
    if text is None or "/" in text:
        return text
    hand.note("not_a_mime_type", name)
    return _MIME.get(text.lower().lstrip("."))


def as_file_name(hand: Hand, name: str, value: Any) -> str | None:
    """The name of a file, with one ending."""
    text = as_line(hand, name, value)
    if text is None or not _ENDING.search(text):
        return text
    hand.note("double_ending", name)
    return _ENDING.sub(r"\1", text)
