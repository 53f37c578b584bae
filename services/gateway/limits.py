"""How often one caller may ask: a sliding minute per token, API key or address."""

import time
from collections.abc import Callable
from math import ceil
from typing import NamedTuple

from services.kit.problems import TooMany

WINDOW = 60
Fields = list[tuple[bytes, bytes]]


class Standing(NamedTuple):
    """How a caller stands: still allowed, requests left, seconds until there are more."""

    allowed: bool
    left: int
    seconds: int


class Limits:
    """The counts of one process: those of this minute, and those of the minute before as far as
    it still reaches into the last sixty seconds.

    Asked for every request, cached ones included: two look-ups, no lock, no clean-up thread.
    """

    def __init__(self, quota: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._quota, self._clock = quota, clock
        self._minute = 0
        self._now: dict[str, int] = {}
        self._before: dict[str, int] = {}
        self._policy = b'"default";q=%d;w=%d' % (quota, WINDOW)

    def hit(self, caller: str, requests: int = 1) -> Standing:
        """Count a request of the caller; one that is refused does not count."""
        minute, part = divmod(self._clock(), WINDOW)
        if minute != self._minute:
            self._turn(minute)
        now, before = self._now.get(caller, 0), self._before.get(caller, 0)
        left = self._quota - now - before * (1 - part / WINDOW)
        if left < 1:
            return Standing(False, 0, max(1, ceil(self._wait(now, before, part))))
        self._now[caller] = now + requests
        # As Standing(...) does, without its detour: this is asked on every request.
        return tuple.__new__(Standing, (True, int(left) - requests, ceil(WINDOW - part)))

    def look(self, caller: str) -> Standing:
        """How the caller stands, without counting."""
        return self.hit(caller, 0)

    def _turn(self, minute: float) -> None:
        self._before = self._now if minute == self._minute + 1 else {}
        self._now, self._minute = {}, int(minute)

    def _wait(self, now: int, before: int, part: float) -> float:
        """Seconds until enough of the requests counted lie more than a minute back."""
        free = self._quota - 1 - now
        if free >= 0:
            return WINDOW * (1 - free / before) - part
        return WINDOW * (2 - (self._quota - 1) / now) - part

    def fields(self, standing: Standing) -> Fields:
        """What the caller is told (draft-ietf-httpapi-ratelimit-headers-11)."""
        told = b'"default";r=%d;t=%d' % (standing.left, standing.seconds)
        return [(b"ratelimit-policy", self._policy), (b"ratelimit", told)]


def refusal(standing: Standing) -> TooMany:
    """429 with the time to wait."""
    return TooMany(
        f"You may ask again in {standing.seconds} seconds.",
        headers={"Retry-After": str(standing.seconds)},
    )
