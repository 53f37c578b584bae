"""A thread as a picture: from left to right, for the screen and for paper. Pure functions.

Colours only underline what words and lines say too, so that it can be printed in black.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from xml.sax.saxutils import escape, quoteattr

from services.contracts.shared.base import GermanOrEnglish
from services.contracts.shared.threads import (
    EdgeKind,
    NodeType,
    Thread,
    ThreadEdge,
    ThreadGap,
    ThreadNode,
    ThreadRest,
)
from services.gateway.threads import prose, words
from services.kit import writing

WIDTH, GAP, LINE, PAD = 152, 38, 17, 8
TOP, MARGIN, BETWEEN, LANE = 62, 16, 14, 7
MOST_LINES, MOST_IN_COLUMN = 5, 12
_LETTERS = (WIDTH - 2 * PAD) // 8
"""So many letters fit into a line, also of a wide typeface."""
_FIT = {"name": _LETTERS, "fact": _LETTERS + 2, "gap": _LETTERS + 1}
_COLUMNS: Sequence[Sequence[NodeType]] = (
    (NodeType.indicator, NodeType.observation),
    (NodeType.finding, NodeType.paper, NodeType.publication),
    (NodeType.recommendation,),
    (NodeType.resolution, NodeType.strategy),
    (NodeType.measure, NodeType.project),
    (NodeType.grant,),
    (
        NodeType.position,
        NodeType.expenditure,
        NodeType.claim,
        NodeType.result,
        NodeType.target,
    ),
    (NodeType.effect, NodeType.chapter),
)
"""Nine columns with the last one: on paper in landscape they are still readable."""
_COLUMN = {kind: place for place, kinds in enumerate(_COLUMNS) for kind in kinds}
_LAST = len(_COLUMNS)
_STYLE = """
text{font-family:system-ui,'Segoe UI','Liberation Sans',Arial,sans-serif;font-size:14px;fill:#111}
.kind{font-size:12px;fill:#444;letter-spacing:.03em}.fact{font-size:12px;fill:#333}
.head{font-size:18px;font-weight:600}.gap{font-size:12px;font-weight:700;fill:#8a1c00}
rect{fill:#fff;stroke:#333;stroke-width:1.2}.of rect{stroke-width:3}
.lacks rect{stroke:#8a1c00;stroke-width:2.5;stroke-dasharray:7 4;fill:#fff6f2}
path{fill:none;stroke:#555;stroke-width:1.4}
@media print{rect,.lacks rect{fill:#fff}}
"""


@dataclass
class Box:
    """A node where it is drawn; a figure that is cause and consequence is drawn at both ends."""

    node: ThreadNode
    column: int
    said: Sequence[tuple[str, str]]
    """What stands in it, each with its kind."""
    y: float = 0

    @cached_property
    def lines(self) -> Sequence[tuple[str, str]]:
        """The same as it fits in."""
        return [
            (kind, line)
            for kind, said in self.said
            for line in (wrapped(said, _FIT[kind]) if kind in _FIT else [said])
        ]

    @property
    def height(self) -> int:
        return len(self.lines) * LINE + 2 * PAD


Boxes = Mapping[tuple[str, bool], Box]
"""By node, and whether it is the figure at the right end."""


def wrapped(text: str, letters: int = _LETTERS, most: int = MOST_LINES) -> list[str]:
    """A text in lines that fit; what is too long ends with an ellipsis."""
    lines: list[str] = [""]
    for word in text.split():
        rest = word
        while len(rest) > letters:
            if lines[-1]:
                lines.append("")
            lines[-1], rest = rest[: letters - 1] + "-", rest[letters - 1 :]
            lines.append("")
        longer = f"{lines[-1]} {rest}".strip()
        if len(longer) <= letters:
            lines[-1] = longer
        else:
            lines.append(rest)
    lines = [one for one in lines if one]
    if len(lines) > most:
        return [*lines[: most - 1], lines[most - 1][: letters - 1].rstrip() + "…"]
    return lines


def svg(thread: Thread, lang: GermanOrEnglish) -> str:
    """The thread drawn."""
    boxes, more = _boxes(thread, lang)
    far = _far(thread, boxes)
    _place(boxes, thread, TOP + len(far) * LANE)
    used = sorted({box.column for box in boxes.values()})
    left = {column: MARGIN + place * (WIDTH + GAP) for place, column in enumerate(used)}
    bottom = max(box.y + box.height for box in boxes.values())
    tails = [*more, *prose.notes(thread, lang)]
    width = max(MARGIN * 2 + len(used) * (WIDTH + GAP) - GAP, 420)
    height = int(bottom + BETWEEN + LINE * (len(tails) + 1) + MARGIN)
    of = next(node for node in thread.nodes if node.ref == thread.of)
    heading = f"{words.THREAD[lang]}: {writing.text(of.title, lang)}"
    told = prose.text(thread, lang)
    mark = sha256(told.encode()).hexdigest()[:12]  # several can stand in one page
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="title-{mark} desc-{mark}"'
        f' lang="{lang}">',
        f'<title id="title-{mark}">{escape(heading)}</title>',
        f'<desc id="desc-{mark}">{escape(told)}</desc>',
        f"<style>{_STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7"'
        ' markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8" style="fill:#555;stroke:none"/>'
        "</marker></defs>",
        _text(MARGIN, 26, "head", _short(heading, width)),
        _text(MARGIN, 46, "fact", f"{words.AS_OF[lang]} {writing.day(thread.on, lang)}"),
        *_lines(thread, boxes, left, far, lang),
        *(_drawn(box, left[box.column], thread.of) for box in boxes.values()),
        *(
            _text(MARGIN, int(bottom + BETWEEN + LINE * (place + 1)), "fact", tail)
            for place, tail in enumerate(tails)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _short(text: str, width: int) -> str:
    return "".join(wrapped(text, (width - 2 * MARGIN) // 10, 1))


def _boxes(thread: Thread, lang: GermanOrEnglish) -> tuple[dict[tuple[str, bool], Box], list[str]]:
    """What is drawn, and what is too much for one column, in words."""
    ends = {edge.to for edge in thread.edges if edge.kind in _TO_FIGURES}
    begins = {edge.from_ for edge in thread.edges}
    gaps = defaultdict[str, list[ThreadGap]](list)
    for gap in thread.gaps:
        gaps[gap.node].append(gap)
    rest = defaultdict[str, list[ThreadRest]](list)
    for one in thread.left_out:
        rest[one.of].append(one)
    boxes: dict[tuple[str, bool], Box] = {}
    count, beyond = defaultdict[int, int](int), defaultdict[NodeType, int](int)
    for node in sorted(thread.nodes, key=lambda one: one.ref != thread.of):
        for last in (False, True):
            if last and node.ref not in ends:
                continue
            if not last and node.ref in ends and node.ref not in begins:
                continue
            column = _LAST if last else _COLUMN[node.type]
            count[column] += 1
            if count[column] > MOST_IN_COLUMN:
                beyond[node.type] += 1
                continue
            said = list(_said(node, () if last else gaps[node.ref], rest[node.ref], lang))
            boxes[node.ref, last] = Box(node, column, said)
    more = [f"+ {words.counted(beyond, lang)} {words.MORE[lang]}"] if beyond else []
    return boxes, more


_TO_FIGURES = (EdgeKind.seen_in, EdgeKind.measured_by)


def _said(
    node: ThreadNode, gaps: Iterable[ThreadGap], rest: Iterable[ThreadRest], lang: GermanOrEnglish
) -> Iterator[tuple[str, str]]:
    yield "kind", words.TYPES[node.type][lang].upper()
    yield "name", writing.text(node.title, lang)
    yield "fact", prose.facts(node, lang)
    for gap in gaps:
        yield "gap", f"! {prose.missing(gap, lang)}"
    for more in rest:
        yield "fact", prose.remainder(more, lang)


def _ends(edge: ThreadEdge, boxes: Boxes) -> tuple[Box, Box] | None:
    """Where a line begins and ends; None when one of them is not drawn."""
    start = boxes.get((edge.from_, False))
    end = boxes.get((edge.to, edge.kind in _TO_FIGURES))
    return None if start is None or end is None else (start, end)


def _far(thread: Thread, boxes: Boxes) -> Mapping[int, int]:
    """The lines that pass a column, each with the lane above all boxes that it takes."""
    used = sorted({box.column for box in boxes.values()})
    passing = [
        number
        for number, edge in enumerate(thread.edges)
        if (ends := _ends(edge, boxes)) is not None
        and used.index(ends[1].column) - used.index(ends[0].column) > 1
    ]
    return {number: TOP - MARGIN // 2 + LANE * lane for lane, number in enumerate(passing)}


def _place(boxes: Boxes, thread: Thread, top: int) -> None:
    """Each column from above, in the order of what leads into it; the columns in the middle."""
    before = defaultdict[str, list[str]](list)
    for edge in thread.edges:
        before[edge.to].append(edge.from_)
    columns = defaultdict[int, list[Box]](list)
    for box in boxes.values():
        columns[box.column].append(box)
    heights = {
        column: sum(box.height + BETWEEN for box in held) for column, held in columns.items()
    }
    middle: dict[str, float] = {}
    for column in sorted(columns):
        held = sorted(columns[column], key=lambda box: _wished(box, before, middle))
        y = top + (max(heights.values()) - heights[column]) / 2
        for box in held:
            box.y = y
            if column != _LAST:
                middle[box.node.ref] = y + box.height / 2
            y += box.height + BETWEEN


def _wished(
    box: Box, before: Mapping[str, Sequence[str]], middle: Mapping[str, float]
) -> tuple[float, str]:
    known = [middle[ref] for ref in before.get(box.node.ref, ()) if ref in middle]
    return (sum(known) / len(known) if known else 0), box.node.ref


def _lines(
    thread: Thread,
    boxes: Boxes,
    left: Mapping[int, int],
    far: Mapping[int, int],
    lang: GermanOrEnglish,
) -> Iterator[str]:
    for number, edge in enumerate(thread.edges):
        ends = _ends(edge, boxes)
        if ends is None:
            continue
        start, end = ends
        way = _way(
            left[start.column] + WIDTH,
            int(start.y + start.height / 2),
            left[end.column] + (WIDTH if start.column == end.column else 0),
            int(end.y + end.height / 2),
            far.get(number),
        )
        said = escape(words.EDGES[edge.kind][lang])
        yield f'<path d="{way}" marker-end="url(#tip)"><title>{said}</title></path>'


def _way(x: int, y: int, to: int, at: int, lane: int | None) -> str:
    """The line: straight to the next column, above what stands between, or aside to the same."""
    half = GAP // 2
    if lane is not None:
        return (
            f"M{x} {y}Q{x + half} {y} {x + half} {y - LANE}L{x + half} {lane + LANE}"
            f"Q{x + half} {lane} {x + GAP} {lane}L{to - GAP} {lane}"
            f"Q{to - half} {lane} {to - half} {lane + LANE}L{to - half} {at - LANE}"
            f"Q{to - half} {at} {to} {at}"
        )
    if to == x:
        return f"M{x} {y}C{x + half} {y} {to + half} {at} {to} {at}"
    return f"M{x} {y}C{x + half} {y} {to - half} {at} {to} {at}"


def _drawn(box: Box, x: int, of: str) -> str:
    names = [name for name, is_so in (("of", box.node.ref == of), ("lacks", _lacks(box))) if is_so]
    rows = "".join(
        _text(x + PAD, int(box.y + PAD + LINE * (place + 1) - 4), kind, line)
        for place, (kind, line) in enumerate(box.lines)
    )
    label = quoteattr(" ".join(said for _, said in box.said if said))
    return (
        f'<g class="{" ".join(names)}" aria-label={label}><rect x="{x}" y="{box.y:.0f}"'
        f' width="{WIDTH}" height="{box.height}" rx="4"/>{rows}</g>'
    )


def _lacks(box: Box) -> bool:
    return any(kind == "gap" for kind, _ in box.said)


def _text(x: int, y: int, kind: str, said: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(said)}</text>'
