"""Calendars over HTTP, as calendar programs ask for them, which cannot sign in."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import Path, Response

from services.contracts.shared.base import Language
from services.kit.languages import told_in

_MEDIA = "text/calendar"
_EXAMPLE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Planraum//Planraum//DE\r\nEND:VCALENDAR\r\n"
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {_MEDIA: {"schema": {"type": "string"}, "example": _EXAMPLE}}}
}
"""For `responses=` of an operation that answers with a calendar."""
Token = Annotated[
    str, Path(min_length=20, max_length=80, description="The secret part of the address.")
]
SECRET: Mapping[str, str] = MappingProxyType({"Cache-Control": "private, no-store"})
"""Headers of what stands at a secret address."""
TOLD_ONCE: Mapping[str, str] = MappingProxyType({"Cache-Control": "no-store"})
"""Headers of the answer that tells a secret address: it is not kept for who repeats the request."""


def answered(
    content: bytes, language: Language, more: Mapping[str, str] = MappingProxyType({})
) -> Response:
    """The calendar as an answer, with these headers besides."""
    return Response(content, 200, {**more, **told_in(language)}, f"{_MEDIA}; charset=utf-8")
