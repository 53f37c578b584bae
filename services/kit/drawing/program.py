"""The program that draws: a process of its own, because drawing would hold up all others.

The drawing library keeps Python's lock while it works (half a second is usual) and brings a
JavaScript engine of a hundred megabytes. Requests come on standard input: one letter for the form
(s SVG, p PNG of that SVG), the length of the text in eight bytes, the text. Answers go to standard
output: one letter (o done, e refused), length, bytes. It ends with its caller, or after a minute
without work. It knows nothing of the services and fetches nothing.
"""

import os
import select
import struct
import sys
from typing import BinaryIO

_IDLE = 60.0
_SCALE = 2.0
_VERSION = "6.4"
HEAD = struct.Struct(">cQ")


def drawn(form: bytes, text: str) -> bytes:
    """The picture of a specification (s), or the points of a picture (p)."""
    import vl_convert

    if form == b"p":
        png: bytes = vl_convert.svg_to_png(text, scale=_SCALE)
        return png
    svg: str = vl_convert.vegalite_to_svg(text, vl_version=_VERSION, allowed_base_urls=[])
    return svg.encode()


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer one request after another."""
    while select.select([requests], [], [], _IDLE)[0]:
        head = requests.read(HEAD.size)
        if len(head) < HEAD.size:
            return
        form, length = HEAD.unpack(head)
        text = requests.read(length).decode()
        try:
            kind, body = b"o", drawn(form, text)
        except ValueError as refused:
            kind, body = b"e", str(refused).encode()
        answers.write(HEAD.pack(kind, len(body)) + body)
        answers.flush()


if __name__ == "__main__":
    os.nice(5)
    serve(sys.stdin.buffer, sys.stdout.buffer)
