"""Answers that everybody may see, kept in memory until the journal says that something changed.

Keyed by everything an answer can depend on, bounded in bytes, least recently used first out. Each
is tagged with (municipality, service). A drop raises the tag's generation: an answer that was
computed before the drop is never stored after it. LIFETIME bounds what a bell that went silent can
do. No answer outlives the day on which it was computed: consents and terms end at midnight.
"""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from services.kit.days import day, left_of_day

Key = tuple[bytes, bytes, bytes, bytes, bytes]
"""Raw path, query, Accept, Accept-Language, encoding."""
Tag = tuple[int, str]
"""Municipality and service."""
Generation = tuple[int, int, date]
Headers = list[tuple[bytes, bytes]]
LIFETIME = 60.0
_OVERHEAD = 600


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Entry:
    """A finished answer: headers that are the same for every caller, and the body as sent."""

    headers: Headers
    body: bytes
    etag: bytes
    not_modified: Headers = field(default_factory=list)
    until: float = 0.0
    tag: Tag = (0, "")
    size: int = 0


class AnswerCache:
    """The kept answers of one process."""

    def __init__(
        self, capacity: int, lifetime: float = LIFETIME, now: Callable[[], datetime] = _now
    ) -> None:
        self.capacity, self.lifetime, self._now = capacity, lifetime, now
        self.size = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._tagged: dict[Tag, set[Key]] = {}
        self._generations: Counter[Tag] = Counter()
        self._everything = 0

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def largest(self) -> int:
        """Bytes above which one answer is not kept, so that it does not push out all others."""
        return self.capacity // 8

    def find(self, key: Key) -> Entry | None:
        """The kept answer, or None."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry.until <= time.monotonic():
            self._forget(key)
            return None
        self._entries.move_to_end(key)
        return entry

    def generation(self, tag: Tag) -> Generation:
        """Ask before the answer is computed; hand it to `store` afterwards."""
        return self._everything, self._generations[tag], day(self._now())

    def store(self, key: Key, tag: Tag, computed_in: Generation, entry: Entry) -> bool:
        """Keep an answer, unless its tag was dropped or a day began since, or it is too large."""
        size = len(entry.body) + sum(map(len, key)) + _OVERHEAD
        if size > self.largest or computed_in != self.generation(tag):
            return False
        self._forget(key)
        entry.until = time.monotonic() + min(self.lifetime, left_of_day(self._now()))
        entry.tag, entry.size = tag, size
        self._entries[key] = entry
        self._tagged.setdefault(tag, set()).add(key)
        self.size += size
        while self.size > self.capacity:
            self._forget(next(iter(self._entries)))
        return True

    def drop(self, tag: Tag) -> None:
        """Forget what a service said about a municipality."""
        self._generations[tag] += 1
        for key in list(self._tagged.get(tag, ())):
            self._forget(key)

    def drop_everything(self) -> None:
        """Forget everything, such as when rings of the bell may have been missed."""
        self._everything += 1
        self._generations.clear()
        self._entries.clear()
        self._tagged.clear()
        self.size = 0

    def ring(self, told: str) -> None:
        """The bell of the journal: "<service> <municipality>", or "" when some may be missed."""
        service, _, municipality = told.partition(" ")
        if municipality.isdigit():
            self.drop((int(municipality), service))
        else:
            self.drop_everything()

    def _forget(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is None:
            return
        self.size -= entry.size
        kept = self._tagged[entry.tag]
        kept.discard(key)
        if not kept:
            del self._tagged[entry.tag]
