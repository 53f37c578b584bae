"""What OParl 1.1 says of types, addresses, filters and pages: pure functions."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from services.kit.days import HERE

VERSION = "v1.1"
_OPARL, _RESOURCES = '"\\u0001', '"\\u0002'
"""How addresses begin in what is stored, of OParl and of our own resources: with characters that no
text can hold. Where the installation can be reached is a setting, put in when an answer is sent."""


@dataclass(frozen=True)
class Type:
    """A type of objects."""

    name: str
    collection: str
    """Its place below the municipality; empty for the system, which is the municipality's."""
    about: str
    file: str
    """Its statement in sql/."""
    remains: str = ""
    """What the schema wants even of a deleted one."""

    @property
    def path(self) -> str:
        return f"/{self.collection}" if self.collection else ""


TYPES: Mapping[str, Type] = {
    made.name: made
    for made in (
        Type(
            "LegislativeTerm",
            "legislative-terms",
            "For how long councils are elected (Wahlperioden).",
            "legislative_term",
        ),
        Type(
            "Location",
            "locations",
            "Where public meetings are held, and where persons agreed to be reached (Orte).",
            "location",
        ),
        Type(
            "File",
            "files",
            "Files that everybody may have (Dateien), with the addresses of their bytes.",
            "file",
            ',"accessUrl":"\\u0002/files/{id}/content"',
        ),
        Type(
            "Membership",
            "memberships",
            "Who is what in which body and for whom (Mitgliedschaften), of persons whom everybody "
            "may see.",
            "membership",
        ),
        Type(
            "Consultation",
            "consultations",
            "Which body consults on which paper, as what (Beratungen).",
            "consultation",
        ),
        Type(
            "AgendaItem",
            "agenda-items",
            "Items of the open part of meetings (Tagesordnungspunkte), counted from 0 among these.",
            "agenda_item",
            ',"order":0',
        ),
        Type(
            "Person",
            "persons",
            "Members of bodies (Personen); of each what they agreed that everybody sees.",
            "person",
        ),
        Type(
            "Organization",
            "organizations",
            "Bodies, and the organisations that send members or run offers (Gruppierungen).",
            "organization",
        ),
        Type(
            "Meeting",
            "meetings",
            "Public meetings (Sitzungen) with the open part of their agenda.",
            "meeting",
        ),
        Type("Paper", "papers", "Papers (Vorlagen, Drucksachen) and their way.", "paper"),
        Type("Body", "bodies", "The municipality itself (Körperschaft): one.", "body"),
        Type("System", "", "Where software begins to read (System).", "system"),
    )
}
"""In an order in which each comes after those that it embeds."""


@dataclass(frozen=True)
class Asked:
    """A page of a list: of these objects, those between these times, after this one."""

    path: str
    created_since: datetime | None = None
    created_until: datetime | None = None
    modified_since: datetime | None = None
    modified_until: datetime | None = None
    omit_internal: bool = False
    limit: int | None = None
    after: UUID | None = None

    def address(self, after: UUID | None) -> str:
        """The same page after another object; the parameters always in the same order."""
        given = {
            "after": after,
            "created_since": self.created_since,
            "created_until": self.created_until,
            "limit": self.limit,
            "modified_since": self.modified_since,
            "modified_until": self.modified_until,
            "omit_internal": "true" if self.omit_internal else None,
        }
        said = {k: _written(v) for k, v in given.items() if v is not None}
        return f"{self.path}?{urlencode(said)}" if said else self.path


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(HERE).isoformat()
    return str(value)


def moment(text: str) -> datetime:
    """A date-time with its offset; refuses (ValueError) a mere day, and what is no time in Germany.

    A `+` that was not percent-encoded has become a space on its way.
    """
    moment = datetime.fromisoformat(re.sub(r" (?=\d\d:\d\d$)", "+", text))
    if moment.tzinfo is None or len(text) < len("2026-01-01T00:00:00Z"):
        raise ValueError("a date-time with its offset is needed, such as 2026-01-31T00:00:00+01:00")
    try:
        moment.astimezone(HERE).astimezone(UTC)
    except OverflowError:
        raise ValueError("the date-time is out of range") from None
    return moment


@dataclass(frozen=True)
class Found:
    """A page as the database found it; the data are JSON without the brackets around them."""

    data: str | None
    total: int
    before: int
    ends_at: UUID | None
    before_previous: UUID | None
    before_last: UUID | None


def page(asked: Asked, found: Found, size: int) -> str:
    """The page with its frame (2.5): numbers of pages, and links that keep the filters.

    `next` is missing on the last page and only there.
    """
    more = found.total - found.before > size
    links = {"first": asked.address(None)}
    if found.before:
        links["prev"] = asked.address(found.before_previous)
    links["self"] = asked.address(asked.after)
    if more:
        links["next"] = asked.address(found.ends_at)
    links["last"] = asked.address(found.before_last)
    pagination = {
        "totalElements": found.total,
        "elementsPerPage": size,
        "currentPage": -(-found.before // size) + 1,
        "totalPages": max(1, -(-found.total // size)),
    }
    frame = json.dumps({"pagination": pagination, "links": links}, separators=(",", ":"))
    return f'{{"data":[{found.data or ""}],{frame[1:]}'


def derived(name: str) -> UUID:
    """The identifier of what has none of its own; the database does it alike (`oparl_uuid`)."""
    made = bytearray(sha256(name.encode()).digest()[:16])
    made[6], made[8] = made[6] & 15 | 128, made[8] & 63 | 128
    return UUID(bytes=bytes(made))


def addressed(stored: str, base: str, municipality: str) -> bytes:
    """What was stored, with the addresses that it has here."""
    oparl, resources = f'"{base}/oparl/{VERSION}/{municipality}', f'"{base}/v1/{municipality}'
    return stored.replace(_OPARL, oparl).replace(_RESOURCES, resources).encode()


def canonical(path: str) -> str:
    """The one way to write an address (2.3): small letters, no slash at its end."""
    return path.lower().rstrip("/")
