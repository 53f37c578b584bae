"""Threads, without a database: the walk over services finds what one search of one graph finds."""

import asyncio
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from services.contracts.shared.thread_walks import (
    LeftOut,
    Link,
    ThreadPart,
    ThreadQuestion,
    ThreadStart,
    ToldNode,
)
from services.contracts.shared.threads import (
    FIGURES,
    AskedRef,
    EdgeKind,
    NodeRef,
    NodeType,
    Service,
    ThreadGapKind,
    Way,
    owner,
)
from services.kit.problems import NotFound
from services.kit.threads import composing, rules
from services.kit.threads.asking import Ground
from services.kit.threads.rules import Found
from services.kit.threads.walk import walk

TYPES = (
    "observation",
    "finding",
    "recommendation",
    "chapter",
    "resolution",
    "measure",
    "grant",
)
LEADS: dict[Service, set[Service]] = {
    "indicators": {"indicators", "boards", "projects"},
    "boards": {"boards", "projects"},
    "projects": {"projects"},
}
Edge = tuple[NodeRef, NodeRef]


def ref(text: str) -> NodeRef:
    return NodeRef.read(text)


def node(of: NodeRef, **more: object) -> ToldNode:
    told = {
        "ref": str(of),
        "type": of.type,
        "key": of.key,
        "title": {"de": of.key},
        "state": None,
        "figure": None,
        "on": None,
        "responsible": None,
        "address": f"/v1/town/{rules.address(of)}",
        "service": owner(of.type),
        "lacks": [],
        "since": None,
        "must_act": None,
    }
    return ToldNode.model_validate({**told, **more})


def may_lead(cause: NodeRef, consequence: NodeRef) -> bool:
    """The order of causes and consequences: figures, boards, projects, and figures again."""
    if cause.type is NodeType.chapter:
        return False
    if consequence.type is NodeType.chapter:
        return True
    if consequence.type in FIGURES:
        return owner(cause.type) == "projects"
    return owner(consequence.type) in LEADS[owner(cause.type)]


def who_may_know(*ends: NodeRef) -> set[Service]:
    """Either side says that it hangs together with the other, but figures know of nothing else, and
    reports alone know of what they tell."""
    if any(end.type is NodeType.chapter for end in ends):
        return {"boards"}
    owners = {owner(end.type) for end in ends}
    return owners - {"indicators"} or owners


@dataclass
class Town:
    """A graph divided among services: each edge is known to one of the two it is between."""

    nodes: set[NodeRef]
    edges: dict[Edge, Service]
    hidden: set[NodeRef]
    calls: Counter[Service] = field(default_factory=Counter)

    async def ask(self, service: Service, question: ThreadQuestion) -> ThreadPart:
        starts = question.starts
        self.calls[service] += 1
        mine = {one for one in self.nodes if owner(one.type) == service}
        found = Found(
            own=frozenset(kind for kind in NodeType if owner(kind) == service),
            nodes={one: node(one).model_dump() for one in mine - self.hidden},
            there=mine,
            links={
                Link(way, cause, consequence, EdgeKind.names)
                for (cause, consequence), knows in self.edges.items()
                if knows == service
                for way in Way
            },
        )
        return ThreadPart.model_validate(rules.part(starts, found)._asdict())

    def search(self, of: NodeRef) -> tuple[set[NodeRef], set[Edge], set[NodeRef]]:
        """The plain search: what is seen, by which edges, and what is hidden beside it."""
        ends = defaultdict[tuple[Way, NodeRef], list[Edge]](list)
        for edge in self.edges:
            ends[Way.down, edge[0]].append(edge)
            ends[Way.up, edge[1]].append(edge)
        seen, edges, hidden = {of}, set[Edge](), set[NodeRef]()
        queue = deque([(of, way) for way in Way])
        passed = set(queue)
        while queue:
            here, way = queue.popleft()
            if here.type in FIGURES and here != of:
                continue
            for edge in ends[way, here]:
                end = edge[1] if way is Way.down else edge[0]
                if end in self.hidden:
                    hidden.add(end)
                    continue
                edges.add(edge)
                seen.add(end)
                turns = end.type is NodeType.measure and way is Way.up
                for on in Way if turns else (way,):
                    if (end, on) not in passed:
                        passed.add((end, on))
                        queue.append((end, on))
        return seen, edges, hidden


@st.composite
def towns(draw: st.DrawFn) -> tuple[Town, NodeRef]:
    count = draw(st.integers(2, 18))
    nodes = [ref(f"{draw(st.sampled_from(TYPES))}:n{place}") for place in range(count)]
    pairs = [(a, b) for a in nodes for b in nodes if a != b and may_lead(a, b)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=40, unique=True)) if pairs else []
    edges = {edge: draw(st.sampled_from(sorted(who_may_know(*edge)))) for edge in chosen}
    hidden = {one for one in nodes if draw(st.integers(0, 5)) == 0}
    return Town(set(nodes), edges, hidden), draw(st.sampled_from(nodes))


@settings(max_examples=300)
@given(towns())
def test_the_walk_finds_what_one_search_finds_in_two_calls_to_each_service(
    drawn: tuple[Town, NodeRef],
) -> None:
    town, of = drawn
    if of in town.hidden:
        with pytest.raises(NotFound):
            asyncio.run(walk(of, town.ask))
        return
    thread = composing.thread(asyncio.run(walk(of, town.ask)), date(2026, 6, 1), "town")
    seen, edges, hidden = town.search(of)
    assert {ref(one.ref) for one in thread.nodes} == seen
    assert {(ref(one.from_), ref(one.to)) for one in thread.edges} == edges
    assert sum(thread.hidden.values()) == len(hidden)
    assert max(town.calls.values()) <= 2


def test_where_a_measure_of_a_chapter_comes_from_is_told_back_to_the_first_figure() -> None:
    """All of it but the measure is known to the boards: what they say last leads to figures."""
    observation, finding, recommendation, measure, chapter = (
        ref(text)
        for text in ("observation:q/a", "finding:f", "recommendation:r", "measure:m", "chapter:c")
    )
    nodes = {observation, finding, recommendation, measure, chapter}
    edges: dict[Edge, Service] = {
        (observation, finding): "indicators",
        (finding, recommendation): "boards",
        (recommendation, measure): "boards",
        (measure, chapter): "boards",
    }
    for hidden in (set[NodeRef](), {finding}):
        town = Town(nodes, edges, hidden)
        thread = composing.thread(asyncio.run(walk(chapter, town.ask)), date(2026, 6, 1), "town")
        told = {ref(one.ref) for one in thread.nodes}
        assert told == (nodes - {observation, finding} if hidden else nodes)
        assert thread.hidden == {one.type: 1 for one in hidden}
        assert max(town.calls.values()) <= 2


def chained(*texts: str) -> Ground:
    """A thread that goes straight through these nodes, seen from the first."""
    refs = [ref(text) for text in texts]
    ground = Ground(refs[0])
    ground.nodes = {one: node(one) for one in refs}
    ground.links = {
        Link(Way.down, cause, consequence, EdgeKind.names) for cause, consequence in pairwise(refs)
    }
    return ground


def test_the_nearest_are_told_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "MOST", 2)
    ground = chained("resolution:b", "measure:m", "grant:g", "position:p")
    thread = composing.thread(ground, date(2026, 6, 1), "town")
    assert [one.ref for one in thread.nodes] == ["resolution:b", "measure:m"]
    assert [(one.from_, one.to) for one in thread.edges] == [("resolution:b", "measure:m")]
    (rest,) = thread.left_out
    assert (rest.of, rest.way, rest.type, rest.count) == ("measure:m", "down", "grant", 1)
    assert rest.next == "/v1/town/thread?of=measure:m"


def test_of_what_is_hidden_that_is_counted_which_hangs_on_what_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ground = chained("resolution:b", "measure:m", "grant:g", "position:p")
    ground.hidden = {ref("position:p")}
    del ground.nodes[ref("position:p")]
    assert composing.thread(ground, date(2026, 6, 1), "town").hidden == {NodeType.position: 1}
    monkeypatch.setattr(composing, "MOST", 2)
    assert composing.thread(ground, date(2026, 6, 1), "town").hidden == {}


def test_what_is_decided_for_a_later_day_is_missing_since_no_day_at_all() -> None:
    lacking = node(
        ref("resolution:b"), lacks=[ThreadGapKind.beyond_mandate], since=date(2026, 6, 2)
    )
    assert [gap.age_days for gap in composing.gaps(lacking, date(2026, 6, 1))] == [0]


def test_what_one_node_leads_to_beyond_the_bound_is_counted_and_has_an_address() -> None:
    ground = chained("strategy:s", "measure:m", "grant:g")
    ground.left_out = {
        LeftOut(ref("strategy:s"), Way.down, NodeType.measure, 188),
        LeftOut(ref("grant:g"), Way.down, NodeType.expenditure, 8),
        LeftOut(ref("grant:hidden"), Way.down, NodeType.expenditure, 9),
    }
    ground.skip = 12
    rest = composing.thread(ground, date(2026, 6, 1), "town").left_out
    assert [(one.of, one.type, one.count, one.next) for one in rest] == [
        ("strategy:s", "measure", 188, "/v1/town/thread?of=strategy:s&skip=24"),
        ("grant:g", "expenditure", 8, "/v1/town/thread?of=grant:g"),
    ]


def test_what_is_followed_by_too_much_to_be_told_is_no_gap() -> None:
    ground = chained("finding:f")
    lacking = node(ref("finding:f"), lacks=[ThreadGapKind.finding_unanswered])
    ground.nodes[ref("finding:f")] = lacking
    assert len(composing.thread(ground, date(2026, 6, 1), "town").gaps) == 1
    chapters = LeftOut(ref("finding:f"), Way.down, NodeType.chapter, 3)
    ground.left_out = {chapters}
    assert len(composing.thread(ground, date(2026, 6, 1), "town").gaps) == 1
    ground.left_out = {chapters, LeftOut(ref("finding:f"), Way.down, NodeType.measure, 3)}
    assert composing.thread(ground, date(2026, 6, 1), "town").gaps == []
    ground.left_out, ground.skip = set(), 12
    assert composing.thread(ground, date(2026, 6, 1), "town").gaps == []


def test_where_a_walk_was_ended_what_it_did_not_reach_is_counted() -> None:
    strategy = ref("strategy:s")
    walked = [Link(Way.down, strategy, ref(f"measure:{name}"), EdgeKind.contains) for name in "abc"]
    every = [
        LeftOut(strategy, Way.down, NodeType.measure, 20),
        LeftOut(ref("measure:a"), Way.down, NodeType.grant, 2),
        LeftOut(strategy, Way.up, NodeType.resolution, 5),
    ]
    starts = [ThreadStart(ref=strategy, ways=frozenset(Way), skip=12)]
    assert list(rules.beyond(every, walked, starts)) == [
        LeftOut(strategy, Way.down, NodeType.measure, 5),
        LeftOut(ref("measure:a"), Way.down, NodeType.grant, 2),
    ]


def since(day: int | None, text: str) -> ToldNode:
    return node(ref(text), since=None if day is None else date(2026, 1, day))


def test_what_several_services_tell_is_complete_up_to_a_day_and_the_rest_is_counted() -> None:
    measures = [since(day, f"measure:m{day}") for day in (1, 3)]
    found = rules.lacking([rules.Oldest(measures, 10)])
    assert (found.until, found.later) == (date(2026, 1, 3), 8)
    boards = rules.lacking(
        [rules.Oldest([since(2, "resolution:b"), since(5, "resolution:c")], 2), rules.Oldest()]
    )
    assert (boards.until, boards.later) == (None, 0)
    both = rules.together([found, boards])
    assert [one.ref for one in both.nodes] == ["measure:m1", "measure:m3", "resolution:b"]
    assert (both.until, both.later) == (date(2026, 1, 3), 9)
    of_unknown_age = rules.lacking([rules.Oldest([since(None, "measure:m")], 1)])
    assert rules.together([of_unknown_age]).nodes
    fell = rules.Oldest([since(7, "measure:m1"), since(9, "measure:m5")], 3)
    twice = rules.lacking([rules.Oldest(measures, 2), fell])
    assert (twice.until, twice.later) == (date(2026, 1, 9), 1), "each part ends on a day of its own"


def test_what_is_missing_has_an_age_and_the_oldest_comes_first() -> None:
    ground = chained("recommendation:r", "measure:m", "grant:g")
    for text, kind, since in (
        ("recommendation:r", ThreadGapKind.recommendation_undecided, date(2026, 5, 1)),
        ("grant:g", ThreadGapKind.money_without_effect, date(2026, 1, 1)),
    ):
        ground.nodes[ref(text)] = node(ref(text), lacks=[kind], since=since)
    gaps = composing.thread(ground, date(2026, 5, 31), "town").gaps
    assert [(one.node, one.age_days) for one in gaps] == [
        ("grant:g", 150),
        ("recommendation:r", 30),
    ]


def test_a_title_of_two_names_is_there_in_each_language_that_one_of_them_has() -> None:
    assert rules.joined([{"de": "Quote", "en": "Rate"}, {"de": "Lobeda"}]) == {
        "de": "Quote, Lobeda",
        "en": "Rate, Lobeda",
    }


@pytest.mark.parametrize("text", ["measure", "measure:", ":x", "person:p-1", "measure:m@2024"])
def test_nonsense_is_no_node(text: str) -> None:
    with pytest.raises(ValueError):
        NodeRef.read(text)


@pytest.mark.parametrize("text", ["measure", "person:p-1", "measure:", "measure:a b", "Measure:m"])
def test_who_asks_for_what_is_no_node_is_told_how_one_is_written(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(AskedRef).validate_python(text)
    (said,) = refused.value.errors()
    assert said["msg"].endswith(f"such as measure:jobladen-lobeda; types are {', '.join(NodeType)}")
    assert TypeAdapter(AskedRef).validate_python("measure:m") == "measure:m"


def test_a_figure_of_one_period_is_read_where_its_series_is() -> None:
    series, figure = ref("observation:quote/lobeda"), ref("observation:quote/lobeda@2023-08-01/P1Y")
    assert rules.address(series) == "observations?indicator=quote&area=lobeda"
    assert rules.address(figure) == (
        "observations?indicator=quote&area=lobeda&period=2023-08-01/P1Y"
    )
    assert rules.address(ref("chapter:bericht/2/3")) == "coordinated-reports/bericht/editions/2"


def test_what_all_services_together_know_to_be_answered_is_no_gap() -> None:
    found = node(ref("finding:f"), lacks=[ThreadGapKind.finding_unanswered], since=date(2026, 1, 1))
    decided = node(
        ref("resolution:b"),
        lacks=[ThreadGapKind.resolution_without_measure, ThreadGapKind.beyond_mandate],
    )
    kinds, on = set(ThreadGapKind), date(2026, 1, 31)
    every = composing.all_gaps([decided, found], set(), kinds, on)
    assert [(gap.kind, gap.age_days) for gap in every] == [
        (ThreadGapKind.finding_unanswered, 30),
        (ThreadGapKind.beyond_mandate, None),
        (ThreadGapKind.resolution_without_measure, None),
    ]
    left = composing.all_gaps([decided, found], {ref("finding:f"), ref("resolution:b")}, kinds, on)
    assert [gap.kind for gap in left] == [ThreadGapKind.beyond_mandate]


def test_a_resolution_that_another_ends_is_not_carried_out_by_it() -> None:
    assert not composing.carries_on(ref("resolution:a"), NodeType.resolution)
    assert composing.carries_on(ref("resolution:a"), NodeType.measure)


def test_that_a_report_tells_of_something_carries_nothing_out() -> None:
    assert not composing.carries_on(ref("finding:f"), NodeType.chapter)
