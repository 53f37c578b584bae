"""The thread as it is told, made of what the services said: pure functions."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from services.contracts.shared.threads import (
    NodeRef,
    NodeType,
    Thread,
    ThreadEdge,
    ThreadGap,
    ThreadGapKind,
    ThreadNode,
    Way,
)
from services.kit.threads.rules import ORDER, Ground, place

MOST = 400
"""So many nodes are told at most; the nearest to what was asked for."""


def thread(ground: Ground, on: date) -> Thread:
    """The thread as of a day: what may be seen, in order, bounded, with what is missing."""
    told, beyond = _nearest(ground)
    links = {(one.cause, one.consequence, one.kind) for one in ground.links}
    edges = [
        ThreadEdge(from_=str(cause), to=str(consequence), kind=kind)
        for cause, consequence, kind in sorted(
            links, key=lambda link: (place(link[0]), place(link[1]), link[2])
        )
        if cause in told and consequence in told
    ]
    left_out = Counter[NodeType](ref.type for ref in beyond)
    for one in ground.left_out:
        if one.of in told:
            left_out[one.type] += one.count
    followed = {one.cause for one in ground.links if carries_on(one.cause, one.consequence)}
    nodes = [without_answered(ground.nodes[ref], followed) for ref in sorted(told, key=place)]
    hidden = Counter(ref.type for ref in ground.hidden if _beside(ground, ref, told))
    return Thread(
        of=str(ground.of),
        on=on,
        nodes=nodes,
        edges=edges,
        hidden=_in_order(hidden),
        left_out=_in_order(left_out),
        gaps=sorted(
            (gap for node in nodes for gap in gaps(node, on)),
            key=position,
        ),
    )


def _in_order(counted: Mapping[NodeType, int]) -> dict[NodeType, int]:
    return {kind: counted[kind] for kind in sorted(counted, key=ORDER.__getitem__)}


def _nearest(ground: Ground) -> tuple[set[NodeRef], set[NodeRef]]:
    """The nodes that are told, and those that are too many."""
    found, layer = {ground.of}, [(ground.of, way) for way in Way]
    passed, order = set(layer), [ground.of]
    ends: dict[tuple[NodeRef, Way], list[NodeRef]] = {}
    for link in ground.links:
        ends.setdefault((link.start, link.way), []).append(link.end)
    while layer:
        following = []
        for here, way in layer:
            for end in sorted(ends.get((here, way), ()), key=place):
                if end not in ground.nodes or (end, way) in passed:
                    continue
                passed.add((end, way))
                following.append((end, way))
                if end not in found:
                    found.add(end)
                    order.append(end)
        layer = following
    return set(order[:MOST]), set(order[MOST:])


def _beside(ground: Ground, hidden: NodeRef, told: set[NodeRef]) -> bool:
    return any(one.end == hidden and one.start in told for one in ground.links)


def gaps(node: ThreadNode, on: date) -> Iterator[ThreadGap]:
    """What is missing after a node, with its age."""
    for kind in node.lacks:
        yield ThreadGap(
            kind=ThreadGapKind(kind),
            node=node.ref,
            title=node.title,
            address=node.address,
            since=node.since,
            age_days=max(0, (on - node.since).days) if node.since else None,
            responsible=node.must_act,
        )


_ANSWERED = {ThreadGapKind.finding_unanswered, ThreadGapKind.resolution_without_measure}
"""What only all services together know to be missing."""


def carries_on(cause: NodeRef, consequence: NodeRef) -> bool:
    """Whether something follows: that a resolution ends another carries nothing out."""
    return not (cause.type is consequence.type is NodeType.resolution)


def without_answered(node: ThreadNode, followed: Collection[NodeRef]) -> ThreadNode:
    """The node, that lacks nothing of what has followed, whoever may see it."""
    if NodeRef(type=node.type, key=node.key) not in followed:
        return node
    lacks = [kind for kind in node.lacks if kind not in _ANSWERED]
    return node.model_copy(update={"lacks": lacks})


def all_gaps(
    nodes: Iterable[ThreadNode],
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


def position(gap: ThreadGap) -> tuple[str, str, str]:
    """Where a gap stands in the list of all of them."""
    return (gap.since or date.max).isoformat(), str(gap.kind), gap.node
