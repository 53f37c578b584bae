"""Reading the light markup of a chapter: pure functions. Nothing of it is ever markup of HTML."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from services.boards.report_bindings.rules import Binding, Miswritten, binding
from services.contracts.boards.coordinated_reports import ReportChapter
from services.contracts.boards.report_editions import BindingKind
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid

# No pattern looks further than the next sign of its kind: texts of any shape are read in a blink.
_BRACES = re.compile(r"\{\{([^{}]*)\}\}")
_STYLES = re.compile(
    r"\*\*(?P<bold>(?!\s)(?:[^*]|\*(?!\*))+(?<!\s))\*\*"
    r"|\*(?P<italic>[^\s*](?:[^*]*[^\s*])?)\*"
    r"|\[(?P<words>[^\[\]{}]+)\]\((?P<link>https?://[^\s<>\"()]+)\)",
)
_HEADING = re.compile(r"(#{2,3}) +(\S.*)")
MOST, _TOLD = 200, 50
MOST_DRAWN = 60
"""So many charts and maps has a report at most: as many as indicators."""


@dataclass(frozen=True)
class Run:
    """A piece of a line: words in one style, or a figure bound in."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    bound: Binding | None = None


class BlockKind(StrEnum):
    """What a block of a chapter is."""

    heading = "heading"
    paragraph = "paragraph"
    bullets = "bullets"
    bound = "bound"


@dataclass(frozen=True)
class Block:
    """A block of a chapter: lines of runs, one unless it is a list; or something bound in."""

    kind: BlockKind
    lines: tuple[tuple[Run, ...], ...] = ()
    level: int = 2
    bound: Binding | None = None


@dataclass(frozen=True)
class Place:
    """A binding and where it stands: the chapter, the text, and the character in it."""

    binding: Binding
    chapter: int
    pointer: str
    line: int
    column: int

    def fault(self, code: str, detail: str) -> Fault:
        """That something is wrong with it."""
        return _fault(self.pointer, (self.line, self.column), code, detail)


def blocks(text: str) -> list[Block]:
    """A text that `places` has passed, as blocks."""
    return list(_blocks(text))


def places(chapters: Sequence[ReportChapter]) -> list[Place]:
    """The bindings of all chapters; refuses (422, a pointer each) those that are miswritten."""
    found: list[Place] = []
    faults: list[Fault] = []
    for number, chapter in enumerate(chapters):
        for language, text in chapter.text.items():
            pointer = f"/chapters/{number}/text/{language}"
            braces = list(islice(_braces(text), MOST + 1))
            if len(braces) > MOST:
                detail = f"{MOST} bindings are the most of a chapter."
                faults.append(Fault(pointer=pointer, code="too-many", detail=detail))
                continue
            for offset, inner in braces:
                where = _where(text, offset)
                try:
                    found.append(Place(_read(text, offset, inner), number + 1, pointer, *where))
                except Miswritten as wrong:
                    faults.append(_fault(pointer, where, wrong.code, wrong.detail))
    faults = faults or list(_too_many({place.binding for place in found}))
    if faults:
        raise refused("Not all bindings can be read", faults)
    return found


def refused(why: str, faults: Sequence[Fault]) -> Invalid:
    """The refusal of a report, which tells so many places as somebody mends at once."""
    more = f" {_TOLD} of {len(faults)} places are told." if len(faults) > _TOLD else ""
    return Invalid(f"{why}; nothing was stored.{more}", faults=list(faults[:_TOLD]))


def _read(text: str, offset: int, inner: str | None) -> Binding:
    if inner is None:
        raise Miswritten("unclosed", "Two braces open or close alone.")
    read = binding(inner)
    if not read.inline and not _alone(text, offset, inner):
        raise Miswritten("not-alone", f"A {read.kind} is a paragraph of its own.")
    return read


def _too_many(bindings: Collection[Binding]) -> Iterator[Fault]:
    """Nobody reads more."""
    if len(bindings) > MOST or drawings(bindings) > MOST_DRAWN:
        detail = f"{MOST} different bindings are the most, {MOST_DRAWN} of them charts or maps."
        yield Fault(pointer="/chapters", code="too-many", detail=detail)


def drawings(bindings: Collection[Binding]) -> int:
    """How many of these bindings are drawn."""
    return sum(one.kind in (BindingKind.chart, BindingKind.map) for one in bindings)


def _braces(text: str) -> Iterator[tuple[int, str | None]]:
    """Where bindings begin and what stands in them; None where braces are alone."""
    end = 0
    for match in _BRACES.finditer(text):
        yield from _alone_braces(text, end, match.start())
        yield match.start(), match.group(1)
        end = match.end()
    yield from _alone_braces(text, end, len(text))


def _alone_braces(text: str, start: int, end: int) -> Iterator[tuple[int, None]]:
    for braces in ("{{", "}}"):
        place = text.find(braces, start, end)
        if place >= 0:
            yield place, None


def _alone(text: str, offset: int, inner: str) -> bool:
    """Whether the binding is a paragraph: empty lines, or none at all, around it."""
    before, after = text[:offset], text[offset + len(inner) + 4 :]
    above = before.split("\n")
    below = after.split("\n")
    return (
        not above[-1].strip()
        and (len(above) == 1 or not above[-2].strip())
        and not below[0].strip()
        and (len(below) == 1 or not below[1].strip())
    )


def _where(text: str, offset: int) -> tuple[int, int]:
    """The line and the character in it, both counted from 1."""
    before = text[:offset].split("\n")
    return len(before), len(before[-1]) + 1


def _fault(pointer: str, where: tuple[int, int], code: str, detail: str) -> Fault:
    line, column = where
    said = f"Line {line}, character {column}: {detail}"
    return Fault(pointer=pointer, code=code, detail=said, line=line, column=column)


def _blocks(text: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in paragraph.strip().split("\n") if line.strip()]
        yield from _paragraph(lines)


def _paragraph(lines: list[str]) -> Iterator[Block]:
    words: list[str] = []
    while lines:
        line = lines.pop(0)
        heading = _HEADING.fullmatch(line)
        bullet = line.startswith("- ")
        if (heading or bullet) and words:
            yield _text(words)
            words = []
        if heading:
            level = len(heading.group(1))
            yield Block(BlockKind.heading, (tuple(_runs(heading.group(2))),), level)
        elif bullet:
            entries = [line[2:]]
            while lines and not _HEADING.fullmatch(lines[0]):
                if lines[0].startswith("- "):
                    entries.append(lines.pop(0)[2:])
                else:
                    entries[-1] += f" {lines.pop(0)}"
            yield Block(BlockKind.bullets, tuple(tuple(_runs(entry)) for entry in entries))
        else:
            words.append(line)
    if words:
        yield _text(words)


def _text(words: list[str]) -> Block:
    runs = tuple(_runs(" ".join(words)))
    if len(runs) == 1 and runs[0].bound is not None and not runs[0].bound.inline:
        return Block(BlockKind.bound, bound=runs[0].bound)
    return Block(BlockKind.paragraph, (runs,))


def _runs(text: str, *, bold: bool = False, italic: bool = False) -> Iterator[Run]:
    end = 0
    for match in _STYLES.finditer(text):
        yield from _figures(text[end : match.start()], bold=bold, italic=italic)
        if match["link"]:
            yield Run(match["words"], bold=bold, italic=italic, link=match["link"])
        elif match["bold"]:
            yield from _runs(match["bold"], bold=True, italic=italic)
        else:
            yield from _figures(match["italic"], bold=bold, italic=True)
        end = match.end()
    yield from _figures(text[end:], bold=bold, italic=italic)


def _figures(text: str, *, bold: bool, italic: bool) -> Iterator[Run]:
    end = 0
    for match in _BRACES.finditer(text):
        if match.start() > end:
            yield Run(text[end : match.start()], bold, italic)
        yield Run("", bold, italic, bound=binding(match.group(1)))
        end = match.end()
    if end < len(text):
        yield Run(text[end:], bold, italic)
