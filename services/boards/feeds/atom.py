"""Atom documents (RFC 4287), with tombstones of what was withdrawn (RFC 6721): pure functions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from services.contracts.shared.base import Language

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ElementTree.register_namespace("", ATOM)
ElementTree.register_namespace("at", TOMBSTONES)


@dataclass(frozen=True)
class Link:
    """Where something is, and what it is there."""

    rel: str
    href: str
    type: str
    length: int | None = None
    title: str | None = None


@dataclass(frozen=True)
class Entry:
    """Something that is new or changed."""

    id: UUID
    title: str
    updated: datetime
    links: Sequence[Link]
    authors: Sequence[str]
    published: date | None = None
    summary: str | None = None
    categories: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Tombstone:
    """Something that was withdrawn."""

    id: UUID
    when: datetime
    comment: str


@dataclass(frozen=True)
class Feed:
    """Entries under one title."""

    of: str
    """What it is a feed of, without the address of this installation: its id follows from it."""
    title: str
    author: str
    language: Language
    links: Sequence[Link]
    entries: Sequence[Entry | Tombstone]


def document(feed: Feed) -> bytes:
    """The feed as XML. Nothing in it is put together from texts."""
    root = Element(_a("feed"), {f"{{{_XML}}}lang": feed.language})
    _text(root, "id", uuid5(NAMESPACE_URL, f"planraum:{feed.of}").urn)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(max(map(_changed, feed.entries), default=_EPOCH)))
    _author(root, feed.author)
    _links(root, feed.links)
    for entry in feed.entries:
        if isinstance(entry, Entry):
            _entry(root, entry)
        else:
            _tombstone(root, entry)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _changed(entry: Entry | Tombstone) -> datetime:
    return entry.updated if isinstance(entry, Entry) else entry.when


def _entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, _a("entry"))
    _text(element, "id", entry.id.urn)
    _text(element, "title", entry.title)
    _text(element, "updated", _moment(entry.updated))
    if entry.published is not None:
        _text(element, "published", _moment(datetime.combine(entry.published, time(), UTC)))
    for name in entry.authors:
        _author(element, name)
    _links(element, entry.links)
    for term in entry.categories:
        SubElement(element, _a("category"), {"term": _fit(term)})
    if entry.summary is not None:
        _text(element, "summary", entry.summary)


def _tombstone(root: Element, entry: Tombstone) -> None:
    about = {"ref": entry.id.urn, "when": _moment(entry.when)}
    element = SubElement(root, f"{{{TOMBSTONES}}}deleted-entry", about)
    SubElement(element, f"{{{TOMBSTONES}}}comment").text = _fit(entry.comment)


def _links(parent: Element, links: Iterable[Link]) -> None:
    for link in links:
        said = {"rel": link.rel, "href": link.href, "type": link.type}
        if link.length is not None:
            said["length"] = str(link.length)
        if link.title is not None:
            said["title"] = _fit(link.title)
        SubElement(parent, _a("link"), said)


def _author(parent: Element, name: str) -> None:
    _text(SubElement(parent, _a("author")), "name", name)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, _a(name)).text = _fit(text)


def _a(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _fit(text: str) -> str:
    """The text without the few signs that XML cannot hold."""
    return _NO_XML.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
