"""Which services are asked for the thread of a node, one round after the other, and from where each
of them walks on: pure functions.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.contracts.shared.thread_walks import (
    Charge,
    LeftOut,
    Link,
    ThreadPart,
    ThreadQuestion,
    ThreadStart,
    ToldNode,
)
from services.contracts.shared.threads import (
    FIGURES,
    EdgeKind,
    NodeRef,
    NodeType,
    Service,
    Way,
    owner,
)
from services.kit.threads import charges
from services.kit.threads.rules import place, ways_on

_ROUNDS: Mapping[Service, Sequence[Sequence[Service]]] = {
    "indicators": (("indicators",), ("boards",), ("projects",), ("boards", "indicators")),
    "boards": (("boards",), ("projects",), ("boards", "indicators")),
    "projects": (("projects",), ("boards",), ("indicators",)),
}
_OF_FIGURES: Sequence[Sequence[Service]] = (
    *_ROUNDS["indicators"][:-1],
    ("boards",),
    ("indicators",),
)
_OF_REPORTS: Sequence[Sequence[Service]] = (
    ("boards",),
    ("projects", "indicators"),
    ("boards",),
    ("indicators",),
)


def rounds(of: NodeRef) -> Sequence[Sequence[Service]]:
    """Which services are asked at once, one round after the other: none more than twice.

    Causes and consequences lie in one order: figures and findings, boards, projects, figures; only
    the chapters of reports are boards' own consequences of anything. The indicators know of nothing
    that others own. So the projects are asked once, between two questions to the boards, of which
    the second finds what reports say of measures and, on the way up from the effects that show in
    a figure or from the measures that a report tells of, where measures come from. Then the
    indicators cannot be asked at the same time.
    Who has the topic of a finding the boards say when they are asked after the indicators: reports
    alone tell of findings that nobody may have answered, so there these are asked first.
    """
    if of.type in (NodeType.chapter, NodeType.publication):
        return _OF_REPORTS
    return _OF_FIGURES if of.type in FIGURES else _ROUNDS[owner(of.type)]


_INNER = {
    NodeType.position,
    NodeType.expenditure,
    NodeType.claim,
    NodeType.result,
    NodeType.target,
    NodeType.effect,
}


def _knows_nothing(service: Service, kind: NodeType) -> bool:
    """Whether a service says nothing of what others own: then it need not be asked."""
    return service == "indicators" or (service == "boards" and kind in _INNER)


@dataclass
class Ground:
    """What is known so far of the thread of one node."""

    of: NodeRef
    skip: int = 0
    """So many of each type, to which the node leads, were told before."""
    nodes: dict[NodeRef, ToldNode] = field(default_factory=dict)
    charge: Charge = charges.NOTHING
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

    def question(self, service: Service) -> ThreadQuestion | None:
        """What this service is to be asked next; None: nothing."""
        starts = self.starts(service)
        charge = charges.wanted(self.nodes.values(), self.charge) if service == "boards" else None
        if not starts and charge is None:
            return None
        return ThreadQuestion(starts=starts, charge=charge)

    def starts(self, service: Service) -> list[ThreadStart]:
        """From where this service is to walk on: from what it has not been asked for before."""
        made = []
        for ref, known in sorted(self._ways.items(), key=lambda one: place(one[0])):
            own = owner(ref.type) == service
            if not own and (
                _knows_nothing(service, ref.type)
                or (ref not in self._asked_for and ref not in self.nodes)
            ):
                continue
            ways = known if ref in self._asked_for or ref.type not in FIGURES else set[Way]()
            if service == "projects" and not own and ref not in self._asked_for:
                ways = ways - {Way.up}  # projects know of no causes of what others own but figures
            new = {way for way in ways if (service, ref, way) not in self._passed}
            if new or (own and (service, ref, None) not in self._passed):
                skip = self.skip if ref == self.of else 0
                made.append(ThreadStart(ref=ref, ways=frozenset(new), skip=skip))
                self._passed |= {(service, ref, way) for way in (*new, None)}
        return made

    def take(self, service: Service, told: ThreadPart) -> None:
        """What a service has answered."""
        for node in told.nodes:
            ref = NodeRef(node.type, node.key)
            self.nodes[ref] = node
            self._passed.add((service, ref, None))
        self.charge = charges.together(self.charge, told.charge)
        self.hidden |= set(told.hidden)
        self._passed |= {(service, ref, None) for ref in told.hidden}
        self.left_out |= set(told.left_out)
        for link in told.links:
            self.links.add(link)
            ways = ways_on(link.end, link.way)
            self._ways[link.end].update(ways)
            if link.kind is EdgeKind.of:
                self._asked_for.add(link.end)
            if owner(link.end.type) == service:
                self._passed |= {(service, link.end, way) for way in ways}
