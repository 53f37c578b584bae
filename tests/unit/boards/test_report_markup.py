"""The light markup of chapters, and the bindings in it."""

from datetime import date

import pytest

from services.boards.report_bindings.rules import Miswritten, binding
from services.boards.report_markup.rules import BlockKind, blocks, places
from services.contracts.boards.coordinated_reports import ReportChapter
from services.kit.printing.document import Block, Document, Run, Section
from services.kit.printing.html import page
from services.kit.problems import Invalid


def chapter(text: str) -> ReportChapter:
    return ReportChapter.model_validate({"title": {"de": "Kapitel"}, "text": {"de": text}})


def faults(*texts: str) -> list[tuple[str | None, str]]:
    with pytest.raises(Invalid) as refused:
        places([chapter(text) for text in texts])
    return [(one.pointer, one.code) for one in refused.value.faults]


def test_blocks_keep_the_order_in_which_they_are_written() -> None:
    found = blocks(
        "Erster\nAbsatz.\n\n## Kopf\n- eins\n  weiter\n- zwei\n\n"
        "{{table:quote/jena}}\n\n### Unten\nEnde."
    )
    assert [one.kind for one in found] == [
        BlockKind.paragraph,
        BlockKind.heading,
        BlockKind.bullets,
        BlockKind.bound,
        BlockKind.heading,
        BlockKind.paragraph,
    ]
    assert found[0].lines[0][0].text == "Erster Absatz."
    assert [line[0].text for line in found[2].lines] == ["eins weiter", "zwei"]
    assert found[4].level == 3


def test_words_have_styles_and_figures_keep_theirs() -> None:
    (block,) = blocks("So **fett {{indicator:quote/jena}}** und *kursiv*, 2 * 3 * 4.")
    told = [(run.text, run.bold, run.italic, run.bound is not None) for run in block.lines[0]]
    assert told == [
        ("So ", False, False, False),
        ("fett ", True, False, False),
        ("", True, False, True),
        (" und ", False, False, False),
        ("kursiv", False, True, False),
        (", 2 * 3 * 4.", False, False, False),
    ]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", 'https://x.y/"onclick="z'],
)
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    (block,) = blocks(f"[Wort]({address})")
    assert {run.link for run in block.lines[0]} == {""}


def test_nothing_that_is_written_becomes_markup() -> None:
    (block,) = blocks("<script>alert(1)</script> [<b>](https://x.y/?a=1&b='2')")
    runs = [Run(one.text, one.bold, one.italic, one.link) for one in block.lines[0]]
    section = Section("<i>", 1, blocks=[Block(lines=[runs])])
    document = Document("T", "U", "S", "de", date(2026, 1, 1), None, [section])
    told = page(document)
    assert "<script>" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told
    assert '<a href="https://x.y/?a=1&amp;b=&#x27;2&#x27;">&lt;b&gt;</a>' in told
    assert "<i>" not in told


def test_every_miswritten_binding_is_named() -> None:
    assert faults("{{x}} {{indicator:quote/jena}}", "Gut.", "{{") == [
        ("/chapters/0/text/de", "unknown-binding"),
        ("/chapters/2/text/de", "unclosed"),
    ]


def test_so_many_places_are_told_as_somebody_mends_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        places([chapter("{{x}} " * 60)])
    assert len(refused.value.faults) == 50
    assert refused.value.detail.endswith("50 of 60 places are told.")


def test_nothing_is_said_of_what_is_not_left_out() -> None:
    with pytest.raises(Invalid) as refused:
        places([chapter("{{x}} " * 50)])
    assert len(refused.value.faults) == 50
    assert refused.value.detail == "Not all bindings can be read; nothing was stored."


def test_a_fault_is_found_by_its_line_and_character() -> None:
    with pytest.raises(Invalid) as refused:
        places([chapter("Erste Zeile.\n\n  Dritte {{x}}.")])
    (fault,) = refused.value.faults
    assert (fault.line, fault.column) == (3, 10)
    assert fault.detail.startswith("Line 3, character 10: ")


@pytest.mark.parametrize("text", ["}}", "a }} b", "{{", "{{measures}}\n\n}}", "{{\n\n{{measures}}"])
def test_braces_that_are_alone_are_refused(text: str) -> None:
    assert faults(text) == [("/chapters/0/text/de", "unclosed")]


TABLE = "{{table:quote/jena}}"


@pytest.mark.parametrize(
    "text",
    [
        *(f"Siehe {TABLE}", f"{TABLE} dort.", f"Satz.\n{TABLE}", f"{TABLE}\nSatz."),
        *(f"{TABLE} {TABLE}", f"- {TABLE}", f"## {TABLE}", f"**{TABLE}**"),
    ],
)
def test_what_is_no_figure_does_not_stand_in_a_sentence(text: str) -> None:
    assert set(faults(text)) == {("/chapters/0/text/de", "not-alone")}


@pytest.mark.parametrize(
    "text", [TABLE, f"  {TABLE}  ", f"Satz.\n\n{TABLE}\n\nSatz.", f"Satz.\n \n{TABLE}\n \nSatz."]
)
def test_a_paragraph_of_its_own_is_what_is_bound_in(text: str) -> None:
    (place,) = places([chapter(text)])
    (block,) = [one for one in blocks(text) if one.kind is BlockKind.bound]
    assert block.bound == place.binding
    assert {one.kind for one in blocks(text)} <= {BlockKind.bound, BlockKind.paragraph}


def test_a_heading_and_a_list_end_the_paragraph_before_them() -> None:
    found = blocks("Satz\n## Kopf\nnoch einer\n- eins")
    assert [one.kind for one in found] == [
        *(BlockKind.paragraph, BlockKind.heading),
        *(BlockKind.paragraph, BlockKind.bullets),
    ]


def test_what_is_fat_in_what_leans_is_both() -> None:
    (block,) = blocks("**fett *beides* fett** *{{indicator:quote/jena}}*")
    told = [(one.text, one.bold, one.italic) for one in block.lines[0]]
    assert told[:3] == [("fett ", True, False), ("beides", True, True), (" fett", True, False)]
    assert told[-1] == ("", False, True)


def test_what_means_the_same_is_bound_in_once() -> None:
    one = binding(" indicator: quote/jena @release ;period = 2024")
    assert one == binding("indicator:quote/jena;  period=2024")
    assert one.wording == "indicator:quote/jena@release; period=2024"
    assert binding(one.wording) == one


@pytest.mark.parametrize(
    "text",
    [
        "{{indicator:quote/jena}} " * 201,
        "\n\n".join(f"{{{{chart:quote/a{number}}}}}" for number in range(61)),
    ],
)
def test_a_report_binds_in_only_so_much(text: str) -> None:
    assert [code for _, code in faults(text)] == ["too-many"]


def test_the_most_that_is_said_is_taken_and_counted_over_all_chapters() -> None:
    figures = [f"{{{{indicator:quote/a{number}}}}}" for number in range(201)]
    drawn = [f"{{{{chart:quote/a{number}}}}}" for number in range(60)]
    assert len(places([chapter(" ".join(figures[:200]))])) == 200
    assert len(places([chapter("\n\n".join(drawn))])) == 60
    assert len(places([chapter(figures[0]), chapter(" ".join(figures[:200]))])) == 201
    halves = (" ".join(figures[:100]), " ".join(figures[100:]))
    assert faults(*halves) == [("/chapters", "too-many")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("indicator:quote", "subject"),
        ("indicator:quote/jena,weimar", "subject"),
        ("indicator:Quote/jena", "subject"),
        ("indicator:quote/jena@0", "release"),
        ("indicator:quote/jena; period=../x", "parameter"),
        ("indicator:quote/jena; period=2024; period=2023", "parameter"),
        ("table:quote", "subject"),
        ("table:quote,kinder/jena; last=3", "parameter"),
        ("table:quote/jena; last=13", "parameter"),
        ("table:quote/jena; last=3; period=2024", "parameter"),
        ("chart:quote,kinder/jena", "subject"),
        ("chart:quote/jena; kind=pie", "parameter"),
        ("map:quote/jena", "subject"),
        ("measures:since=morgen", "parameter"),
        ("recommendations:state=running", "parameter"),
        ("evidence:recommendation=a-b; resolution=c-d", "subject"),
        ("gaps:kind=sorrow", "parameter"),
        ("targets:state=running", "parameter"),
        ("effects:measure=Job", "parameter"),
        ("findings:severity=much", "parameter"),
        ("resolutions:kind=wish", "parameter"),
        ("releases:body=beirat", "parameter"),
        ("statements", "subject"),
        ("statements:process=dialog; position=against", "parameter"),
    ],
)
def test_what_a_kind_cannot_show_is_refused(text: str, code: str) -> None:
    with pytest.raises(Miswritten) as refused:
        binding(text)
    assert refused.value.code == code
