"""How the body of an operation is described that takes a file.

openapi_extra=taking({"text/csv": as_text("key;name\r\n"), "application/zip": as_bytes()})
"""

from collections.abc import Mapping
from typing import Any


def taking(contents: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """For `openapi_extra=`: one of these media types, and not without a body."""
    return {"requestBody": {"required": True, "content": dict(contents)}}


def as_text(example: str) -> dict[str, Any]:
    """A file of text."""
    return {"schema": {"type": "string"}, "example": example}


def as_bytes() -> dict[str, Any]:
    """A file that is not read as text."""
    return {"schema": {"type": "string", "format": "binary"}}
