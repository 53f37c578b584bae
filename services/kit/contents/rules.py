"""What a file is, told from its bytes: pure functions."""

import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from services.contracts.shared.problems import Fault
from services.kit.contents import archives
from services.kit.problems import Conflict, Gone, Invalid, UnsupportedMedia

PART = 1024 * 1024
"""Bytes of a part: no file is ever in memory as a whole."""
_OASIS = "application/vnd.oasis.opendocument."
_OFFICE = "application/vnd.openxmlformats-officedocument."
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    f"{_OASIS}text": (".odt",),
    f"{_OASIS}spreadsheet": (".ods",),
    f"{_OASIS}presentation": (".odp",),
    f"{_OFFICE}wordprocessingml.document": (".docx",),
    f"{_OFFICE}spreadsheetml.sheet": (".xlsx",),
    f"{_OFFICE}presentationml.presentation": (".pptx",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/svg+xml": (".svg",),
    "text/plain": (".txt",),
    "text/csv": (".csv",),
    "text/html": (".html", ".htm"),
}
"""What is taken, and how the names of such files end; the first is the usual one."""
ANYTHING = "application/octet-stream"
_ALSO = {
    "application/csv": "text/csv",
    "application/vnd.ms-excel": "text/csv",  # what browsers say of CSV where Excel is installed
    "application/x-pdf": "application/pdf",
    "image/jpg": "image/jpeg",
}
_LINE = 4096
# Signs that no text has: one may well begin with MZ, for Mikrozensus.
_NOT_TAKEN = (
    (b"\xd0\xcf\x11\xe0", "an old or an encrypted Office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!\x1a", "an archive"),
    (b"\x7fELF", "a program"),
    (b"\xff\xfe", "text in UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "text in UTF-16; save it as UTF-8"),
)
_FINE = bytes((9, 10, 12, 13, *range(32, 127), *range(128, 256)))
_NOT_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_LOCKED_PDF = re.compile(rb"/Encrypt\s*(?:\d{1,10}\s+\d{1,5}\s+R|<<)")
_LARGEST_SIDE = 20_000
_MOST_TEXT = 200_000


class Recognised(NamedTuple):
    """What a content can be: several for a text, which only its name tells apart."""

    types: tuple[str, ...]
    charset: str | None = None
    text: str | None = None


def recognise(file: BinaryIO) -> Recognised:
    """What the content is, by its own signs.

    Refused (422): an empty file, a kind that is not taken, a damaged or encrypted document, macros,
    and pictures or archives that unpack to far too much.
    """
    file.seek(0)
    head = file.read(_LINE)
    if not head.strip():
        raise _refused("The file is empty.", "empty")
    if head.startswith(b"%PDF-"):
        return _pdf(file)
    if head.startswith(archives.SIGN):
        return Recognised((archives.media_type(file, head),))
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(head)
    if head.startswith(b"\xff\xd8\xff"):
        return Recognised(("image/jpeg",))
    for sign, name in _NOT_TAKEN:
        if head.startswith(sign):
            raise _refused(f"This is {name}.", "kind")
    return _text(file, head)


def media_type(found: Recognised, declared: str, file_name: str) -> str:
    """The one type that content, declaration and name agree on; refuses contradictions (422)."""
    ending = PurePath(file_name).suffix.lower()
    fitting = [kind for kind in found.types if ending in ENDINGS[kind]]
    if not fitting:
        wanted = " or ".join(end for kind in found.types for end in ENDINGS[kind])
        detail = f"By its content the name of this file ends in {wanted}."
        fault = Fault(parameter="file_name", code="ending", detail=detail)
        raise Invalid("The name says something else than the content.", faults=[fault])
    kind = _plain(declared)
    if kind not in (ANYTHING, fitting[0]) and kind not in found.types:
        detail = f"By its content this is {fitting[0]}."
        fault = Fault(header="Content-Type", code="declared", detail=detail)
        raise Invalid("Content-Type says something else than the content.", faults=[fault])
    return fitting[0]


def check_declared(declared: str) -> None:
    """Refuse (415) what is no file at all, such as a form, before its body is taken."""
    if _plain(declared) not in (ANYTHING, *ENDINGS):
        raise UnsupportedMedia(f"Send the file itself as the body, as {', '.join(ENDINGS)}.")


def _plain(declared: str) -> str:
    kind = declared.partition(";")[0].strip().lower() or ANYTHING
    return _ALSO.get(kind, kind)


def _refused(detail: str, code: str) -> Invalid:
    return Invalid(detail, pointer="", code=code)


def _parts(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while part := file.read(PART):
        yield part


def _pdf(file: BinaryIO) -> Recognised:
    before = b""
    for part in _parts(file):
        # What is protected cannot be read aloud, and who opens it must know a password.
        if _LOCKED_PDF.search(before + part):
            raise _refused("The document is encrypted; save it without protection.", "encrypted")
        before = (before + part)[-_LINE:]
    if b"%%EOF" not in before:
        raise _refused("The end of the document is missing.", "damaged")
    return Recognised(("application/pdf",))


def _png(head: bytes) -> Recognised:
    width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if head[12:16] != b"IHDR" or not 0 < min(width, height) <= max(width, height) <= _LARGEST_SIDE:
        raise _refused(f"A picture has {_LARGEST_SIDE} points a side at most.", "bomb")
    return Recognised(("image/png",))


def _text(file: BinaryIO, head: bytes) -> Recognised:
    decoder, utf8, others = getincrementaldecoder("utf-8")(), True, True
    for part in _parts(file):
        if part.translate(None, _FINE):
            raise _refused(f"Not recognised; taken are {', '.join(ENDINGS)}.", "kind")
        if utf8:
            try:
                decoder.decode(part)
            except UnicodeDecodeError:
                utf8 = False
        others = others and not _NOT_IN_1252.search(part)
    if utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8 = False
    if not utf8 and (not others or head.startswith(BOM_UTF8)):
        raise _refused("The text is neither UTF-8 nor Windows-1252.", "encoding")
    charset = "utf-8" if utf8 else "windows-1252"
    root = _root(head.removeprefix(BOM_UTF8).decode("latin-1").lower())
    if root in ("!doctype html", "html"):
        return Recognised(("text/html",), charset)
    if root in ("!doctype svg", "svg"):
        if b"<!ENTITY" in head:  # they can stand before the first element only
            raise _refused("A picture defines no entities.", "bomb")
        return Recognised(("image/svg+xml",), charset)
    file.seek(0)
    # Four bytes are the most that a character has.
    start = file.read(4 * _MOST_TEXT).decode("utf-8-sig" if utf8 else "cp1252", "ignore")
    return Recognised(("text/plain", "text/csv"), charset, start[:_MOST_TEXT])


def _root(text: str) -> str:
    """What the first element or document type is, past declarations and comments."""
    while True:
        text = text.lstrip()
        for begin, end in (("<?", "?>"), ("<!--", "-->")):
            if text.startswith(begin):
                _, _, text = text.partition(end)
                break
        else:
            break
    found = re.match(r"<(!doctype\s+(?:html|svg)|html|svg)(?=[\s>/])", text)
    return " ".join(found[1].split()) if found else ""


_ACTIVE = ("text/html", "image/svg+xml")
_NOTHING = "default-src 'none'; frame-ancestors 'none'"


def policy(media_type: str) -> str:
    """What a browser may let a content do: nothing, in a room of its own (Content-Security-Policy).

    The viewers that browsers have for PDF do not work in that room; they run no page's scripts.
    """
    if media_type == "application/pdf":
        return f"{_NOTHING}; object-src 'self'; style-src 'unsafe-inline'"
    if media_type in _ACTIVE:
        return f"sandbox; {_NOTHING}; style-src 'unsafe-inline'; img-src data:"
    return f"sandbox; {_NOTHING}"


def check_there(key: str, withdrawn: bool) -> None:
    """Refuse (410) the content of a file that was withdrawn."""
    if withdrawn:
        raise Gone(f"{key} was withdrawn; its content is gone.")


def check_not_twice(key: str, withdrawn: bool) -> None:
    """Refuse (409) to withdraw what is withdrawn."""
    if withdrawn:
        raise Conflict(f"{key} was withdrawn already.", code="withdrawn")
