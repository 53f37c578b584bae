"""The thread as it is told, made of what the services said: pure functions."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from services.contracts.shared.thread_walks import ToldNode
from services.contracts.shared.threads import (
    NodeRef,
    NodeType,
    Thread,
    ThreadEdge,
    ThreadGap,
    ThreadGapKind,
    ThreadRest,
    Way,
)
from services.kit.threads.asking import Ground
from services.kit.threads.charges import filled
from services.kit.threads.rules import BREADTH, ORDER, place, ways_on

MOST = 250
"""So many nodes are told at most; the nearest to what was asked for, all of its neighbours among
them."""


def thread(ground: Ground, on: date, town: str) -> Thread:
    """The thread as of a day: what may be seen, in order, bounded, with what is missing."""
    told = _nearest(ground)
    links = {(one.cause, one.consequence, one.kind) for one in ground.links}
    edges = [
        ThreadEdge(from_=str(cause), to=str(consequence), kind=kind)
        for cause, consequence, kind in sorted(
            links, key=lambda link: (place(link[0]), place(link[1]), link[2])
        )
        if cause in told and consequence in told
    ]
    followed = _followed(ground)
    nodes = [
        _to_be_told(filled(ground.nodes[ref], ground.charge), followed)
        for ref in sorted(told, key=place)
    ]
    beside = {one.end for one in ground.links if one.start in told}
    hidden = Counter(ref.type for ref in ground.hidden & beside)
    return Thread(
        of=str(ground.of),
        on=on,
        nodes=nodes,
        edges=edges,
        hidden={kind: hidden[kind] for kind in sorted(hidden, key=ORDER.__getitem__)},
        left_out=_left_out(ground, told, town),
        gaps=sorted(
            (gap for node in nodes for gap in gaps(node, on)),
            key=position,
        ),
    )


def _to_be_told(node: ToldNode, followed: Collection[NodeRef]) -> ToldNode:
    """Nobody has to see to it that something follows where something has."""
    node = without_answered(node, followed)
    return node if node.lacks else node.model_copy(update={"must_act": None})


def _followed(ground: Ground) -> set[NodeRef]:
    """What something follows from, told or not."""
    followed = {one.cause for one in ground.links if carries_on(one.cause, one.consequence.type)}
    followed |= {
        one.of for one in ground.left_out if one.way is Way.down and carries_on(one.of, one.type)
    }
    # What came before those that are skipped may have been all.
    return followed | {ground.of} if ground.skip else followed


def _left_out(ground: Ground, told: set[NodeRef], town: str) -> list[ThreadRest]:
    """What is not told and where it is: too many of one node, or too far from what was asked."""
    counted = Counter[tuple[NodeRef, Way, NodeType]]()
    for one in ground.left_out:
        if one.of in told:
            counted[one.of, one.way, one.type] += one.number
    ends = {(one.start, one.way, one.end) for one in ground.links if one.start in told}
    for start, way, end in ends:
        if end in ground.nodes and end not in told:
            counted[start, way, end.type] += 1
    return [
        ThreadRest(
            of=str(of),
            way=way,
            type=kind,
            count=counted[of, way, kind],
            next=_address(ground, of, town),
        )
        for of, way, kind in sorted(counted, key=lambda one: (place(one[0]), one[1], ORDER[one[2]]))
    ]


def _address(ground: Ground, of: NodeRef, town: str) -> str:
    """Where a node is told with the next to which it leads; another with all of them."""
    skipped = f"&skip={ground.skip + BREADTH}" if of == ground.of else ""
    return f"/v1/{town}/thread?of={of}{skipped}"


def _nearest(ground: Ground) -> set[NodeRef]:
    """The nodes that are told."""
    found, layer = {ground.of}, [(ground.of, way) for way in Way]
    passed = set(layer)
    ends: dict[tuple[NodeRef, Way], list[NodeRef]] = {}
    for link in ground.links:
        ends.setdefault((link.start, link.way), []).append(link.end)
    while layer:
        following = []
        for here, way in layer:
            for end in sorted(ends.get((here, way), ()), key=place):
                if end not in ground.nodes:
                    continue
                new = [(end, on) for on in ways_on(end, way) if (end, on) not in passed]
                passed.update(new)
                following += new
                if len(found) < MOST:
                    found.add(end)
        layer = following if len(found) < MOST else []
    return found


def gaps(node: ToldNode, on: date) -> Iterator[ThreadGap]:
    """What is missing after a node, each with its age."""
    for kind in node.lacks:
        since = node.sinces.get(kind, node.since)
        yield ThreadGap(
            kind=ThreadGapKind(kind),
            node=node.ref,
            title=node.title,
            address=node.address,
            since=since,
            age_days=max(0, (on - since).days) if since else None,
            responsible=node.must_act,
        )


_ANSWERED = {ThreadGapKind.finding_unanswered, ThreadGapKind.resolution_without_measure}
"""What only all services together know to be missing."""


def carries_on(cause: NodeRef, consequence: NodeType) -> bool:
    """Whether something follows: that a resolution ends another, or that a report tells of
    something, carries nothing out."""
    return consequence is not NodeType.chapter and not (
        cause.type is consequence is NodeType.resolution
    )


def without_answered(node: ToldNode, followed: Collection[NodeRef]) -> ToldNode:
    """The node, that lacks nothing of what has followed, whoever may see it."""
    if not node.lacks or NodeRef(node.type, node.key) not in followed:
        return node
    lacks = [kind for kind in node.lacks if kind not in _ANSWERED]
    return node.model_copy(update={"lacks": lacks})


def all_gaps(
    nodes: Iterable[ToldNode],
    followed: Collection[NodeRef],
    kinds: Collection[ThreadGapKind],
    on: date,
) -> list[ThreadGap]:
    """Every gap of these kinds, the oldest first; of unknown age last."""
    found = (
        gap
        for node in nodes
        for gap in gaps(without_answered(node, followed), on)
        if gap.kind in kinds
    )
    return sorted(found, key=position)


def position(gap: ThreadGap) -> tuple[date, str, str]:
    """Where a gap stands in the list of all of them."""
    return gap.since or date.max, str(gap.kind), gap.node
