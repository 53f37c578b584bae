"""Identifiers that sort by time (UUIDv7, RFC 9562)."""

import os
import time
from functools import lru_cache
from itertools import count
from random import getrandbits
from uuid import UUID


def uuid7() -> UUID:
    """A new UUIDv7: 48 bits of milliseconds, 74 random bits."""
    return UUID(int=_uuid7(int.from_bytes(os.urandom(10), "big")))


_COUNT = count(getrandbits(46))


@lru_cache(maxsize=1)
def _beginning(milliseconds: int) -> str:
    stamp, random = f"{milliseconds:012x}", f"{getrandbits(24):06x}"
    return f"{stamp[:8]}-{stamp[8:]}-7{random[:3]}-8{random[3:6]}-"


def uuid7_text() -> str:
    """A new UUIDv7 as it is written, for what need not be hard to guess: asked on every request.

    Within a process they differ by a counter (RFC 9562, 6.2), between processes also by 24 random
    bits for each millisecond.
    """
    return f"{_beginning(time.time_ns() // 1_000_000)}{next(_COUNT):012x}"


def _uuid7(random: int) -> int:
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    return value & ~(0x3 << 62) | 0x2 << 62
