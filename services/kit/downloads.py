"""Answering with bytes: names to save them under (RFC 6266), and parts of them (RFC 9110)."""

import re
import unicodedata
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Literal, NamedTuple
from urllib.parse import quote

from starlette.requests import Request

from services.kit import conditional
from services.kit.problems import OutOfRange

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
)
_UNSAFE = re.compile(r'[^\x20-\x7e]|["\\%]')
_AS_IT_IS = "!#$&+-.^_`|~"
"""What may stand in filename* as it is, beside letters and digits."""


class Span(NamedTuple):
    """Bytes that are wanted: the first, and how many."""

    first: int
    length: int


def disposition(kind: Literal["inline", "attachment"], file_name: str) -> str:
    """Content-Disposition: the name as it is, and in plain letters for old programs."""
    plain = unicodedata.normalize("NFKD", file_name.translate(_SPELT))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = _UNSAFE.sub("_", plain)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe=_AS_IT_IS)}"


def http_date(moment: datetime) -> str:
    """As headers have it; whole seconds."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def is_known(request: Request, etag: str, changed_at: datetime) -> bool:
    """Whether the caller has this state already: by its ETag, else by its age."""
    named = request.headers.get("if-none-match")
    if named is not None:
        return conditional.matches(named, etag)
    since = _moment(request.headers.get("if-modified-since"))
    return since is not None and changed_at.replace(microsecond=0) <= since


def span(request: Request, size: int, etag: str, changed_at: datetime) -> Span | None:
    """The one part that is asked for; None for everything.

    Several parts at once, or a part of another state, give everything. Refuses (416) bytes past
    the end.
    """
    found = _RANGE.fullmatch(request.headers.get("range", "").replace(" ", ""))
    if found is None or not any(found.groups()):
        return None
    if request.headers.get("if-range", etag) not in (etag, http_date(changed_at)):
        return None
    first, last = found.groups()
    if not first:
        begin, end = max(0, size - int(last)), size - 1
    else:
        begin, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < begin:
            return None
    if begin >= size or end < begin:
        detail = f"The file has {size} bytes."
        raise OutOfRange(detail, headers={"Content-Range": f"bytes */{size}"})
    return Span(begin, end - begin + 1)


def _moment(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
