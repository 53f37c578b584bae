"""Small documents of every kind, as programs write them."""

import struct
import zipfile
import zlib
from io import BytesIO

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LOCKED_PDF = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 9 0 R")
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20) + b"\xff\xd9"
TEXT = "Niederschrift über die Sitzung\n".encode()
CSV = "Gebiet;Wert\nLobeda-West;12\nWöllnitz;3\n".encode()
HTML = b"<!doctype html>\n<title>Niederschrift</title><script>alert(1)</script>\n"
SVG = b'<?xml version="1.0"?>\n<!-- a logo -->\n<svg xmlns="http://www.w3.org/2000/svg"/>\n'


def png(width: int = 1, height: int = 1) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\x00\xff"))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def open_document(kind: str = "text", manifest: bytes = b"<manifest/>", **more: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        mime = f"application/vnd.oasis.opendocument.{kind}"
        made.writestr("mimetype", mime, compress_type=zipfile.ZIP_STORED)
        made.writestr("META-INF/manifest.xml", manifest)
        made.writestr("content.xml", b"<office/>")
        for name, body in more.items():
            made.writestr(name, body)
    return file.getvalue()


def office(part: str, **more: bytes) -> bytes:
    """A Word, Excel or PowerPoint document, as far as its index tells."""
    parts = {"[Content_Types].xml": b"<Types/>", f"{part}/document.xml": b"<document/>", **more}
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return file.getvalue()
