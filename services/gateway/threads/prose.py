"""A thread as a text that can be read aloud or put into a paper: pure functions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.contracts.shared.base import GermanOrEnglish
from services.contracts.shared.threads import (
    NodeType,
    Thread,
    ThreadEdge,
    ThreadGap,
    ThreadNode,
    ThreadRest,
    Way,
)
from services.gateway.threads import words
from services.kit import writing


def facts(node: ThreadNode, lang: GermanOrEnglish) -> str:
    """The newest figure, the state and the day, as far as they are known."""
    number = writing.in_signs(node.figure, lang) if node.figure else None
    said = (number, words.state(node.state, lang), writing.day(node.on, lang) if node.on else None)
    return ", ".join(part for part in said if part)


def line(node: ThreadNode, lang: GermanOrEnglish) -> str:
    """A node in one line."""
    told = f"{words.TYPES[node.type][lang]}: {writing.text(node.title, lang)}"
    more = facts(node, lang)
    return f"{told} ({more})" if more else told


def missing(gap: ThreadGap, lang: GermanOrEnglish) -> str:
    """A gap with its age."""
    told = words.GAPS[gap.kind][lang]
    if gap.since is None:
        return told
    since = f"{words.SINCE[lang]} {writing.day(gap.since, lang)}"
    return f"{told} {since} ({gap.age_days} {words.DAYS[lang]})"


def text(thread: Thread, lang: GermanOrEnglish) -> str:
    """The thread as a tree: its causes, its consequences, what is missing."""
    nodes = {node.ref: node for node in thread.nodes}
    rest = defaultdict[tuple[str, Way], list[ThreadRest]](list)
    for one in thread.left_out:
        rest[one.of, one.way].append(one)
    up, down = defaultdict[str, list[ThreadEdge]](list), defaultdict[str, list[ThreadEdge]](list)
    for edge in thread.edges:
        up[edge.to].append(edge)
        down[edge.from_].append(edge)
    of = nodes[thread.of]
    lines = [f"{words.THREAD[lang]} - {line(of, lang)}", _as_of(thread, lang)]
    for heading, ways, way in (
        (words.CAUSES, up, Way.up),
        (words.CONSEQUENCES, down, Way.down),
    ):
        tree = _Tree(ways, way, nodes, rest, lang)
        branches = list(_branches(tree, of.ref, 1, {of.ref}))
        lines += ["", heading[lang], *(branches or [f"  {words.NOTHING[lang]}"])]
    if thread.gaps:
        lines += ["", words.MISSING[lang]]
        lines += [f"  ! {_gap(gap, lang)}" for gap in thread.gaps]
    lines += ["", *notes(thread, lang)] if notes(thread, lang) else []
    return "\n".join(lines) + "\n"


def _as_of(thread: Thread, lang: GermanOrEnglish) -> str:
    return f"{words.AS_OF[lang]} {writing.day(thread.on, lang)}"


def notes(thread: Thread, lang: GermanOrEnglish) -> list[str]:
    """What is not told."""
    said = ((words.HIDDEN, thread.hidden), (words.LEFT_OUT, _summed(thread.left_out)))
    return [f"{what[lang]}: {words.counted(kinds, lang)}" for what, kinds in said if kinds]


def _gap(gap: ThreadGap, lang: GermanOrEnglish) -> str:
    told = f"{writing.text(gap.title, lang)}: {missing(gap, lang)}"
    who = gap.responsible
    if who is None:
        return told
    return f"{told}; {words.ACTS[lang]}: {writing.text(who.name, lang) if who.name else who.key}"


@dataclass(frozen=True)
class _Tree:
    """What is needed to tell one side of a thread."""

    edges: Mapping[str, Sequence[ThreadEdge]]
    way: Way
    nodes: Mapping[str, ThreadNode]
    rest: Mapping[tuple[str, Way], Sequence[ThreadRest]]
    lang: GermanOrEnglish


def _branches(tree: _Tree, here: str, depth: int, passed: set[str]) -> Iterator[str]:
    indent, forward = "  " * depth, tree.way is Way.down
    for edge in tree.edges.get(here, ()):
        there = edge.to if forward else edge.from_
        arrow = f"-> {words.EDGES[edge.kind][tree.lang]}" if forward else "<-"
        told = f"{indent}{arrow} {line(tree.nodes[there], tree.lang)}"
        if there in passed:
            yield f"{told} [{words.ABOVE[tree.lang]}]"
            continue
        yield told
        passed.add(there)
        if not _ends(tree.nodes[there]):
            yield from _branches(tree, there, depth + 1, passed)
    for one in tree.rest.get((here, tree.way), ()):
        yield f"{indent}{'->' if forward else '<-'} {remainder(one, tree.lang)}"


def remainder(rest: ThreadRest, lang: GermanOrEnglish) -> str:
    """How many more there are of what."""
    return f"+ {words.counted({rest.type: rest.count}, lang)} {words.MORE[lang]}"


def _summed(rests: Sequence[ThreadRest]) -> Mapping[NodeType, int]:
    counted: dict[NodeType, int] = {}
    for one in rests:
        counted[one.type] = counted.get(one.type, 0) + one.count
    return counted


def _ends(node: ThreadNode) -> bool:
    return node.type == "observation"
