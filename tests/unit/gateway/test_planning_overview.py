"""What each step of planning has produced, what stands still, and who must act."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.gateway.planning_overview import ActRule, StepOverview
from services.contracts.projects.planning_cycle import (
    PlanningCycle,
    ProductInCycle,
    StepInCycle,
    TaskInCycle,
)
from services.contracts.projects.planning_tasks import (
    PlanningStep,
    PlanningTaskState,
    ProductKind,
)
from services.contracts.shared.base import Language
from services.contracts.shared.deadlines import DeadlineKind, Due, Source
from services.contracts.shared.outcomes import Outcome, OutcomeCount, OutcomeKind
from services.contracts.shared.threads import ThreadGap, ThreadGapKind
from services.gateway.planning_overview import assigning, rules, words
from services.gateway.planning_overview.known import Asked, Known
from services.gateway.planning_overview.picture import HEIGHT, WIDTH, picture
from services.kit.paging import decode

SVG = "{http://www.w3.org/2000/svg}"

TODAY = date(2026, 3, 1)
ASKED = Asked(TODAY, "jena", most=1000)
AGO = st.integers(0, 800)
KEYS = st.sampled_from(["aa", "bb", "cc"])


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def outcome(kind: OutcomeKind, ago: int, key: str = "aa", sort: str | None = None) -> Outcome:
    return Outcome(
        kind=kind, key=key, on=day(ago), title={"de": key}, path=f"things/{key}", sort=sort
    )


def task(key: str, **more: Any) -> TaskInCycle:
    fields = {
        "key": key,
        "title": {"de": key},
        "coordination": "amt",
        "state": PlanningTaskState.running,
        "due_on": None,
        "days_left": None,
        "latest_on": None,
        "still_since": None,
        **more,
    }
    return TaskInCycle.model_validate(fields)


def cycle(**steps: tuple[list[TaskInCycle], list[ProductInCycle]]) -> PlanningCycle:
    return PlanningCycle(
        on=TODAY,
        steps=[
            StepInCycle(
                step=PlanningStep(step),
                tasks=tasks,
                products=products,
                latest_on=None,
                due=[],
                still=[],
            )
            for step, (tasks, products) in steps.items()
        ],
        hidden_links=0,
    )


def due(kind: DeadlineKind, left: int, key: str = "aa", **more: Any) -> Due:
    fields = {
        "id": f"{kind}/{key}",
        "kind": kind,
        "on": TODAY + timedelta(days=left),
        "title": {"de": key},
        "what": f"thing:{key}",
        "path": f"things/{key}",
        "responsible": ["organisation:traeger"],
        "done": False,
        "clause": None,
        "reason": None,
        "starts_at": None,
        "revision": 1,
        "changed_at": datetime(2026, 1, 1, tzinfo=UTC),
        **more,
    }
    return Due.model_validate(fields)


def step(known: Known, which: PlanningStep, asked: Asked = ASKED) -> StepOverview:
    (found,) = [one for one in rules.overview(known, asked) if one.step is which]
    return found


OUTCOMES = st.lists(
    st.builds(outcome, st.sampled_from(OutcomeKind), AGO, KEYS, st.none()), max_size=15
)
NAMED = st.lists(
    st.builds(
        ProductInCycle,
        kind=st.sampled_from(ProductKind),
        key=KEYS,
        on=st.none() | AGO.map(day),
        task=st.just("aufgabe"),
    ),
    max_size=6,
)


@given(found=OUTCOMES, named=NAMED, where=st.sampled_from(PlanningStep))
def test_a_step_holds_each_outcome_once_and_the_newest_first(
    found: list[Outcome], named: list[ProductInCycle], where: PlanningStep
) -> None:
    known = Known(cycle(**{where.value: ([task("aufgabe")], named)}), found)
    seen: dict[tuple[OutcomeKind, str], list[PlanningStep]] = {}
    for one in rules.overview(known, Asked(TODAY, "jena", tuple(PlanningStep), most=1000)):
        names = [(each.kind, each.key) for each in one.outcomes]
        assert len(names) == len(set(names))
        days = [each.on or date.min for each in one.outcomes]
        assert days == sorted(days, reverse=True)
        assert one.latest_on == max((d for d in days if d != date.min), default=None)
        for name in names:
            seen.setdefault(name, []).append(one.step)
    for product in named:
        assert where in seen[OutcomeKind(product.kind), product.key]
    for each in found:
        own = assigning.of_outcome(each.kind, each.sort)
        assert own is None or own in seen[each.kind, each.key]
        assert set(seen.get((each.kind, each.key), [])) <= {own, where}


@given(ago=AGO, still_after=st.integers(1, 400))
def test_a_step_stands_still_when_nothing_came_for_so_long(ago: int, still_after: int) -> None:
    known = Known(outcomes=[outcome(OutcomeKind.release, ago)])
    asked = Asked(TODAY, "jena", still_after=still_after)
    found = step(known, PlanningStep.stocktaking, asked)
    assert found.still_since == (day(ago) if ago >= still_after else None)


def test_a_step_whose_tasks_are_done_does_not_stand_still() -> None:
    done = task("a", state=PlanningTaskState.done)
    old = [outcome(OutcomeKind.release, 700)]
    assert (
        step(Known(cycle(stocktaking=([done], [])), old), PlanningStep.stocktaking).still_since
        is None
    )
    mixed = cycle(stocktaking=([done, task("b")], []))
    assert step(Known(mixed, old), PlanningStep.stocktaking).still_since == day(700)


@given(first=st.lists(AGO, max_size=4), second=st.lists(AGO, max_size=4))
def test_who_follows_is_asked_to_act_when_something_has_waited(
    first: list[int], second: list[int]
) -> None:
    known = Known(
        outcomes=[
            *(outcome(OutcomeKind.finding, ago, f"f-{i}") for i, ago in enumerate(first)),
            *(outcome(OutcomeKind.measure, ago, f"m-{i}") for i, ago in enumerate(second)),
        ]
    )
    acts = [
        act
        for act in step(known, PlanningStep.action_planning).next
        if act.rule is ActRule.follow_up
    ]
    waiting = [ago for ago in first if ago >= 180 and all(ago < other for other in second)]
    assert [act.since for act in acts] == ([day(max(waiting))] if waiting else [])


@given(
    dues=st.lists(
        st.tuples(st.sampled_from(DeadlineKind), st.integers(-60, 60), st.booleans()), max_size=8
    )
)
def test_whatever_is_late_in_a_step_is_in_somebodys_hands(
    dues: list[tuple[DeadlineKind, int, bool]],
) -> None:
    known = Known(
        due=[due(kind, left, f"k-{i}", done=done) for i, (kind, left, done) in enumerate(dues)]
    )
    for one in rules.overview(known, ASKED):
        late = [each for each in one.due if each.days_left < 0]
        acts = [act for act in one.next if act.rule is ActRule.overdue]
        assert [act.since for act in acts] == [each.on for each in late]
        assert all(act.who for act in acts)
        assert all(each.days_left <= ASKED.soon for each in one.due)
        order = list(ActRule)
        places = [order.index(act.rule) for act in one.next]
        assert places == sorted(places)


def test_what_nobody_is_named_for_is_the_coordinations() -> None:
    tasks = cycle(controlling=([task("evaluation")], []))
    known = Known(tasks, due=[due(DeadlineKind.target, -1, responsible=[])])
    (act, *_) = step(known, PlanningStep.controlling).next
    assert act.who == ["organisation:amt"]
    assert act.text["en"] == "Overdue since 2026-02-28: aa"


def test_a_task_is_due_in_its_own_step() -> None:
    tasks = cycle(reporting=([task("berichtswesen", still_since=day(300))], []))
    known = Known(tasks, due=[due(DeadlineKind.planning_task, 3, "berichtswesen")])
    found = step(known, PlanningStep.reporting)
    assert [one.id for one in found.due] == ["planning_task/berichtswesen"]
    assert [act.rule for act in found.next] == [
        ActRule.stands_still,
        ActRule.due_soon,
        ActRule.nothing_yet,
    ]
    assert found.next[0].since == day(300)


@given(found=OUTCOMES, named=NAMED, more=st.integers(0, 40), most=st.integers(1, 5))
def test_what_is_not_shown_is_counted_with_the_way_to_it(
    found: list[Outcome], named: list[ProductInCycle], more: int, most: int
) -> None:
    """`more`: of each kind so many that the service counts and did not send."""
    known = {(one.kind, one.key): one for one in found}
    sent = Counter(kind for kind, _ in known)
    counts = [OutcomeCount(kind=kind, sort=None, count=sent[kind] + more) for kind in sent]
    asked = Asked(TODAY, "jena", tuple(PlanningStep), most=most)
    tasks = cycle(reporting=([task("aufgabe")], named))
    for one in rules.overview(Known(tasks, list(known.values()), counts), asked):
        kinds = {kind for kind in sent if assigning.of_outcome(kind, None) is one.step}
        here = {key for key in known if key[0] in kinds}
        if one.step is PlanningStep.reporting:
            here |= {(OutcomeKind(product.kind), product.key) for product in named}
        assert len(one.outcomes) == min(len(here), most)
        assert one.count == len(here) + more * len(kinds)
        assert one.count == len(one.outcomes) + sum(rest.count for rest in one.rest)
        for rest in one.rest:
            assert rest.address == f"/v1/jena/{rules.COLLECTIONS[rest.kind]}"


@given(left=st.lists(st.integers(-60, 60), max_size=12), most=st.integers(1, 5), cut=st.booleans())
def test_deadlines_that_are_not_shown_are_counted_with_the_way_to_them(
    left: list[int], most: int, cut: bool
) -> None:
    dues = [due(DeadlineKind.target, days, f"k-{n}") for n, days in enumerate(left)]
    last = (TODAY, "target/k-0") if cut else None
    told = rules.told(Known(due=dues, due_go_on=last), Asked(TODAY, "jena", most=most))
    (one,) = [each for each in told.steps if each.step is PlanningStep.controlling]
    late = sum(days < 0 for days in left)
    soon = sum(0 <= days <= ASKED.soon for days in left)
    assert (one.overdue, one.due_soon) == (late, soon)
    assert (len(one.due), len(one.next)) == (min(late + soon, most), min(one.next_count, most))
    nothing = 0 if one.outcomes else 1
    assert one.next_count == late + soon + nothing
    assert one.deadlines == (
        "/v1/jena/deadlines?kind=target&to=2026-03-31" if late + soon else None
    )
    assert (told.deadlines is not None) is cut
    if told.deadlines is not None:
        asked = parse_qs(urlsplit(told.deadlines).query)
        assert asked["to"] == ["2026-03-31"]
        assert decode(asked["cursor"][0]) == ["2026-03-01", "target/k-0"]


def gap(kind: ThreadGapKind, ago: int | None, key: str = "aa", **more: Any) -> ThreadGap:
    fields = {
        "kind": kind,
        "node": f"finding:{key}",
        "title": {"de": key},
        "address": f"/v1/jena/findings/{key}",
        "since": None if ago is None else day(ago),
        "age_days": ago,
        "responsible": None,
        **more,
    }
    return ThreadGap.model_validate(fields)


def test_the_oldest_gap_of_a_kind_is_closed_first_by_whoever_is_in_charge() -> None:
    board = {"collection": "bodies", "key": "beirat", "name": {"de": "Beirat"}}
    kind = ThreadGapKind.finding_unanswered
    gaps = [gap(kind, 40, "old", responsible=board), gap(kind, 3), gap(kind, None, "ever")]
    known = Known(cycle(action_planning=([task("plan")], [])), gaps=gaps)
    found = step(known, PlanningStep.action_planning, Asked(TODAY, "jena", most=2))
    assert ([one.node for one in found.gaps], found.gap_count) == (["finding:old", "finding:aa"], 3)
    act = found.next[0]
    assert (act.rule, act.who, act.what) == (ActRule.gap, ["body:beirat"], "finding:old")
    assert act.text["en"] == "Finding without answer (3), the first since 2026-01-20: old"
    assert act.text["it"] == "Riscontro senza risposta (3), la prima dal 20/01/2026: old"
    unknown = Known(gaps=gaps[2:])
    (act, _) = step(unknown, PlanningStep.action_planning).next
    assert act.text["de"] == ("Befund ohne Antwort (1), die erste Lücke seit unbekanntem Tag: ever")
    assert act.who == []


@given(kind=st.sampled_from(ThreadGapKind), whole=st.booleans(), away=st.booleans())
def test_a_gap_is_told_once_and_only_to_whom_sees_everything(
    kind: ThreadGapKind, whole: bool, away: bool
) -> None:
    known = Known(gaps=[gap(kind, 40)], away=[Source.boards] if away else [])
    steps = rules.overview(known, Asked(TODAY, "jena", tuple(PlanningStep), whole=whole))
    assert sum(one.gap_count for one in steps) == (1 if whole and not away else 0)


@given(found=OUTCOMES, whole=st.booleans(), away=st.booleans())
def test_only_who_sees_everything_is_told_what_is_missing(
    found: list[Outcome], whole: bool, away: bool
) -> None:
    asked = Asked(TODAY, "jena", whole=whole)
    known = Known(outcomes=found, away=[Source.boards] if away else [])
    steps = rules.overview(known, asked)
    missing = [act for one in steps for act in one.next] + [one.still_since for one in steps]
    if not whole or away:
        assert [one for one in missing if one is not None] == []
    for one in steps:
        nothing = [act for act in one.next if act.rule is ActRule.nothing_yet]
        assert bool(nothing) == (whole and not away and not one.outcomes)


@pytest.mark.parametrize(
    ("kind", "sort", "where"),
    [
        (OutcomeKind.meeting, "network_meeting/council", PlanningStep.networking),
        (OutcomeKind.meeting, "sitting/network", PlanningStep.networking),
        (OutcomeKind.meeting, "planning_conference/network", PlanningStep.conferences),
        (OutcomeKind.meeting, "sitting/steering_group", PlanningStep.quality),
        (OutcomeKind.meeting, "sitting/council", None),
        (OutcomeKind.plan, "adopted", PlanningStep.legitimation),
        (OutcomeKind.plan, "specialist_plan", PlanningStep.quality),
        (OutcomeKind.plan, "action_plan", PlanningStep.action_planning),
        (OutcomeKind.paper, None, None),
    ],
)
def test_meetings_and_plans_belong_by_what_they_are(
    kind: OutcomeKind, sort: str | None, where: PlanningStep | None
) -> None:
    assert assigning.of_outcome(kind, sort) is where


def test_every_step_and_rule_has_words_and_every_product_an_address() -> None:
    assert set(words.STEPS) == set(PlanningStep)
    assert set(words.ACTS) == set(ActRule)
    assert set(words.GAPS) == set(ThreadGapKind)
    assert set(rules.COLLECTIONS) == set(OutcomeKind) >= {OutcomeKind(one) for one in ProductKind}


def drawn(known: Known, asked: Asked = ASKED, language: Language = "en") -> Element:
    return fromstring(picture(rules.told(known, asked), language))


def texts_of(image: Element) -> list[str]:
    return [one.text or "" for one in image.iter(f"{SVG}text")]


@given(steps=st.sets(st.sampled_from(PlanningStep), min_size=1), found=OUTCOMES)
def test_the_picture_shows_each_step_once_and_inside_the_page(
    steps: set[PlanningStep], found: list[Outcome]
) -> None:
    image = drawn(Known(outcomes=found), Asked(TODAY, "jena", sorted(steps)))
    written = texts_of(image)
    for step in steps:
        title = words.STEPS[step]["en"]
        assert sum(one[:30] == title[:30] for one in written) == 1
    boxes = [one.attrib for one in image.iter(f"{SVG}rect")][1:]
    assert len(boxes) == len(steps)
    for box in boxes:
        left, top = float(box["x"]), float(box["y"])
        assert left >= 0
        assert left + float(box["width"]) <= WIDTH
        assert top > 60
        assert top + float(box["height"]) <= HEIGHT
    corners = [(float(box["x"]), float(box["y"])) for box in boxes]
    for number, (left, top) in enumerate(corners):
        for other_left, other_top in corners[number + 1 :]:
            assert abs(left - other_left) >= 264 or abs(top - other_top) >= 104


def test_what_is_late_or_stands_still_is_seen_without_colours() -> None:
    known = Known(
        outcomes=[outcome(OutcomeKind.release, 400), outcome(OutcomeKind.effect, 1)],
        due=[due(DeadlineKind.target, -2), due(DeadlineKind.measure_end, 3)],
    )
    image = drawn(known, Asked(TODAY, "jena", [PlanningStep.stocktaking, PlanningStep.controlling]))
    still, late = [one.attrib for one in image.iter(f"{SVG}rect")][1:]
    assert ("stroke-dasharray" in still, still["stroke-width"]) == (True, "1.5")
    assert ("stroke-dasharray" in late, late["stroke-width"]) == (False, "4")
    assert "1 overdue, 1 due soon" in texts_of(image)
    assert "No progress since 2025-01-25" in texts_of(image)
    legend = "Thick frame: something is overdue. Dashed: nothing has come for long."
    assert legend in texts_of(image)
    assert legend not in texts_of(drawn(Known(outcomes=[outcome(OutcomeKind.release, 1)])))


def test_a_long_title_goes_on_in_the_next_line_and_no_line_leaves_its_box() -> None:
    long = outcome(OutcomeKind.release, 400).model_copy(
        update={"title": {"de": "Erste Kennzahlen der Stadtteile und Wohngebiete nach Haushalten"}}
    )
    gaps = [gap(kind, 9, f"g-{n}") for n, kind in enumerate(list(ThreadGapKind) * 9)]
    dues = [due(DeadlineKind.delivery, days, f"k-{days}") for days in range(-150, 30)]
    known = Known(outcomes=[long], due=dues, gaps=gaps)
    image = drawn(known, language="de")
    assert {"25.01.2025: Erste Kennzahlen der", "150 überfällig, 30 bald fällig"} <= {
        *texts_of(image)
    }
    assert "18 Lücken" in texts_of(image)
    boxes = [one.attrib for one in image.iter(f"{SVG}rect")][1:]
    for line in image.iter(f"{SVG}text"):
        x, y = float(line.attrib["x"]), float(line.attrib["y"])
        if line.attrib["font-size"] != "13" or y == HEIGHT - 16:
            continue
        assert len(line.text or "") <= 36
        assert any(
            float(box["x"]) < x < float(box["x"]) + 264
            and float(box["y"]) < y < float(box["y"]) + 104 - 3
            for box in boxes
        )


def test_the_picture_says_what_it_shows_and_lets_no_text_be_a_program() -> None:
    bad = outcome(OutcomeKind.release, 1).model_copy(update={"title": {"de": "<script>&"}})
    known = Known(outcomes=[bad], away=[Source.boards])
    image = drawn(known, language="de")
    assert [one.text for one in image.iter(f"{SVG}title")] == ["Planungskreislauf, 01.03.2026"]
    assert "28.02.2026: <script>&" in texts_of(image)
    assert [*image.iter(f"{SVG}script")] == []
    assert "Es fehlt, was diese Dienste haben: boards" in texts_of(image)


S = PlanningStep
OF_OUTCOMES = {
    OutcomeKind.release: S.stocktaking,
    OutcomeKind.finding: S.needs_analysis,
    OutcomeKind.report: S.needs_analysis,
    OutcomeKind.participation: S.needs_analysis,
    OutcomeKind.recommendation: S.action_planning,
    OutcomeKind.measure: S.action_planning,
    OutcomeKind.resolution: S.legitimation,
    OutcomeKind.implementation: S.controlling,
    OutcomeKind.effect: S.controlling,
    OutcomeKind.publication: S.reporting,
}
OF_GAPS = {
    ThreadGapKind.finding_unanswered: S.action_planning,
    ThreadGapKind.measure_without_money: S.action_planning,
    ThreadGapKind.recommendation_undecided: S.legitimation,
    ThreadGapKind.beyond_mandate: S.legitimation,
    ThreadGapKind.mandate_fallen: S.legitimation,
    ThreadGapKind.resolution_without_measure: S.controlling,
    ThreadGapKind.money_without_effect: S.controlling,
}
OF_DEADLINES = {
    DeadlineKind.delivery: S.stocktaking,
    DeadlineKind.contribution_answer: S.needs_analysis,
    DeadlineKind.participation: S.needs_analysis,
    DeadlineKind.implementation: S.controlling,
    DeadlineKind.target: S.controlling,
    DeadlineKind.measure_end: S.controlling,
    DeadlineKind.review: S.quality,
}


def test_everything_is_told_in_the_step_in_which_coordinators_look_for_it() -> None:
    for kind, where in OF_OUTCOMES.items():
        held = rules.overview(Known(outcomes=[outcome(kind, 1)]), ASKED)
        assert [one.step for one in held if one.outcomes] == [where], kind
    for missing in ThreadGapKind:
        held = rules.overview(Known(gaps=[gap(missing, 1)]), ASKED)
        assert [one.step for one in held if one.gaps] == [OF_GAPS[missing]], missing
    for awaited, where in OF_DEADLINES.items():
        held = rules.overview(Known(due=[due(awaited, 1)]), ASKED)
        assert [one.step for one in held if one.due] == [where], awaited


def test_the_steps_follow_on_one_another_in_a_ring_and_the_others_on_nothing() -> None:
    assert {one: assigning.before(one) for one in PlanningStep if assigning.before(one)} == {
        S.needs_analysis: S.stocktaking,
        S.action_planning: S.needs_analysis,
        S.legitimation: S.action_planning,
        S.controlling: S.legitimation,
        S.stocktaking: S.controlling,
    }


def test_who_coordinates_any_step_is_asked_to_follow_up_where_nobody_has_the_step() -> None:
    found = step(
        Known(cycle(reporting=([task("bericht")], [])), [outcome(OutcomeKind.finding, 200)]),
        PlanningStep.action_planning,
    )
    (act,) = [one for one in found.next if one.rule is ActRule.follow_up]
    assert (act.who, act.what) == (["organisation:amt"], "finding:aa")
    needs = words.STEPS[PlanningStep.needs_analysis]["en"]
    assert act.text["en"] == f"Nothing has followed on {needs} of {day(200).isoformat()}: aa"


def test_a_step_stands_still_by_its_tasks_and_others_need_not_bring_anything() -> None:
    tasks = [task("a", still_since=day(200)), task("b", still_since=day(300)), task("c")]
    known = Known(cycle(networking=(tasks, []), other=([task("d")], [])))
    asked = Asked(TODAY, "jena", tuple(PlanningStep))
    assert step(known, PlanningStep.networking).still_since == day(300)
    assert step(known, PlanningStep.other, asked).next == []
    assert known.cycle is not None
    partly = Known(known.cycle.model_copy(update={"hidden_links": 4}))
    assert rules.told(partly, asked).hidden_links == 4
