"""From delivered bytes to text: archives, encodings, and everything that is not a text."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from services.indicators.deliveries.formats.table import FileRefused


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a delivery may be: bytes after unpacking, packing ratio, rows, columns."""

    size: int = 64 * 1024 * 1024
    ratio: int = 200
    rows: int = 500_000
    columns: int = 100
    issues: int = 200


class Text(NamedTuple):
    """The text of a file and the encoding it was read with."""

    text: str
    encoding: str


_OTHER = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (xls, doc)"),
    (b"PK\x03\x04", "an archive within an archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# No German text in Windows-1252 holds an Ã followed by such a sign: it is UTF-8 with a damage.
_DAMAGED_UTF8 = re.compile(rb"\xc3[\x80-\xbf]")
_ACCEPTED = "accepted are ffcsv and tidy CSV, plain or as a zip archive of one such file"


def text_of(data: bytes, limits: Limits) -> Text:
    """The text in `data`, taken out of its zip archive where it is in one.

    Refused with FileRefused: empty, too large, binary or damaged content, and archives that hold
    anything but one file, are encrypted, or unpack to more than `limits` allow.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        data = _unpacked(data, limits)
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise FileRefused("empty", f"The file is empty; {_ACCEPTED}.")
    if len(data) > limits.size:
        raise FileRefused("too_large", f"The file is larger than {limits.size} bytes.")
    for start, name in _OTHER:
        if data.startswith(start):
            raise FileRefused("not_text", f"This is {name}; {_ACCEPTED}.")
    text = _decoded(data)
    if _CONTROL.search(text.text):
        raise FileRefused("not_text", f"The file holds binary data; {_ACCEPTED}.")
    return text


def _decoded(data: bytes) -> Text:
    try:
        return Text(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError as problem:
        at = problem.start
    if data.startswith(b"\xef\xbb\xbf") or _DAMAGED_UTF8.search(data):
        raise FileRefused("encoding", f"The UTF-8 text is damaged at byte {at}.")
    try:
        return Text(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        raise FileRefused(
            "encoding", f"Neither UTF-8 nor Windows-1252 (unreadable at byte {at})."
        ) from None


def _unpacked(data: bytes, limits: Limits) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(entry.filename == "[Content_Types].xml" for entry in entries):
                raise FileRefused("not_text", f"This is an Office document (xlsx); {_ACCEPTED}.")
            if len(entries) != 1 or entries[0].is_dir():
                raise FileRefused(
                    "archive", f"The archive holds {len(entries)} entries instead of one file."
                )
            if entries[0].flag_bits & 1:
                raise FileRefused("archive", "The archive is encrypted.")
            # The declared size may lie, so no more is read than may be there.
            most = min(limits.size, limits.ratio * len(data))
            with archive.open(entries[0]) as file:
                unpacked = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as problem:
        raise FileRefused("archive", "The zip archive is damaged.") from problem
    if len(unpacked) > most:
        raise FileRefused("too_large", f"The archive unpacks to more than {most} bytes.")
    return unpacked
