"""A thread as a text that can be read aloud or put into a paper: pure functions."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from services.contracts.shared.threads import Thread, ThreadEdge, ThreadGap, ThreadNode
from services.gateway.threads import words
from services.gateway.threads.words import Lang


def day(on: date, lang: Lang) -> str:
    """A day as it is written."""
    return f"{on:%d.%m.%Y}" if lang == "de" else on.isoformat()


def facts(node: ThreadNode, lang: Lang) -> str:
    """The newest figure, the state and the day, as far as they are known."""
    number = node.figure.replace(".", ",") if node.figure and lang == "de" else node.figure
    said = (number, words.state(node.state, lang), day(node.on, lang) if node.on else None)
    return ", ".join(part for part in said if part)


def line(node: ThreadNode, lang: Lang) -> str:
    """A node in one line."""
    told = f"{words.TYPES[node.type][lang]}: {words.title(node.title, lang)}"
    more = facts(node, lang)
    return f"{told} ({more})" if more else told


def missing(gap: ThreadGap, lang: Lang) -> str:
    """A gap with its age."""
    told = words.GAPS[gap.kind][lang]
    if gap.since is None:
        return told
    since = f"{words.SINCE[lang]} {day(gap.since, lang)}"
    return f"{told} {since} ({gap.age_days} {words.DAYS[lang]})"


def text(thread: Thread, lang: Lang) -> str:
    """The thread as a tree: its causes, its consequences, what is missing."""
    nodes = {node.ref: node for node in thread.nodes}
    up, down = defaultdict[str, list[ThreadEdge]](list), defaultdict[str, list[ThreadEdge]](list)
    for edge in thread.edges:
        up[edge.to].append(edge)
        down[edge.from_].append(edge)
    of = nodes[thread.of]
    lines = [f"{words.THREAD[lang]} - {line(of, lang)}", _as_of(thread, lang)]
    for heading, ways, forward in ((words.CAUSES, up, False), (words.CONSEQUENCES, down, True)):
        branches = list(_branches(of.ref, ways, nodes, lang, 1, {of.ref}, forward=forward))
        lines += ["", heading[lang], *(branches or [f"  {words.NOTHING[lang]}"])]
    if thread.gaps:
        lines += ["", words.MISSING[lang]]
        lines += [f"  ! {_gap(gap, lang)}" for gap in thread.gaps]
    lines += ["", *notes(thread, lang)] if notes(thread, lang) else []
    return "\n".join(lines) + "\n"


def _as_of(thread: Thread, lang: Lang) -> str:
    return f"{words.AS_OF[lang]} {day(thread.on, lang)}"


def notes(thread: Thread, lang: Lang) -> list[str]:
    """What is not told."""
    said = ((words.HIDDEN, thread.hidden), (words.LEFT_OUT, thread.left_out))
    return [f"{what[lang]}: {words.counted(kinds, lang)}" for what, kinds in said if kinds]


def _gap(gap: ThreadGap, lang: Lang) -> str:
    told = f"{words.title(gap.title, lang)}: {missing(gap, lang)}"
    who = gap.responsible
    if who is None:
        return told
    return f"{told}; {words.ACTS[lang]}: {words.title(who.name, lang) if who.name else who.key}"


def _branches(
    here: str,
    ways: dict[str, list[ThreadEdge]],
    nodes: dict[str, ThreadNode],
    lang: Lang,
    depth: int,
    passed: set[str],
    *,
    forward: bool,
) -> Iterator[str]:
    for edge in ways[here]:
        there = edge.to if forward else edge.from_
        arrow = f"-> {words.EDGES[edge.kind][lang]}" if forward else "<-"
        told = f"{'  ' * depth}{arrow} {line(nodes[there], lang)}"
        if there in passed:
            yield f"{told} [{words.ABOVE[lang]}]"
            continue
        yield told
        passed.add(there)
        if not _ends(nodes[there]):
            yield from _branches(there, ways, nodes, lang, depth + 1, passed, forward=forward)


def _ends(node: ThreadNode) -> bool:
    return node.type == "observation"
