"""What a file is, told from its bytes, and what is refused."""

import zipfile
from io import BytesIO

import pytest

from services.kit.contents.rules import check_declared, media_type, policy, recognise
from services.kit.problems import Invalid, UnsupportedMedia
from tests.support.documents import (
    CSV,
    HTML,
    JPEG,
    LOCKED_PDF,
    PDF,
    SVG,
    TEXT,
    office,
    open_document,
    png,
)

ODT = "application/vnd.oasis.opendocument.text"
OFFICE = "application/vnd.openxmlformats-officedocument"


MEGABYTE = 1024 * 1024


def archive(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, b"x")
    return file.getvalue()


def claiming(content: bytes, compressed: int, unpacked: int) -> bytes:
    """An archive whose index says that its first part is so large."""
    place = content.find(b"PK\x01\x02") + 20
    sizes = compressed.to_bytes(4, "little") + unpacked.to_bytes(4, "little")
    return content[:place] + sizes + content[place + 8 :]


def with_a_long_end(content: bytes) -> bytes:
    """An archive that says that it has the index of a very large one."""
    end = content.rfind(b"PK\x05\x06")
    return content[:end] + b"PK\x06\x07" + bytes(16) + content[end:]


def kind(content: bytes, name: str, declared: str = "") -> str:
    return media_type(recognise(BytesIO(content)), declared, name)


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (PDF, "a.pdf", "application/pdf"),
        (PDF, "A.PDF", "application/pdf"),
        (JPEG, "a.jpeg", "image/jpeg"),
        (png(), "a.png", "image/png"),
        (SVG, "a.svg", "image/svg+xml"),
        (b"<!DOCTYPE svg PUBLIC>\n<svg/>", "a.svg", "image/svg+xml"),
        (TEXT, "a.txt", "text/plain"),
        (CSV, "a.csv", "text/csv"),
        (b"\xef\xbb\xbf" + CSV, "a.csv", "text/csv"),
        (HTML, "a.html", "text/html"),
        (b"<!-- x --> <!-- y -->\n<html lang='de'>", "a.htm", "text/html"),
        (open_document(), "a.odt", ODT),
        (open_document("spreadsheet"), "a.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        (office("word"), "a.docx", f"{OFFICE}.wordprocessingml.document"),
        (office("xl"), "a.xlsx", f"{OFFICE}.spreadsheetml.sheet"),
        (office("ppt"), "a.pptx", f"{OFFICE}.presentationml.presentation"),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, name: str, expected: str) -> None:
    assert kind(content, name) == expected
    assert kind(content, name, f"{expected}; charset=utf-8") == expected
    assert kind(content, name, "application/octet-stream") == expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (LOCKED_PDF, "encrypted"),
        (PDF[:-8], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "kind"),
        (b"MZ\x90\x00", "kind"),
        (b"\x7fELF\x02", "kind"),
        (b"\x00\x01\x02", "kind"),
        ("Überschrift".encode("utf-16"), "kind"),
        (b"a\x0bb", "kind"),
        (b"a\x7fb", "kind"),
        *((bytes((104, sign)), "encoding") for sign in b"\x81\x8d\x8f\x90\x9d"),
        (PDF.replace(b"/Root", b"/Encrypt<</Filter/Standard>>/Root"), "encrypted"),
        (png().replace(b"IHDR", b"IDAT"), "bomb"),
        (png(20_001, 1), "bomb"),
        (b"\xef\xbb\xbfJena \xff", "encoding"),
        (b"<svg>" + b"<!ENTITY a 'b'></svg>", "bomb"),
        (png(30_000, 1), "bomb"),
        (png(0, 5), "bomb"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (office("word")[:-30], "damaged"),
        (office("word", **{"word/vbaProject.bin": b"x"}), "macros"),
        (office("word", **{"word/VBAPROJECT.BIN": b"x"}), "macros"),
        (open_document(**{"Basic/script": b"x"}), "macros"),
        (open_document(**{"Scripts/python/a.py": b"x"}), "macros"),
        (open_document(manifest=b"<manifest><encryption-data/></manifest>"), "encrypted"),
        (office("word", **{"word/x": bytes(80 * 1024 * 1024)}), "bomb"),
        (office("folder"), "archive"),
        (archive("word/document.xml"), "archive"),
        (open_document().replace(b"content.xml", b"another.xml"), "archive"),
        (claiming(office("word"), 64 * MEGABYTE, 1025 * MEGABYTE), "bomb"),
        (claiming(office("word"), MEGABYTE, 102 * MEGABYTE), "bomb"),
        (with_a_long_end(office("word")), "damaged"),
    ],
)
def test_what_cannot_be_kept_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        recognise(BytesIO(content))
    assert [fault.code for fault in refused.value.faults] == [code]


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        (b"\xd0\xcf\x11\xe0", "an old or an encrypted Office document"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"7z\xbc\xaf\x27\x1c", "an archive"),
        (b"Rar!\x1a\x07", "an archive"),
        (b"\x7fELF", "a program"),
        (b"\xff\xfeJ\x00", "text in UTF-16; save it as UTF-8"),
        (b"\xfe\xff\x00J", "text in UTF-16; save it as UTF-8"),
    ],
)
def test_who_sends_what_is_not_taken_is_told_what_it_is(begin: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=f"This is {said}"):
        recognise(BytesIO(begin))


def test_what_is_large_and_no_more_is_kept() -> None:
    file = BytesIO(png(20_000, 20_000))
    file.read()
    assert recognise(file).types == ("image/png",)
    for sizes in ((11, 1023), (1, 100)):
        large = claiming(office("word"), *(size * MEGABYTE for size in sizes))
        assert len(recognise(BytesIO(large)).types) == 1


def test_a_text_is_one_however_it_begins_and_wherever_it_is_torn() -> None:
    assert kind(b"MZ 2022;Wert\nLobeda;3\n", "a.csv") == "text/csv"
    assert kind(b"Rar! Ein Fest.\x0c", "a.txt") == "text/plain"
    assert recognise(BytesIO("Straß".encode()[:-1])).charset == "windows-1252"
    umlauts = recognise(BytesIO("ä".encode() * 200_001)).text
    assert umlauts == "ä" * 200_000
    end = b"%PDF-1.7".ljust(1024 * 1024 - 2) + b"%%EOF"
    assert recognise(BytesIO(end)).types == ("application/pdf",)


@pytest.mark.parametrize(
    ("content", "name", "declared", "expected"),
    [
        (CSV, "a.csv", "application/vnd.ms-excel", "text/csv"),
        (CSV, "a.csv", "application/csv", "text/csv"),
        (CSV, "a.csv", "text/plain", "text/csv"),
        (CSV, "a.txt", "Text/CSV ; charset=utf-8", "text/plain"),
        (JPEG, "a.jpg", "image/jpg", "image/jpeg"),
        (PDF, "a.pdf", "application/x-pdf", "application/pdf"),
        (PDF, "a.pdf", " ; charset=binary", "application/pdf"),
    ],
)
def test_what_programs_call_it_is_understood(
    content: bytes, name: str, declared: str, expected: str
) -> None:
    check_declared(declared)
    assert kind(content, name, declared) == expected


def test_an_archive_with_a_password_is_refused() -> None:
    locked = bytearray(office("word"))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(sign)
        locked[place + at] |= 1
    with pytest.raises(Invalid, match="password"):
        recognise(BytesIO(bytes(locked)))


def test_an_index_too_large_to_be_one_is_not_read() -> None:
    content = bytearray(office("word"))
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 16] = (64 * 1024 * 1024).to_bytes(4, "little")
    with pytest.raises(Invalid, match="damaged"):
        recognise(BytesIO(bytes(content)))


@pytest.mark.parametrize(
    ("content", "name", "declared", "place"),
    [
        (PDF, "a.docx", "", "file_name"),
        (PDF, "a.pdf.exe", "", "file_name"),
        (PDF, "a", "", "file_name"),
        (HTML, "a.txt", "", "file_name"),
        (TEXT, "a.html", "", "file_name"),
        (open_document(), "a.docx", "", "file_name"),
        (PDF, "a.pdf", "image/png", "Content-Type"),
        (HTML, "a.html", "text/plain", "Content-Type"),
        (TEXT, "a.txt", "text/html", "Content-Type"),
        (SVG, "a.svg", "image/png", "Content-Type"),
    ],
)
def test_a_name_or_a_type_that_lies_is_refused(
    content: bytes, name: str, declared: str, place: str
) -> None:
    with pytest.raises(Invalid) as refused:
        kind(content, name, declared)
    fault = refused.value.faults[0]
    assert place in (fault.parameter, fault.header)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (PDF.replace(b"%%EOF", HTML + b"%%EOF"), ("a.html", "a.htm", "a.txt")),
        (PDF.replace(b"%%EOF", office("word") + b"%%EOF"), ("a.docx", "a.odt")),
        (JPEG[:-2] + HTML + b"\xff\xd9", ("a.html", "a.svg")),
        (office("word") + PDF, ("a.pdf",)),
        (office("word", **{"a.html": HTML}), ("a.html", "a.xlsx")),
        (HTML + SVG, ("a.svg", "a.txt")),
    ],
)
def test_what_is_two_kinds_at_once_is_the_one_of_its_first_sign(
    content: bytes, names: tuple[str, ...]
) -> None:
    """It cannot come in as one kind and be opened as the other: its name tells which one it is."""
    found = recognise(BytesIO(content))
    for name in names:
        with pytest.raises(Invalid, match="name says something else"):
            media_type(found, "", name)


def test_a_program_behind_a_picture_or_an_archive_in_front_is_refused() -> None:
    for content in (b"x" + office("word"), b"\x00" + PDF, b"GIF89a" + HTML + b"\x00"):
        with pytest.raises(Invalid):
            recognise(BytesIO(content))


def test_a_text_of_an_old_program_is_read_with_its_own_signs() -> None:
    found = recognise(BytesIO("Größe – groß".encode("cp1252")))
    assert (found.charset, found.text) == ("windows-1252", "Größe – groß")
    assert recognise(BytesIO(b"\xef\xbb\xbf" + TEXT)).text == TEXT.decode()


def test_signs_are_not_torn_where_two_parts_meet() -> None:
    content = b"a" * (1024 * 1024 - 1) + "ä".encode() + b"b"
    assert recognise(BytesIO(content)).charset == "utf-8"
    split = PDF[:-7] + b" " * (1024 * 1024) + b"%%EOF"
    locked = split.replace(b" " * 20, b"/Encrypt 9 0 R      ", 1)
    assert recognise(BytesIO(split)).types == ("application/pdf",)
    edge = b"%PDF-1.7" + b" " * (1024 * 1024 - 13) + b"/Encrypt 12 0 R\n%%EOF"
    for content in (locked, edge):
        with pytest.raises(Invalid, match="encrypted"):
            recognise(BytesIO(content))


def test_thousands_of_comments_are_read_in_no_time() -> None:
    assert recognise(BytesIO(b"<!--a-->" * 500 + b"x")).types == ("text/plain", "text/csv")


@pytest.mark.parametrize("declared", ["multipart/form-data; boundary=x", "application/json", "x/y"])
def test_a_form_is_no_file(declared: str) -> None:
    with pytest.raises(UnsupportedMedia):
        check_declared(declared)


def test_what_could_run_programs_is_shown_in_a_room_of_its_own() -> None:
    for kind_ in ("text/html", "image/svg+xml", "text/plain", "image/png"):
        assert "sandbox" in policy(kind_).split("; ")
        assert "default-src 'none'" in policy(kind_)
        assert "script-src" not in policy(kind_)
    for kind_ in ("text/html", "image/svg+xml"):  # they bring their own looks
        assert "style-src 'unsafe-inline'" in policy(kind_).split("; ")
    assert "sandbox" not in policy("application/pdf")  # viewers do not work in it
    assert "default-src 'none'" in policy("application/pdf")


def test_a_lying_size_is_never_unpacked() -> None:
    """The manifest of an OpenDocument is read, but never more of it than an index may have."""
    content = open_document(manifest=b" " * (60 * 1024 * 1024))
    assert zipfile.ZipFile(BytesIO(content)).getinfo("META-INF/manifest.xml").file_size > 5e7
    assert recognise(BytesIO(content)).types == (ODT,)
