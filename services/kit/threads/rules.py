"""How a thread is pruned to what may be seen, and how parts of services are one: pure functions."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from services.contracts.shared.base import Language
from services.contracts.shared.threads import (
    FIGURES,
    EdgeKind,
    LeftOut,
    Link,
    NodeRef,
    NodeType,
    Service,
    ThreadNode,
    ThreadPart,
    ThreadStart,
    Way,
    owner,
)

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
ORDER = {kind: place for place, kind in enumerate(NodeType)}
"""From causes to consequences."""


def address(ref: NodeRef) -> str:
    """Where a node is read, below the municipality."""
    first, slash, rest = ref.key.partition("/")
    match ref.type:
        case NodeType.observation:
            return f"observations?indicator={first}&area={rest}"
        case NodeType.effect:
            return f"measures/{first}/effects"
        case NodeType.target if slash:
            return f"measures/{first}"
    return f"{_COLLECTIONS[ref.type]}/{ref.key}"


def joined(titles: Sequence[Mapping[Language, str]]) -> dict[Language, str]:
    """One title of several, in each language that one of them has; German where one lacks it."""
    known: list[Language] = [language for title in titles for language in title]
    return {
        language: ", ".join(title.get(language, title["de"]) for title in titles)
        for language in dict.fromkeys(known)
    }


@dataclass
class Found:
    """What the statement of one service found, before it is pruned."""

    own: frozenset[NodeType]
    nodes: dict[NodeRef, ThreadNode] = field(default_factory=dict)
    there: set[NodeRef] = field(default_factory=set)
    links: set[Link] = field(default_factory=set)
    left_out: set[LeftOut] = field(default_factory=set)


def part(starts: Sequence[ThreadStart], found: Found) -> ThreadPart:
    """What may be told: only what can be reached without passing what is hidden."""
    hidden, links = set[NodeRef](), set[Link]()
    by_start = _by_start(found.links)
    for way in Way:
        queue = deque(start.ref for start in starts if way in start.ways)
        passed = set(queue)
        while queue:
            here = queue.popleft()
            if here.type in found.own and here not in found.nodes:
                hidden |= {here} & found.there
                continue
            for link in by_start.get((way, here), ()):
                end = link.end
                own = end.type in found.own
                if own and end not in found.there:
                    continue
                passes = own and end.type not in FIGURES
                if (passes or link.kind is EdgeKind.of) and end not in passed:
                    passed.add(end)
                    queue.append(end)
                links.add(link)
    told = {start.ref for start in starts} | {ref for one in links for ref in (one.start, one.end)}
    hidden |= {ref for ref in told if ref in found.there and ref not in found.nodes}
    left_out = [
        one
        for one in found.left_out
        if one.of in told and (one.of in found.nodes or one.of.type not in found.own)
    ]
    return ThreadPart(
        nodes=[found.nodes[ref] for ref in sorted(told & found.nodes.keys(), key=place)],
        links=sorted(
            links, key=lambda link: (link.way, place(link.cause), place(link.consequence))
        ),
        hidden=sorted(hidden, key=place),
        left_out=sorted(left_out, key=lambda one: (one.way, place(one.of), one.type)),
    )


def _in_order(link: Link) -> tuple[str, tuple[int, str], tuple[int, str], str]:
    return link.way, place(link.cause), place(link.consequence), link.kind


def _by_start(links: Iterable[Link]) -> Mapping[tuple[Way, NodeRef], list[Link]]:
    found = defaultdict[tuple[Way, NodeRef], list[Link]](list)
    for link in links:
        found[link.way, link.start].append(link)
    return found


def place(ref: NodeRef) -> tuple[int, str]:
    """Where a node stands in the order from causes to consequences."""
    return ORDER[ref.type], ref.key


def rounds(of: NodeRef) -> Iterator[Collection[Service]]:
    """Which services are asked at once, one round after the other: none more than twice.

    Causes and consequences lie in one order: figures and findings, boards, projects, figures. From
    a figure the walk sets out at both of its ends. The indicators know of nothing that others own;
    what hangs together of boards and projects either may say.
    """
    first: Sequence[Service] = (owner(of.type),)
    following: Sequence[Service] = ("boards", "projects", "indicators")
    yield (*first, "projects") if of.type in FIGURES else first
    for service in following:
        yield (service,)


@dataclass
class Ground:
    """What is known so far of the thread of one node."""

    of: NodeRef
    nodes: dict[NodeRef, ThreadNode] = field(default_factory=dict)
    links: set[Link] = field(default_factory=set)
    hidden: set[NodeRef] = field(default_factory=set)
    left_out: set[LeftOut] = field(default_factory=set)
    _ways: dict[NodeRef, set[Way]] = field(default_factory=lambda: defaultdict(set))
    _passed: set[tuple[Service, NodeRef, Way | None]] = field(default_factory=set)
    _asked_for: set[NodeRef] = field(default_factory=set)
    """What was asked for, and the figures that it stands for: these are passed."""

    def __post_init__(self) -> None:
        self._ways[self.of] = set(Way)
        self._asked_for = {self.of}

    def starts(self, service: Service) -> list[ThreadStart]:
        """From where this service is to walk on: from what it has not been asked for before."""
        made = []
        for ref, known in sorted(self._ways.items(), key=lambda one: place(one[0])):
            own = owner(ref.type) == service
            if not own and ref not in self._asked_for and ref not in self.nodes:
                continue
            ways = known if ref in self._asked_for or ref.type not in FIGURES else set[Way]()
            new = {way for way in ways if (service, ref, way) not in self._passed}
            if new or (own and (service, ref, None) not in self._passed):
                made.append(ThreadStart(ref=ref, ways=frozenset(new)))
                self._passed |= {(service, ref, way) for way in (*new, None)}
        return made

    def take(self, service: Service, told: ThreadPart) -> None:
        """What a service has answered."""
        for node in told.nodes:
            ref = NodeRef(type=node.type, key=node.key)
            self.nodes[ref] = node
            self._passed.add((service, ref, None))
        self.hidden |= set(told.hidden)
        self._passed |= {(service, ref, None) for ref in told.hidden}
        self.left_out |= set(told.left_out)
        for link in told.links:
            self.links.add(link)
            self._ways[link.end].add(link.way)
            if link.kind is EdgeKind.of:
                self._asked_for.add(link.end)
            if owner(link.end.type) == service:
                self._passed.add((service, link.end, link.way))
