"""Keys that say nothing about whom they name."""

import re
import secrets
from base64 import b32encode


def opaque(prefix: str) -> str:
    """A random key such as `p-k4x2m7qa3z`: 50 bits."""
    return f"{prefix}-{b32encode(secrets.token_bytes(7)).decode().lower()[:10]}"


def is_opaque(key: str, prefix: str) -> bool:
    """Does the key look like one that `opaque` made?"""
    return re.fullmatch(rf"{prefix}-[a-z2-7]{{10}}", key) is not None
