"""A whole reading: every list of a body, batch by batch, so that it can be interrupted."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from services.contracts.boards.harvests import LISTS, ListName, OparlReport, OparlSource
from services.crawl import walking
from services.crawl.reading import Gone, NotRead, Wait
from services.crawl.walking import Body, Page

_MOST_OBJECTS, _MOST_BYTES = 500, 1_000_000
"""Of one batch: the platform takes 1,000 objects and 2 MB."""
_ROUNDS = 3
_ADDRESSES = ("http://", "https://")
Tell = Callable[[str, int], None]
"""Called with what is being read and how many objects were handed over."""


class Refused(Exception):
    """The platform refused; with its own words."""


@dataclass
class Tally:
    """What the batches of a reading came to."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    repairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    not_there: list[str] = field(default_factory=list)
    """Lists and objects that the server does not have although it names them."""

    def add(self, report: OparlReport) -> None:
        for name in ("created", "changed", "unchanged", "deleted", "left_out"):
            self.counts[name].update(getattr(report, name))
        for repair in report.repairs:
            place = repair.code, repair.property
            self.repairs[place] += repair.count
            self.examples.setdefault(place, repair.example)


@dataclass
class Platform:
    """The place where objects are handed over: a client of `/v1/{municipality}/`."""

    client: httpx.Client
    source: str
    tally: Tally = field(default_factory=Tally)

    def found(self, url: str) -> OparlSource:
        """The source of this key, made if it is not there; refuses one of another address."""
        answer = self.client.get(f"oparl-sources/{self.source}")
        if answer.status_code == 404:
            new = {"key": self.source, "name": {"de": self.source}, "url": url}
            answer = self.client.post("oparl-sources", json=new)
        source = OparlSource.model_validate(_fine(answer))
        if source.url != url:
            raise Refused(f"{self.source} is the source {source.url}; choose another key.")
        return source

    def hand_over(self, objects: Sequence[Any], **stand: Any) -> None:
        """One batch, and where the reading stands after it."""
        body = {"objects": objects, **stand}
        answer = self.client.post(f"oparl-sources/{self.source}/batches", json=body)
        self.tally.add(OparlReport.model_validate(_fine(answer)))

    def missing(self) -> tuple[list[str], int]:
        """Addresses that are waited for, and how many objects wait."""
        answer = _fine(self.client.get(f"oparl-sources/{self.source}/missing"))
        return list(answer["addresses"]), int(answer["objects"])


def _fine(answer: httpx.Response) -> Mapping[str, Any]:
    if answer.is_error:
        problem = answer.json()
        raise Refused(f"{problem['title']}: {problem.get('detail', '')}")
    body: Mapping[str, Any] = answer.json()
    return body


def from_server(
    server: httpx.Client, platform: Platform, url: str, *, tell: Tell, wait: Wait
) -> None:
    """Read what changed since the last reading, or go on with the one that was interrupted.

    Refuses (NotRead) an address with no body or with several: then name one of them.
    """
    source = platform.found(url)
    found = walking.bodies(server, url, wait)
    if len(found) > 1:
        addresses = ", ".join(body.url for body in found)
        raise NotRead(url, f"has several bodies; name one of them: {addresses}")
    started_at = source.started_at or datetime.now(UTC)
    lost: list[Gone] = []
    for page in _pages(server, found[0], source, lost, wait):
        stand = {"started_at": started_at.isoformat(), "next": page.next}
        batches = list(parts(page.objects))
        for place, part in enumerate(batches):
            # Only the last part of a page moves on: an interrupted page is read again.
            last = place == len(batches) - 1
            platform.hand_over(part, list=page.list, **(stand if last else {}))
            tell(page.list, len(part))
    _complete(server, platform, tell, wait)
    # What was not reached is not asked for again by what changed since: then begin anew.
    whole = all(gone.url in found[0].lists.values() for gone in lost)
    platform.tally.not_there += [gone.url for gone in lost]
    platform.hand_over([], started_at=started_at.isoformat(), finished=whole)


def _pages(
    server: httpx.Client, body: Body, source: OparlSource, lost: list[Gone], wait: Wait
) -> Iterator[Page]:
    """The pages that are still to be read; notes a list that the server lacks, or the page on
    which one breaks off."""
    done = LISTS.index(source.list) if source.list is not None else 0
    for place, name in enumerate(LISTS):
        url = body.lists.get(name)
        if place < done or url is None:
            continue
        start = walking.since(url, source.read_at)
        try:
            if name != source.list:
                yield from walking.pages(server, name, start, wait)
            elif source.next is not None:
                yield from _going_on(server, name, source.next, start, wait)
        except Gone as gone:
            lost.append(gone)


def _going_on(
    server: httpx.Client, name: ListName, left_at: str, start: str, wait: Wait
) -> Iterator[Page]:
    """A list from the page at which it was left; from its beginning where that is there no more."""
    try:
        yield from walking.pages(server, name, left_at, wait, within=True)
    except Gone as gone:
        if gone.url != left_at:
            raise
        yield from walking.pages(server, name, start, wait)


def _complete(server: httpx.Client, platform: Platform, tell: Tell, wait: Wait) -> None:
    """Fetch what objects name and no list held, one by one."""
    asked: set[str] = set()
    called: dict[str, str] = {}
    for _ in range(_ROUNDS):
        addresses, _ = platform.missing()
        new = [address for address in addresses if address not in asked]
        if not new:
            break
        asked.update(new)
        found: list[Any] = []
        for address in new:
            there = walking.alone(server, address, wait)
            if not there:
                platform.tally.not_there.append(address)
            found += there
            called |= _otherwise(address, there)
        for part in parts(found):
            platform.hand_over(part)
            tell("missing", len(part))
        # Objects may have waited themselves: what they are called is said until nothing is new.
        names = sorted(called.items())
        for start in range(0, len(names), _MOST_OBJECTS):
            platform.hand_over([], called=dict(names[start : start + _MOST_OBJECTS]))


def _otherwise(address: str, there: Sequence[Any]) -> dict[str, str]:
    """By which id the one object at the address calls itself, where that is another address."""
    if len(there) != 1 or not isinstance(there[0], Mapping):
        return {}
    said = there[0].get("id")
    if not isinstance(said, str) or said == address or not said.startswith(_ADDRESSES):
        return {}
    return {address: said}


def from_files(platform: Platform, url: str, pages: Iterable[Page], tell: Tell) -> None:
    """Hand over what lies in files; `url` names the source."""
    platform.found(url)
    for page in pages:
        for part in parts(page.objects):
            platform.hand_over(part, list=page.list)
            tell(page.list, len(part))


def parts(objects: Sequence[Any]) -> Iterator[list[Any]]:
    """The objects in batches that the platform takes; one empty batch if there is none."""
    part: list[Any] = []
    size = 0
    for one in objects:
        length = len(json.dumps(one))
        if part and (len(part) == _MOST_OBJECTS or size + length > _MOST_BYTES):
            yield part
            part, size = [], 0
        part.append(one)
        size += length
    yield part
