"""Office documents are archives: looked at from outside, never unpacked."""

import re
import zipfile
from typing import BinaryIO

from services.kit.problems import Invalid

SIGN = b"PK\x03\x04"
_END, _LONG_END = b"PK\x05\x06", b"PK\x06\x07"
_TAIL = 65_557
"""Bytes in which the end of an archive may stand: its record and the longest comment."""
_MOST_INDEX = 4 * 1024 * 1024
_MOST_UNPACKED, _MOST_TIMES, _FREE = 1024**3, 100, 64 * 1024 * 1024
_PARTS = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_DOCUMENT = re.compile(
    rb"PK\x03\x04.{22}\x08\x00.{2}mimetype"
    rb"(application/vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation))PK",
    re.DOTALL,
)
_MACROS = re.compile(r"(^|/)vbaProject\.bin$|^(Basic|Scripts)/", re.IGNORECASE)
_LOCKED = b"encryption-data"


def media_type(file: BinaryIO, head: bytes) -> str:
    """Which office document the archive is.

    Refused: other archives, damaged or encrypted ones, macros, and what unpacks to more than a
    reader can bear.
    """
    try:
        entries = _entries(file)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise Invalid("The document is damaged.", pointer="", code="damaged") from None
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries) or _is_locked(file, names):
        raise Invalid("The document needs a password.", pointer="", code="encrypted")
    if any(_MACROS.search(name) for name in names):
        raise Invalid("The document holds macros.", pointer="", code="macros")
    size = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > min(_MOST_UNPACKED, max(_FREE, _MOST_TIMES * size)):
        raise Invalid("The document unpacks to far too much.", pointer="", code="bomb")
    open_document = _OPEN_DOCUMENT.match(head)
    if open_document and "content.xml" in names:
        return open_document[1].decode()
    if "[Content_Types].xml" in names:
        for part, kind in _PARTS.items():
            if any(name.startswith(part) for name in names):
                return kind
    raise Invalid("This is an archive; send the documents in it.", pointer="", code="archive")


def _entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """What the index of the archive names. An index too large to be one is not read at all."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise ValueError("no end")
    index = int.from_bytes(tail[end + 12 : end + 16], "little")
    if index > _MOST_INDEX or tail[max(0, end - 20) : end].startswith(_LONG_END):
        raise ValueError("no office document has so many parts")
    with zipfile.ZipFile(file) as archive:
        return archive.infolist()


def _is_locked(file: BinaryIO, names: list[str]) -> bool:
    """An OpenDocument says in its manifest which parts are encrypted."""
    name = "META-INF/manifest.xml"
    if name not in names:
        return False
    try:
        with zipfile.ZipFile(file) as archive, archive.open(name) as manifest:
            return _LOCKED in manifest.read(_MOST_INDEX)
    except Exception:
        raise Invalid("The document is damaged.", pointer="", code="damaged") from None
