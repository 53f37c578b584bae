"""A thread as text and as picture: readable, complete, and safe whatever titles say."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from services.contracts.shared.base import GermanOrEnglish
from services.contracts.shared.thread_walks import Lacking
from services.contracts.shared.threads import NodeRef, Thread, owner
from services.gateway.threads import picture, prose, rules
from services.gateway.threads.words import EDGES, GAPS, NOTHING, STATES, TYPES
from services.kit.paging import Paging
from services.kit.threads import composing

SVG = "{http://www.w3.org/2000/svg}"
TITLES = {
    "observation:sgb2-quote/lobeda-west": "SGB-II-Quote, Lobeda-West",
    "finding:kinderarmut-lobeda-west-r3": "Viele Kinder im SGB II, wenige Kitaplätze",
    "recommendation:familienzentren-2026": "Familienzentren in den Planungsräumen fördern",
    "paper:vorlage-1": "Fortschreibung der Armutspräventionsstrategie",
    "resolution:familienzentren-beschluss-2026": "Förderung der Familienzentren",
    "strategy:armutspraevention": "Armutspräventionsstrategie",
    "measure:jobladen-lobeda": "Jobladen <Lobeda> & Umgebung",
    "project:biwaq-jena": "BIWAQ Jena",
    "grant:biwaq-2019": "BIWAQ-2019 80.000,00 EUR",
    "position:leitung": "Leitung",
    "expenditure:miete": "Miete der Räume 1.190,00 EUR",
    "target:jobladen-lobeda/sgb2-quote/lobeda-west": "SGB-II-Quote, Lobeda-West",
    "effect:jobladen-lobeda/sgb2-quote/lobeda-west": "SGB-II-Quote, Lobeda-West",
}
STATES_OF = {
    "finding:kinderarmut-lobeda-west-r3": "open",
    "recommendation:familienzentren-2026": "followed",
    "measure:jobladen-lobeda": "running",
    "effect:jobladen-lobeda/sgb2-quote/lobeda-west": "as_wanted",
}
EDGES_OF = [
    ("observation:sgb2-quote/lobeda-west", "finding:kinderarmut-lobeda-west-r3", "shows"),
    ("observation:sgb2-quote/lobeda-west", "recommendation:familienzentren-2026", "evidence"),
    (
        "finding:kinderarmut-lobeda-west-r3",
        "recommendation:familienzentren-2026",
        "answered_by",
    ),
    ("paper:vorlage-1", "recommendation:familienzentren-2026", "advised_on"),
    (
        "recommendation:familienzentren-2026",
        "resolution:familienzentren-beschluss-2026",
        "follows",
    ),
    ("resolution:familienzentren-beschluss-2026", "measure:jobladen-lobeda", "mandates"),
    ("resolution:familienzentren-beschluss-2026", "strategy:armutspraevention", "legitimises"),
    ("strategy:armutspraevention", "measure:jobladen-lobeda", "contains"),
    ("measure:jobladen-lobeda", "project:biwaq-jena", "carried_out_in"),
    ("measure:jobladen-lobeda", "grant:biwaq-2019", "funded_by"),
    ("project:biwaq-jena", "grant:biwaq-2019", "funded_by"),
    ("grant:biwaq-2019", "position:leitung", "pays_for"),
    ("grant:biwaq-2019", "expenditure:miete", "pays_for"),
    ("measure:jobladen-lobeda", "target:jobladen-lobeda/sgb2-quote/lobeda-west", "aims_at"),
    (
        "target:jobladen-lobeda/sgb2-quote/lobeda-west",
        "effect:jobladen-lobeda/sgb2-quote/lobeda-west",
        "followed_by",
    ),
    (
        "effect:jobladen-lobeda/sgb2-quote/lobeda-west",
        "observation:sgb2-quote/lobeda-west",
        "seen_in",
    ),
]


def a_node(written: str, title: str, **more: Any) -> dict[str, Any]:
    ref = NodeRef.read(written)
    return {
        "ref": written,
        "type": ref.type,
        "key": ref.key,
        "title": {"de": title},
        "state": STATES_OF.get(written),
        "figure": "12.4" if ref.type == "observation" else None,
        "on": "2026-03-12",
        "responsible": None,
        "address": f"/v1/jena/{ref.key}",
        "service": owner(ref.type),
        "lacks": [],
        "since": None,
        "must_act": None,
        **more,
    }


@pytest.fixture
def thread() -> Thread:
    nodes = [a_node(ref, title) for ref, title in TITLES.items()]
    return Thread.model_validate(
        {
            "of": "recommendation:familienzentren-2026",
            "on": "2026-06-14",
            "nodes": nodes,
            "edges": [{"from": a, "to": b, "kind": kind} for a, b, kind in EDGES_OF],
            "hidden": {"claim": 2},
            "left_out": [
                {
                    "of": "grant:biwaq-2019",
                    "way": "down",
                    "type": "expenditure",
                    "count": 7,
                    "next": "/v1/jena/thread?of=grant:biwaq-2019",
                }
            ],
            "gaps": [
                {
                    "kind": "money_without_effect",
                    "node": "measure:jobladen-lobeda",
                    "title": {"de": "Jobladen Lobeda"},
                    "address": "/v1/jena/measures/jobladen-lobeda",
                    "since": "2026-05-15",
                    "age_days": 30,
                    "responsible": {
                        "collection": "organisations",
                        "key": "jenawirtschaft",
                        "name": {"de": "JenaWirtschaft"},
                    },
                }
            ],
        }
    )


def test_the_text_tells_causes_consequences_and_what_is_missing(thread: Thread) -> None:
    told = prose.text(thread, "de")
    first, day, *_ = told.splitlines()
    assert first.startswith("Roter Faden - Empfehlung: Familienzentren in den")
    assert day == "Stand 14.06.2026"
    causes, consequences = told.split("Was daraus wurde")
    assert "  <- Befund: Viele Kinder" in causes
    assert "    <- Zahl: SGB-II-Quote, Lobeda-West (12,4, 12.03.2026)" in causes
    assert "  -> gefolgt von Beschluss: Förderung der Familienzentren" in consequences
    assert "-> zeigt sich in Zahl" in consequences
    assert "[siehe oben]" in consequences
    assert "Befund:" not in consequences  # which the figure, at which it ends, shows again
    assert "! Jobladen Lobeda: Geld ohne bekannte Wirkung seit 15.05.2026 (30 Tage)" in told
    assert "zuständig: JenaWirtschaft" in told
    assert "Nicht für Sie sichtbar: Mittelabruf 2" in told
    *_, before, remainder = consequences.partition("-> + Ausgabe 7 weitere")[0].splitlines()
    assert before.strip().startswith("-> bezahlt Ausgabe: Miete")
    assert remainder.strip() == ""
    assert "Nicht dargestellt: Ausgabe 7" in told
    english = prose.text(thread, "en")
    assert "Where it comes from" in english
    assert "(30 days)" in english


def test_the_picture_is_well_formed_and_says_in_words_what_it_shows(thread: Thread) -> None:
    drawn = picture.svg(thread, "de")
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    names = [root.find(f"{SVG}{one}") for one in ("title", "desc")]
    assert root.get("aria-labelledby") == " ".join(
        one.get("id", "") for one in names if one is not None
    )
    other = thread.model_copy(update={"on": date(2020, 1, 1)})
    assert f'aria-labelledby="{root.get("aria-labelledby")}"' not in picture.svg(other, "de")
    assert root.findtext(f"{SVG}title", "").startswith("Roter Faden: Familienzentren")
    assert "Was daraus wurde" in root.findtext(f"{SVG}desc", "")
    boxes = list(root.iter(f"{SVG}g"))
    # The figure is cause and consequence: drawn at both ends.
    assert len(boxes) == len(TITLES) + 1
    assert sum("lacks" in one.get("class", "") for one in boxes) == 1
    assert sum("of" in one.get("class", "") for one in boxes) == 1
    assert len([p for p in root.iter(f"{SVG}path") if p.get("marker-end")]) == len(EDGES_OF)
    assert any("Jobladen <Lobeda>" in one.get("aria-label", "") for one in boxes)
    (grant,) = [one for one in boxes if "BIWAQ-2019" in one.get("aria-label", "")]
    assert grant.get("aria-label", "").endswith("+ Ausgabe 7 weitere")


def _closed(text: str) -> str:
    """Without what breaks words and lines."""
    return text.replace(" ", "").replace("-", "")


def _named(thread: Thread, lang: GermanOrEnglish) -> Mapping[str, Sequence[tuple[float, str]]]:
    """Of each node where its boxes stand from the left and what they say."""
    root = ElementTree.fromstring(picture.svg(thread, lang))
    boxes = [
        (float(rect.get("x", "")), _closed("".join(box.itertext())))
        for box in root.iter(f"{SVG}g")
        if (rect := box.find(f"{SVG}rect")) is not None
    ]
    found = {
        node.ref: [
            (x, said)
            for x, said in boxes
            if said.startswith(_closed(TYPES[node.type][lang].upper() + node.title["de"]))
        ]
        for node in thread.nodes
    }
    assert sum(map(len, found.values())) == len(boxes)
    return found


@pytest.mark.parametrize(
    ("lang", "day", "gap", "hidden", "figure"),
    [
        (
            "de",
            "12.03.2026",
            "Geld ohne bekannte Wirkung seit 15.05.2026 (30 Tage)",
            "Nicht für Sie sichtbar: Mittelabruf 2",
            "12,4",
        ),
        (
            "en",
            "2026-03-12",
            "No known effect since 2026-05-15 (30 days)",
            "Not for you to see: Claim 2",
            "12.4",
        ),
    ],
)
def test_text_and_picture_say_of_every_link_what_the_answer_says(
    thread: Thread, lang: GermanOrEnglish, day: str, gap: str, hidden: str, figure: str
) -> None:
    told, named = prose.text(thread, lang), _named(thread, lang)
    for node in thread.nodes:
        state = STATES[node.state][lang] if node.state else ""
        assert f"{TYPES[node.type][lang]}: {node.title['de']} (" in told
        for _, said in named[node.ref]:
            for fact in (state, day, figure if node.figure else ""):
                assert _closed(fact) in said, (node.ref, fact)
    ((_, measure),) = named["measure:jobladen-lobeda"]
    assert _closed(f"! {gap}") in measure
    assert gap in told
    root = ElementTree.fromstring(picture.svg(thread, lang))
    assert hidden in told
    assert hidden in [text.text for text in root.iter(f"{SVG}text")]
    lines = [path.findtext(f"{SVG}title") for path in root.iter(f"{SVG}path")]
    said = sorted(line for line in lines if line is not None)
    assert said == sorted(EDGES[edge.kind][lang] for edge in thread.edges)


def test_the_chain_goes_from_left_to_right_and_ends_at_the_figure_where_it_began(
    thread: Thread,
) -> None:
    named = _named(thread, "de")
    first, last = sorted(x for x, _ in named.pop("observation:sgb2-quote/lobeda-west"))
    chain = ("finding", "recommendation", "resolution", "measure", "grant", "position", "effect")
    between = [
        x for kind in chain for ref, ((x, _), *_) in named.items() if ref.startswith(f"{kind}:")
    ]
    assert [first, *between, last] == sorted({first, *between, last})


def test_what_was_asked_for_is_drawn_however_full_its_column_is(thread: Thread) -> None:
    many = [a_node(f"expenditure:e-{n:02}", "Miete") for n in range(40)]
    asked = {**thread.model_dump(by_alias=True), "of": "expenditure:e-39"}
    full = Thread.model_validate({**asked, "nodes": [*thread.model_dump()["nodes"], *many]})
    root = ElementTree.fromstring(picture.svg(full, "de"))
    assert [box.get("class") for box in root.iter(f"{SVG}g")].count("of") == 1


def test_who_has_no_name_is_told_by_the_key_and_that_nothing_is_there_in_words(
    thread: Thread,
) -> None:
    (gap,) = thread.gaps
    assert gap.responsible is not None
    nameless = gap.responsible.model_copy(update={"name": None})
    alone = thread.model_copy(
        update={
            "nodes": [one for one in thread.nodes if one.ref == thread.of],
            "edges": [],
            "gaps": [gap.model_copy(update={"responsible": nameless})],
        }
    )
    assert "zuständig: jenawirtschaft" in prose.text(alone, "de")
    assert prose.text(alone, "de").count(f"  {NOTHING['de']}\n") == 2


def test_boxes_stand_from_left_to_right_and_nowhere_on_another(thread: Thread) -> None:
    root = ElementTree.fromstring(picture.svg(thread, "en"))
    places = [
        tuple(float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
        for rect in root.iter(f"{SVG}rect")
    ]
    for place, (x, y, wide, high) in enumerate(places):
        assert x + wide <= float(root.get("width", ""))
        assert y + high <= float(root.get("height", ""))
        for left, top, _, other in places[place + 1 :]:
            assert x != left or y + high <= top or top + other <= y
    for text in root.iter(f"{SVG}text"):
        if text.get("class") == "name":
            assert len(text.text or "") <= picture.WIDTH // 8


def test_on_paper_nothing_is_filled_and_a_gap_is_told_by_its_line(thread: Thread) -> None:
    style = ElementTree.fromstring(picture.svg(thread, "de")).findtext(f"{SVG}style", "")
    screen, _, paper = style.partition("@media print{")
    assert ".lacks rect{" in screen
    assert "stroke-dasharray" in screen.partition(".lacks rect{")[2].partition("}")[0]
    assert paper.strip() == "rect,.lacks rect{fill:#fff}}"


def test_long_words_are_broken_and_long_titles_end() -> None:
    lines = picture.wrapped("Armutspräventionsstrategiefortschreibungsbeschluss", 20)
    assert [len(line) <= 20 for line in lines] == [True] * 3
    assert lines[0].endswith("-")
    assert picture.wrapped("ein Wort " * 60, 20)[-1].endswith("…")
    assert picture.wrapped("", 20) == []


def test_what_is_drawn_in_broken_lines_is_read_aloud_in_whole_words(thread: Thread) -> None:
    long = "Armutspräventionsstrategiefortschreibungsbeschluss " + "und noch ein Wort " * 9
    node = next(one for one in thread.nodes if one.ref == thread.of)
    node = node.model_copy(update={"title": {"de": long.strip()}})
    alone = thread.model_copy(update={"nodes": [node], "edges": []})
    root = ElementTree.fromstring(picture.svg(alone, "de"))
    (box,) = root.iter(f"{SVG}g")
    label = box.get("aria-label", "")
    assert label.startswith(f"{TYPES[node.type]['de'].upper()} {long.strip()}")
    assert "  " not in label
    names = [one.text or "" for one in box.iter(f"{SVG}text") if one.get("class") == "name"]
    assert names[0].endswith("-")
    assert names[-1].endswith("…")


def test_a_column_that_is_too_full_says_how_much_is_left_out(thread: Thread) -> None:
    many = [a_node(f"expenditure:e-{n:02}", "Miete") for n in range(40)]
    full = Thread.model_validate(
        {**thread.model_dump(by_alias=True), "nodes": [*thread.model_dump()["nodes"], *many]}
    )
    drawn = picture.svg(full, "de")
    assert "+ Ausgabe 31 weitere" in drawn
    assert drawn.count("<rect") == len(TITLES) + 1 + 9


def test_every_word_is_there_in_both_languages() -> None:
    assert {*TYPES} == {*type(next(iter(TYPES)))}
    assert {*EDGES} == {*type(next(iter(EDGES)))}
    assert {*GAPS} == {*type(next(iter(GAPS)))}
    for said in (*TYPES.values(), *EDGES.values(), *GAPS.values(), *STATES.values()):
        assert set(said) == {"de", "en"}


@pytest.mark.parametrize(
    ("asked", "accept", "form"),
    [
        (None, "*/*", "json"),
        (None, "text/plain", "text"),
        (None, "image/SVG+xml", "svg"),
        ("text", "image/svg+xml", "text"),
        (None, "text/html", "json"),
        # What programs and pictures of browsers send by themselves.
        (None, "application/json, text/plain, */*", "json"),
        (None, "image/avif,image/webp,image/svg+xml,image/*,*/*;q=0.8", "svg"),
        (None, "application/json;q=0.5, text/plain", "text"),
        (None, "", "json"),
    ],
)
def test_the_form_is_asked_for_or_accepted(asked: Any, accept: str, form: str) -> None:
    assert rules.form(asked, accept) == form


def test_pages_of_gaps_follow_one_another(thread: Thread) -> None:
    (gap,) = thread.gaps
    others = [
        gap.model_copy(update={"since": since, "node": f"measure:m-{n}"})
        for n, since in enumerate((None, date(2026, 1, 1), date(2026, 1, 1)))
    ]
    every = sorted([gap, *others], key=composing.position)
    paging, all_ = Paging("/gaps", [], 3, None), Lacking(nodes=[], later=0, until=None)
    first = rules.page(every, paging, all_)
    assert [one.node for one in first["items"]] == [
        "measure:m-1",
        "measure:m-2",
        "measure:jobladen-lobeda",
    ]
    assert first["left"] == 1
    after = composing.position(every[2])
    assert first["next"] == paging.address(list(after))
    rest = rules.page(rules.left(every, after, None), paging, all_)
    assert [one.node for one in rest["items"]] == ["measure:m-0"]
    assert (rest["next"], rest["left"]) == (None, 0)
    assert rules.left(every, None, "nobody") == []


def test_a_page_leads_on_to_gaps_of_later_days_that_were_not_looked_for(thread: Thread) -> None:
    paging, until = Paging("/gaps", [], 3, None), date(2026, 5, 31)
    page = rules.page(thread.gaps, paging, Lacking(nodes=[], later=40, until=until))
    assert (len(page["items"]), page["left"]) == (1, 40)
    assert page["next"] == paging.address(list(rules.end(until)))
    assert all(composing.position(gap) < rules.end(until) for gap in thread.gaps)
