"""Pictures of a specification: SVG and PNG, the same bytes every time, nothing fetched."""

import asyncio
import atexit
import json
import re
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from services.contracts.indicators.charts import ChartForm
from services.kit.drawing.program import HEAD
from services.kit.problems import Unavailable

_PROGRAM = Path(__file__).with_name("program.py")
Spec = Mapping[str, Any]
MEDIA: dict[ChartForm, str] = {
    "vega-lite": "application/vnd.vegalite.v6+json",
    "svg": "image/svg+xml",
    "png": "image/png",
}
MOST_WAITING = 20
_TURN = asyncio.Semaphore(1)
_waiting = 0
_CLIP = re.compile(r'(url\(#clip|id="clip)([0-9]+)')
_LONGEST = 30.0  # seconds for one picture


def form_of(accept: str, asked: ChartForm | None) -> ChartForm:
    """The form that is asked for, by name or by the header `Accept`; else the specification."""
    drawings: tuple[ChartForm, ...] = ("svg", "png")
    if asked is not None:
        return asked
    return next((one for one in drawings if MEDIA[one] in accept), "vega-lite")


def alone(form: ChartForm) -> dict[str, str]:
    """Headers with which a picture may be opened by itself: an SVG is a document then."""
    shut = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return shut if form == "svg" else {}


async def made(spec: Spec, form: ChartForm) -> bytes:
    """The chart in a form; one is drawn after the other. Refuses (503) if too many wait."""
    global _waiting
    if form == "vega-lite":
        return to_json(spec)
    if _waiting >= MOST_WAITING:
        raise Unavailable("Many charts are being drawn just now.", headers={"Retry-After": "5"})
    _waiting += 1
    try:
        async with _TURN:  # whoever waits here keeps no thread from others
            if form == "png":
                return await asyncio.to_thread(png, spec)
            return (await asyncio.to_thread(svg, spec)).encode()
    finally:
        _waiting -= 1


def svg(spec: Spec) -> str:
    """The chart as SVG with title and description for those who do not see it. Takes its time.

    Several can stand in one page: what is named in a picture has a name of its own.
    """
    asked = json.dumps(spec)
    mark = sha256(asked.encode()).hexdigest()[:12]
    picture = _named_anew(PAINTER.ask(b"s", asked).decode(), mark)
    title, described = (
        escape(_title(spec)),
        escape(f"{spec['description']} {_source(spec)}".rstrip()),
    )
    head, _, rest = picture.partition(">")
    return (
        f'{head} role="img" aria-labelledby="title-{mark} description-{mark}">'
        f'<title id="title-{mark}">{title}</title>'
        f'<desc id="description-{mark}">{described}</desc>{rest}'
    )


def _title(spec: Spec) -> str:
    text = spec["title"]["text"]
    return text if isinstance(text, str) else " ".join(text)


def _source(spec: Spec) -> str:
    source: str = spec.get("usermeta", {}).get("planraum", {}).get("source", "")
    return source


def _named_anew(picture: str, mark: str) -> str:
    """The drawing program counts its clip paths from its start on, not from that of a picture."""
    numbers: dict[str, int] = {}

    def anew(found: re.Match[str]) -> str:
        return f"{found[1]}-{mark}-{numbers.setdefault(found[2], len(numbers))}"

    return _CLIP.sub(anew, picture)


def png(spec: Spec) -> bytes:
    """The chart as PNG, twice as dense as its size; title, description and source are inside."""
    told = {
        "Title": _title(spec),
        "Description": spec["description"],
        "Source": _source(spec),
    }
    return _with_texts(PAINTER.ask(b"p", svg(spec)), told)


class _Painter:
    """The drawing program, started when it is first needed and again when it has ended."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._program: subprocess.Popen[bytes] | None = None

    def ask(self, form: bytes, text: str) -> bytes:
        """The answer of the program; waits for those who came earlier."""
        with self._turn:
            for _ in range(2):  # it may have ended for lack of work just now
                program = self._running()
                try:
                    return self._answer(program, form, text.encode())
                except OSError:
                    self._end()
        raise Unavailable("The chart could not be drawn just now.", headers={"Retry-After": "5"})

    def _answer(self, program: subprocess.Popen[bytes], form: bytes, text: bytes) -> bytes:
        assert program.stdin is not None
        assert program.stdout is not None
        watch = threading.Timer(_LONGEST, program.kill)
        watch.start()
        try:
            program.stdin.write(HEAD.pack(form, len(text)) + text)
            program.stdin.flush()
            head = program.stdout.read(HEAD.size)
            if len(head) < HEAD.size:
                raise BrokenPipeError
            kind, length = HEAD.unpack(head)
            body = program.stdout.read(length)
        finally:
            watch.cancel()
        if kind != b"o":
            raise RuntimeError(f"a chart was refused: {body[:500].decode(errors='replace')}")
        return body

    def _running(self) -> subprocess.Popen[bytes]:
        if self._program is None or self._program.poll() is not None:
            self._end()
            command = [sys.executable, "-I", str(_PROGRAM)]
            self._program = subprocess.Popen(  # noqa: S603 - a program of ours, without a shell
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={},
                start_new_session=True,  # Ctrl-C in the terminal is for us; it ends with us
            )
        return self._program

    def _end(self) -> None:
        if self._program is not None:
            self._program.kill()
            self._program.communicate()
            self._program = None

    def close(self) -> None:
        """End the program."""
        with self._turn:
            self._end()


PAINTER = _Painter()
atexit.register(PAINTER.close)


def _with_texts(picture: bytes, texts: Mapping[str, Any]) -> bytes:
    """A PNG with chunks of international text (iTXt) after its header."""
    end = 8 + 25  # signature, IHDR
    chunks = b"".join(
        _chunk(b"iTXt", keyword.encode() + b"\0\0\0\0\0" + str(text).encode())
        for keyword, text in texts.items()
    )
    return picture[:end] + chunks + picture[end:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
