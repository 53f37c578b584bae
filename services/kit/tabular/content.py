"""The bytes of a file: outside of their archive, measured, never held as a whole."""

import re
import zipfile
import zlib
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, cast

from services.kit.tabular.limits import FileRefused, Limits

PART = 256 * 1024
ARCHIVE = b"PK\x03\x04"
_OTHER = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old or an encrypted Office document (xls, doc)"),
    (ARCHIVE, "an archive within an archive"),
    (b"PK\x05\x06", "an empty archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"BZh", "a bzip2 archive"),
    (b"SQLite format 3", "a database file"),
    (b"PAR1", "a Parquet file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)


class Content(NamedTuple):
    """A file that can be read again and again, as `entry` of an archive or as it is."""

    path: Path
    entry: str | None
    container: Literal["", "zip", "xlsx"]
    most: int

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Its bytes as a stream."""
        if self.entry is None:
            with self.path.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(self.path) as archive, archive.open(self.entry) as entry:
            yield cast("BinaryIO", entry)

    def parts(self) -> Iterator[bytes]:
        """Its bytes piece by piece; refused when there are more than `most`."""
        size = 0
        try:
            with self.open() as file:
                while part := file.read(PART):
                    size += len(part)
                    if size > self.most:
                        raise FileRefused("too_large", f"It unpacks to more than {self.most} bytes")
                    yield part
        except _BROKEN_ARCHIVE as problem:
            raise FileRefused("archive", "The zip archive is damaged.") from problem


def content_of(path: Path, limits: Limits) -> Content:
    """The content of a file, taken out of its zip archive where it is in one.

    Refused with FileRefused: empty, too large, binary or damaged content, and archives that hold
    anything but one file, are encrypted, or unpack to more than `limits` allow.
    """
    size = path.stat().st_size
    if size > limits.size:
        raise FileRefused("too_large", f"The file is larger than {limits.size} bytes.")
    content = Content(path, None, "", limits.size)
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith((ARCHIVE, b"PK\x05\x06")):
        content = _unpacked(path, size, limits)
        if content.container == "xlsx":
            return content
        try:
            with content.open() as file:
                start = file.read(16)
        except _BROKEN_ARCHIVE as problem:
            raise FileRefused("archive", "The zip archive is damaged.") from problem
    for sign, name in _OTHER:
        if start.startswith(sign):
            raise FileRefused("not_text", f"This is {name}; {limits.accepted}.")
    return content


def _unpacked(path: Path, size: int, limits: Limits) -> Content:
    # The declared sizes may lie, so no more is read than may be there.
    most = min(limits.unpacked, limits.ratio * size)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except _BROKEN_ARCHIVE as problem:
        raise FileRefused("archive", "The zip archive is damaged.") from problem
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused("archive", "The archive is encrypted.")
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        return Content(path, None, "xlsx", most)
    if len(entries) != 1 or entries[0].is_dir():
        raise FileRefused(
            "archive", f"The archive holds {len(entries)} entries instead of one file."
        )
    return Content(path, entries[0].filename, "zip", most)


class Text(NamedTuple):
    """A text that was looked through: its encoding, and whether its last line has an end."""

    content: Content
    encoding: str
    ended: bool

    def head(self, size: int = 64 * 1024) -> str:
        """Its first characters."""
        with self.content.open() as file:
            return file.read(size).decode(self.encoding, "ignore")


_FINE = bytes(code for code in range(256) if (code >= 32 and code != 127) or code in (9, 10, 13))
# No German text in Windows-1252 holds Ã, Â or â€ before such a sign: it is UTF-8 with a damage.
DAMAGED_UTF8 = re.compile(rb"[\xc2\xc3][\x80-\xbf]|(?:\xe2[\x80-\x84]|\xed[\xa0-\xbf])[\x80-\xbf]")
_NOT_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def text_of(content: Content, limits: Limits) -> Text:
    """Look through a text: its encoding, its signs, the length of its lines.

    Refused with FileRefused: binary data, a line without an end, and text that is neither UTF-8
    nor Windows-1252 (which holds everything of Latin-1 that is written).
    """
    decoder = getincrementaldecoder("utf-8")()
    lines, run, start, last = 0, 0, b"", b""
    at: int | None = None
    read = 0
    for part in content.parts():
        start = start or part[:3]
        if part.translate(None, _FINE):
            raise FileRefused("not_text", f"The file holds binary data; {limits.accepted}.")
        ends = max(part.rfind(b"\n"), part.rfind(b"\r"))
        run = run + len(part) if ends < 0 else len(part) - ends - 1
        if run > limits.line:
            raise FileRefused(
                "line_too_long", f"Line {lines + 1} has more than {limits.line} bytes."
            )
        if at is None:
            try:
                decoder.decode(part)
            except UnicodeDecodeError as problem:
                at = read + problem.start
        lines += part.count(b"\n")
        read += len(part)
        last = part[-1:]
    if not read or (read < 1000 and not _is_something(content)):
        raise FileRefused("empty", f"The file is empty; {limits.accepted}.")
    if at is None:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            at = read
    ended = last in (b"\n", b"\r")
    if at is None:
        return Text(content, "utf-8-sig" if start == b"\xef\xbb\xbf" else "utf-8", ended)
    if start == b"\xef\xbb\xbf":
        raise FileRefused("encoding", f"The UTF-8 text is damaged near byte {at}.")
    _check_1252(content, at)
    return Text(content, "cp1252", ended)


def _is_something(content: Content) -> bool:
    return any(part.strip(b" \t\r\n\xef\xbb\xbf") for part in content.parts())


def _check_1252(content: Content, at: int) -> None:
    before, read = b"", 0
    for part in content.parts():
        if DAMAGED_UTF8.search(before + part):
            raise FileRefused("encoding", f"The UTF-8 text is damaged near byte {at}.")
        foreign = _NOT_IN_1252.search(part)
        if foreign:
            unreadable = read + foreign.start()
            raise FileRefused(
                "encoding", f"Neither UTF-8 nor Windows-1252 (unreadable at byte {unreadable})."
            )
        before, read = part[-2:], read + len(part)
    if before.endswith((b"\xc2", b"\xc3", b"\xe2\x80", b"\xe2\x82")):
        raise FileRefused("encoding", f"The UTF-8 text is damaged near byte {at}.")
