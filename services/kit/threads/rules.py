"""How far a walk goes, what of it may be told, how parts of services are one: pure functions."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from services.contracts.shared.base import Language
from services.contracts.shared.thread_walks import (
    Charge,
    Lacking,
    LeftOut,
    Link,
    ThreadStart,
    ToldNode,
)
from services.contracts.shared.threads import (
    FIGURES,
    PERIOD,
    EdgeKind,
    NodeRef,
    NodeType,
    Way,
)
from services.kit import writing

_COLLECTIONS = {
    NodeType.finding: "findings",
    NodeType.indicator: "indicators",
    NodeType.publication: "publications",
    NodeType.paper: "papers",
    NodeType.recommendation: "recommendations",
    NodeType.resolution: "resolutions",
    NodeType.strategy: "strategies",
    NodeType.measure: "measures",
    NodeType.project: "projects",
    NodeType.grant: "grants",
    NodeType.position: "positions",
    NodeType.expenditure: "expenditures",
    NodeType.claim: "claims",
    NodeType.result: "results",
    NodeType.target: "target-indicators",
}
BREADTH = 12
"""So many nodes of one type are walked to from one node: as many as a column of the picture holds.
The others are counted, and told where the node itself is asked for with `skip`."""
ORDER = {kind: place for place, kind in enumerate(NodeType)}
"""From causes to consequences."""
TURNING = frozenset({NodeType.measure})
"""From these on the way to causes the walk also turns to consequences: whoever asks where an effect
comes from wants to see the money of its measure as well."""


def ways_on(ref: NodeRef, way: Way) -> Collection[Way]:
    """In which ways the walk goes on from a node that it reached in one."""
    return tuple(Way) if way is Way.up and ref.type in TURNING else (way,)


def address(ref: NodeRef) -> str:
    """Where a node is read, below the municipality."""
    first, slash, rest = ref.key.partition("/")
    match ref.type:
        case NodeType.observation:
            area, named, period = rest.partition(PERIOD)
            of = f"observations?indicator={first}&area={area}"
            return f"{of}&period={period}" if named else of
        case NodeType.chapter:
            edition, _, _ = rest.partition("/")
            return f"coordinated-reports/{first}/editions/{edition}"
        case NodeType.effect:
            return f"measures/{first}/effects"
        case NodeType.target if slash:
            return f"measures/{first}"
    return f"{_COLLECTIONS[ref.type]}/{ref.key}"


def joined(titles: Sequence[Mapping[Language, str]]) -> dict[Language, str]:
    """One title of several, in each language that one of them has; German where one lacks it."""
    known: list[Language] = [language for title in titles for language in title]
    return {
        language: ", ".join(writing.text(title, language) for title in titles)
        for language in dict.fromkeys(known)
    }


@dataclass
class Found:
    """What the statement of one service found, before it is pruned."""

    own: frozenset[NodeType]
    nodes: dict[NodeRef, Mapping[str, Any]] = field(default_factory=dict)
    there: set[NodeRef] = field(default_factory=set)
    links: set[Link] = field(default_factory=set)
    left_out: set[LeftOut] = field(default_factory=set)


class Told(NamedTuple):
    """What a service answers: a `ThreadPart`, not checked yet."""

    nodes: Sequence[Mapping[str, Any]]
    links: Sequence[Link]
    hidden: Sequence[NodeRef]
    left_out: Sequence[LeftOut]
    charge: Charge | None


def part(starts: Sequence[ThreadStart], found: Found, charge: Charge | None = None) -> Told:
    """What may be told: only what can be reached without passing what is hidden."""
    hidden, links = set[NodeRef](), set[Link]()
    by_start = _by_start(found.links)
    queue = deque((start.ref, way) for start in starts for way in start.ways)
    passed = set(queue)
    while queue:
        here, way = queue.popleft()
        if here.type in found.own and here not in found.nodes:
            hidden |= {here} & found.there
            continue
        for link in by_start.get((way, here), ()):
            end = link.end
            own = end.type in found.own
            if own and end not in found.there:
                continue
            if (own and end.type not in FIGURES) or link.kind is EdgeKind.of:
                following = {(end, on) for on in ways_on(end, way)} - passed
                passed |= following
                queue.extend(following)
            links.add(link)
    told = {start.ref for start in starts} | {ref for one in links for ref in one[1:3]}
    hidden |= {ref for ref in told if ref in found.there and ref not in found.nodes}
    left_out = [
        one
        for one in found.left_out
        if one.of in told and (one.of in found.nodes or one.of.type not in found.own)
    ]
    return Told(
        nodes=[found.nodes[ref] for ref in told & found.nodes.keys()],
        links=list(links),
        hidden=list(hidden),
        left_out=left_out,
        charge=charge,
    )


def _by_start(links: Iterable[Link]) -> Mapping[tuple[Way, NodeRef], list[Link]]:
    found = defaultdict[tuple[Way, NodeRef], list[Link]](list)
    for link in links:
        found[link.way, link.start].append(link)
    return found


def beyond(
    every: Iterable[LeftOut], walked: Iterable[Link], starts: Iterable[ThreadStart]
) -> Iterator[LeftOut]:
    """What was not walked to of `every`, which counts to how many nodes of a type a node leads."""
    reached = defaultdict[tuple[NodeRef, Way, NodeType], set[NodeRef]](set)
    for link in walked:
        reached[link.start, link.way, link.end.type].add(link.end)
    skipped = {start.ref: start.skip for start in starts}
    for one in every:
        told = len(reached[one.of, one.way, one.type]) + skipped.get(one.of, 0)
        if one.number > told:
            yield one._replace(number=one.number - told)


@dataclass
class Oldest:
    """The oldest nodes of one type that lack something, and how many there are."""

    nodes: list[ToldNode] = field(default_factory=list)
    count: int = 0


def lacking(parts: Sequence[Oldest]) -> Lacking:
    """The nodes of all parts: complete up to the day on which the first part ends that has more."""
    later, ends = 0, list[date]()
    for part in parts:
        if part.count > len(part.nodes):
            later += part.count - len(part.nodes)
            ends.append(max(node.since or date.max for node in part.nodes))
    nodes = [node for part in parts for node in part.nodes]
    return Lacking(nodes=nodes, later=later, until=min(ends, default=None))


def together(parts: Iterable[Lacking]) -> Lacking:
    """What several services told, as one: complete up to the day up to which each of them is."""
    parts = list(parts)
    until = min((part.until for part in parts if part.until is not None), default=None)
    nodes = [node for part in parts for node in part.nodes]
    told = [one for one in nodes if until is None or (one.since or date.max) <= until]
    later = sum(part.later for part in parts) + len(nodes) - len(told)
    return Lacking(nodes=told, later=later, until=until)


def place(ref: NodeRef) -> tuple[int, str]:
    """Where a node stands in the order from causes to consequences."""
    return ORDER[ref.type], ref.key
