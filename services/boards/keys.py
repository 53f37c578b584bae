"""Keys that say nothing about whom they name."""

import secrets
from base64 import b32encode


def opaque(prefix: str) -> str:
    """A random key such as `p-k4x2m7qa3z`: 50 bits."""
    return f"{prefix}-{b32encode(secrets.token_bytes(7)).decode().lower()[:10]}"
