"""Identifiers that sort by time (UUIDv7, RFC 9562)."""

import os
import time
from random import getrandbits
from uuid import UUID


def uuid7() -> UUID:
    """A new UUIDv7: 48 bits of milliseconds, 74 random bits."""
    return UUID(int=_uuid7(int.from_bytes(os.urandom(10), "big")))


def uuid7_text() -> str:
    """A new UUIDv7 as it is written, for what need not be hard to guess: asked on every request."""
    digits = f"{_uuid7(getrandbits(80)):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _uuid7(random: int) -> int:
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    return value & ~(0x3 << 62) | 0x2 << 62
