"""How often one caller may ask: a sliding minute per token, API key or address."""

import time
from typing import NamedTuple

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from services.kit.problems import TooMany

WINDOW = 60
Fields = list[tuple[bytes, bytes]]


class Standing(NamedTuple):
    """How a caller stands: requests left, seconds until the window is over, still allowed?"""

    left: int
    seconds: int
    allowed: bool


class Limits:
    """The count of one process. Fields as in draft-ietf-httpapi-ratelimit-headers-11."""

    def __init__(self, quota: int) -> None:
        self._item = RateLimitItemPerMinute(quota)
        self._window = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._policy = b'"default";q=%d;w=%d' % (quota, WINDOW)

    def hit(self, caller: str) -> Standing:
        """Count a request of the caller."""
        return self._standing(caller, self._window.hit(self._item, caller))

    def look(self, caller: str) -> Standing:
        """How the caller stands, without counting."""
        return self._standing(caller, self._window.test(self._item, caller))

    def _standing(self, caller: str, allowed: bool) -> Standing:
        reset, left = self._window.get_window_stats(self._item, caller)
        seconds = int(reset - time.time()) + 1
        return Standing(left, min(max(seconds, 1), WINDOW), allowed)

    def fields(self, standing: Standing) -> Fields:
        """The header fields that tell the caller."""
        told = b'"default";r=%d;t=%d' % (standing.left, standing.seconds)
        return [(b"ratelimit-policy", self._policy), (b"ratelimit", told)]


def refusal(standing: Standing) -> TooMany:
    """429 with the time to wait."""
    return TooMany(
        f"You may ask again in {standing.seconds} seconds.",
        headers={"Retry-After": str(standing.seconds)},
    )
