"""What is printed depends on what an edition says alone: not on the process, the place, the day."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from services.boards.printed_reports.rules import document
from services.contracts.boards.report_editions import ReportContent
from services.kit.printing import html, pdf
from tests.unit.boards.reports import ENTRY, FIGURE

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    '<rect width="30" height="10" fill="#0b4f8a"/></svg>'
)
MEASURE = {**ENTRY, "state": "running"}
PICTURE = {name: {"de": name, "en": name} for name in ("alt", "caption")}
WORDINGS = ("chart:quote@release", "table:quote/jena@release; last=3", "measures")
CONTENT = ReportContent.model_validate(
    {
        "title": {"de": "Armutsbericht", "en": "Poverty report"},
        "kind": "poverty_report",
        "release": 3,
        "released_at": "2026-01-15T23:30:00Z",
        "on": "2026-06-30",
        "looked_up_on": "2026-07-02",
        "since": None,
        "chapters": [
            {
                "title": {"de": "Lage", "en": "State"},
                "text": {"de": "\n\n".join(f"{{{{{one}}}}}" for one in WORDINGS)},
            }
        ],
        "bindings": {
            WORDINGS[0]: {
                "kind": "chart",
                "figures": [],
                "picture": {"svg": {"de": SVG, "en": SVG}, **PICTURE},
                "entries": [],
            },
            WORDINGS[1]: {"kind": "table", "figures": [FIGURE], "picture": None, "entries": []},
            WORDINGS[2]: {"kind": "measures", "figures": [], "picture": None, "entries": [MEASURE]},
        },
    }
)
ELSEWHERE = """
import sys, time
time.time = lambda: 4_000_000_000.0
from tests.unit.boards.test_report_bytes import printed
sys.stdout.buffer.write(printed(sys.argv[1]))
"""


def printed(lang: str) -> bytes:
    """The page and the PDF, one after the other."""
    made = document(CONTENT, "en" if lang == "en" else "de", 1)
    return html.page(made).encode() + pdf.pdf(made)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_another_process_elsewhere_and_later_prints_the_same_bytes(lang: str) -> None:
    here = printed(lang)
    assert here.startswith(b"<!doctype html>")
    assert b"%PDF-" in here
    other = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, lang],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    assert other.stdout == here


def test_what_is_said_in_german_alone_is_marked_in_a_document_of_another_language() -> None:
    chapter = {"title": {"de": "Nur Deutsch"}, "text": {"de": "## Zuvor\n\nEin *Satz*."}}
    given = CONTENT.model_dump(mode="json")
    content = ReportContent.model_validate({**given, "chapters": [*given["chapters"], chapter]})
    english, german = document(content, "en", 1), document(content, "de", 1)

    page = html.page(english)
    for words in ("Nur Deutsch", "Zuvor", "Ein ", "Jobladen", "Lobeda"):
        assert f'<span lang="de">{words}</span>' in page
    assert '<em><span lang="de">Satz</span></em>' in page
    assert 'lang="de">Rate' not in page
    assert "<span lang=" not in html.page(german)

    tagged = PdfReader(io.BytesIO(pdf.pdf(english)))
    assert _languages(tagged) == {"en", "de"}
    assert _languages(PdfReader(io.BytesIO(pdf.pdf(german)))) == {"de"}


def test_no_level_of_headings_is_left_out_however_it_was_written() -> None:
    """PDF/UA allows no chapter whose first heading is one of the third level."""
    text = "### Tief\n\nA\n\n## Hoch\n\n### Tiefer\n\n### Noch einer\n\n{{measures}}"
    chapter = {"title": {"de": "Kapitel"}, "text": {"de": text}}
    given = CONTENT.model_dump(mode="json")
    made = document(ReportContent.model_validate({**given, "chapters": [chapter]}), "de", 1)
    told = [(one.title, one.level) for one in made.sections]
    assert told[:-1] == [
        *[("Kapitel", 1), ("Tief", 2), ("Hoch", 2), ("Tiefer", 3), ("Noch einer", 3)],
    ]
    assert pdf.pdf(made).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("lang", "title", "headings"),
    [
        ("de", "Armutsbericht", ["Inhalt", "Lage", "Daten und Quellen"]),
        ("en", "Poverty report", ["Contents", "State", "Data and sources"]),
    ],
)
def test_a_screen_reader_finds_its_way(lang: str, title: str, headings: list[str]) -> None:
    """Title, headings, drawings with words, tables whose cells know their columns (PDF/UA)."""
    book = PdfReader(io.BytesIO(pdf.pdf(document(CONTENT, "en" if lang == "en" else "de", 1))))
    root: Any = book.trailer["/Root"]
    assert book.metadata is not None
    assert (book.metadata.title, root["/Lang"]) == (title, lang)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    tags = list(_tags(root["/StructTreeRoot"]))
    assert [one["/T"] for one in tags if one["/S"] == "/H1"] == headings
    assert [one["/Alt"] for one in tags if one["/S"] == "/Figure"] == ["alt"]
    captions = [one for one in tags if one["/S"] == "/Caption"]
    assert len(captions) == len([one for one in tags if one["/S"] in ("/Figure", "/Table")]) == 3
    heads = {one["/ID"]: one["/A"][0]["/Scope"] for one in tags if one["/S"] == "/TH"}
    assert set(heads.values()) == {"/Column"}
    cells = [one["/A"][0]["/Headers"] for one in tags if one["/S"] == "/TD"]
    assert [len(cell) for cell in cells] == [1] * 5
    assert {cell[0] for cell in cells} == set(heads)
    assert all(sheet["/Tabs"] == "/S" for sheet in book.pages)


def _tags(element: Any) -> Iterator[Any]:
    """What the document is made of, in the order in which it is read aloud."""
    there = element.get_object()
    for one in there if isinstance(there, list) else [there]:
        tag = one.get_object()
        if isinstance(tag, dict):
            if "/S" in tag:
                yield tag
            if "/K" in tag:
                yield from _tags(tag["/K"])


def _languages(book: PdfReader) -> set[str]:
    """All languages that are said in the document, of the whole and of parts."""
    objects = (book.get_object(number) for number in range(1, len(book.xref[0]) + 1))
    found = {str(one["/Lang"]) for one in objects if isinstance(one, dict) and "/Lang" in one}
    streams = b"".join(page.get_contents().get_data() for page in book.pages)
    return found | {one.decode() for one in re.findall(rb"/Lang \((\w+)\)", streams)}


def test_the_day_on_which_it_was_made_is_told_where_it_matters() -> None:
    assert "wie er am 02.07.2026 erfasst war" in html.page(document(CONTENT, "de", 1))
