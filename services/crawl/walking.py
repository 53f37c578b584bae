"""From the address of a system, a body or a list to all its objects, page by page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin

import httpx

from services.contracts.boards.harvests import LISTS, ListName
from services.crawl.reading import Gone, NotRead, Wait, read

_OVERLAP = timedelta(hours=1)
"""Clocks differ: what changed shortly before the last reading began is asked for again."""
_MOST_PAGES = 1_000_000


@dataclass(frozen=True)
class Page:
    """A page of a list, and the address of the next one."""

    list: ListName
    objects: Sequence[Any]
    next: str | None


@dataclass(frozen=True)
class Body:
    """What is read of a body: its lists, in the order in which they name one another."""

    url: str
    name: str
    lists: Mapping[ListName, str]


def bodies(client: httpx.Client, url: str, wait: Wait) -> list[Body]:
    """The bodies at the address: of a system, of a list of bodies, or the body that it is.

    A server that answers a body where a list of bodies belongs is understood.
    """
    answer = read(client, url, wait)
    if isinstance(answer, Mapping) and _is(answer, "System"):
        listed = answer.get("body")
        addresses = listed if isinstance(listed, list) else [listed]
        return [
            body
            for address in addresses
            if isinstance(address, str)
            for body in bodies(client, address, wait)
        ]
    found = [one for one in objects_of(answer) if _is(one, "Body")]
    if not found:
        raise NotRead(url, "is neither a system nor a body")
    return [_body(one) for one in found]


def _body(one: Mapping[str, Any]) -> Body:
    lists: dict[ListName, str] = {}
    for name in LISTS:
        address = one.get(name, one.get("agenda_item") if name == "agendaItem" else None)
        if isinstance(address, list) and len(address) == 1:
            address = address[0]
        if isinstance(address, str) and address.startswith(("http://", "https://")):
            lists[name] = address
    return Body(str(one.get("id", "")), str(one.get("name", "")), lists)


def _is(one: Any, type: str) -> bool:
    said = one.get("type") if isinstance(one, Mapping) else None
    return isinstance(said, str) and said.rstrip("/").rpartition("/")[2].lower() == type.lower()


def since(url: str, moment: datetime | None) -> str:
    """The address of a list that asks for what changed since a moment."""
    if moment is None:
        return url
    asked = (moment - _OVERLAP).replace(microsecond=0).isoformat()
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'modified_since': asked})}"


def pages(
    client: httpx.Client, name: ListName, url: str, wait: Wait, *, within: bool = False
) -> Iterator[Page]:
    """The pages of a list from this address on, each once; `within`: it is not the first.

    An empty list may be answered as 404; a list that leads back to itself has ended. Raises Gone
    for a page that is not there although the one before it says so.
    """
    seen: set[str] = set()
    following: str | None = url
    while following is not None and following not in seen and len(seen) < _MOST_PAGES:
        here = following
        seen.add(here)
        try:
            answer = read(client, here, wait)
        except Gone:
            if within or here != url or "modified_since=" not in here:
                raise
            answer = []
        following = _next(answer, here)
        yield Page(name, objects_of(answer), None if following in seen else following)


def objects_of(answer: Any) -> list[Any]:
    """The objects of a page: in `data`, in a bare array, or one object alone."""
    if isinstance(answer, list):
        return answer
    if isinstance(answer, Mapping):
        data = answer.get("data", answer if "id" in answer else [])
        return data if isinstance(data, list) else [data]
    return []


def _next(answer: Any, here: str) -> str | None:
    """The address of the next page, which some servers write without their name."""
    links = answer.get("links") if isinstance(answer, Mapping) else None
    following = links.get("next") if isinstance(links, Mapping) else None
    if not isinstance(following, str) or not following.strip():
        return None
    try:
        address = urljoin(here, following.strip())
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def alone(client: httpx.Client, url: str, wait: Wait) -> list[Any]:
    """One object by its address; nothing when it is not there."""
    try:
        return objects_of(read(client, url, wait))
    except NotRead:
        return []
