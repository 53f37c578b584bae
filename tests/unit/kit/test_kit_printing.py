"""What is printed, as HTML and as PDF/UA."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader
from typst import TypstError

from services.kit.printing import html, pdf
from services.kit.printing.document import (
    Block,
    Document,
    Foreign,
    Picture,
    Run,
    Section,
    Table,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    '<text x="2" y="12" font-family="Libertinus Serif" font-size="8">{said}</text></svg>'
)
CHINESE, SMILE, FAMILY = "\u4f60\u597d", "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467"


def printed(said: str, *, title: str = "Bericht", alt: str = "Bild") -> Document:
    """A document in which something is said wherever something can be said."""
    picture = Picture(SVG.format(said=said), alt, f"Bildunterschrift {said}")
    table = Table(f"Tabelle {said}", ["Gebiet", said], [["Jena", said]], texts=True)
    blocks = [
        Block(
            lines=[[Run(f"Anfang {said} Ende", bold=True), Run(said, link="https://example.org/")]]
        ),
        Block(picture=picture),
        Block(table=table, note=f"Hinweis {said}"),
    ]
    section = Section(Foreign(f"Kapitel {said}"), 1, blocks=blocks)
    return Document(title, said, "Stand", "en", date(2026, 1, 1), None, [section], [said])


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize("said", [CHINESE, SMILE, FAMILY, f"{CHINESE}{SMILE} {CHINESE[0]}x"])
def test_a_sign_that_no_typeface_has_is_printed_as_unknown_and_ends_nothing(said: str) -> None:
    document = printed(said, title=f"Bericht {said}")
    made = pdf.pdf(document)
    assert made == pdf.pdf(document)
    told = text_of(made)
    assert told.count(pdf.UNKNOWN) >= 8
    assert not set(said) - set(" x\u200d") & set(told)
    assert "Anfang" in told
    assert "Ende" in told
    assert said in html.page(document)


def test_what_the_typefaces_have_is_printed_as_it_is() -> None:
    said = "Łódź, Ελλάδα, Добро, \u2192 \u2265 ½ €"
    assert pdf.UNKNOWN not in text_of(pdf.pdf(printed(said)))
    assert "Łódź, Ελλάδα, Добро" in text_of(pdf.pdf(printed(said)))


@pytest.mark.parametrize(
    ("title", "alt", "why"), [("", "Bild", "missing document title"), ("T", "", "missing alt text")]
)
def test_what_is_not_accessible_is_not_printed(title: str, alt: str, why: str) -> None:
    with pytest.raises(TypstError, match=why):
        pdf.pdf(printed("x", title=title, alt=alt))


PICTURE = Picture(SVG.format(said="x"), 'Ein "Bild"', "Unterschrift")
NUMBERS = Table("Zahlen", ["Gebiet", "A & B", "C"], [["Jena", "1", "2"]])
WORDS = Table("", ["Titel", "Stand", "Zahl"], [["<i>", "offen", "3"]], texts=True, numbers=1)
BOOK = Document(
    "Titel <1>",
    "Untertitel",
    "Stand 1 & 2",
    "en",
    date(2026, 1, 1),
    'Inhalt "x"',
    [
        Section("Eins", 1, ["Absatz", Foreign("Satz")], [PICTURE], [NUMBERS], ["Hinweis <2>"]),
        Section(
            Foreign("Zwei"),
            2,
            blocks=[
                Block(lines=[[Run("fett", bold=True), Run("beides", bold=True, italic=True)]]),
                Block(lines=[[Run("a")], [Run("b", link="https://x.y/?a&b")]], bullets=True),
                Block(picture=PICTURE, table=WORDS, note="Zu & beidem"),
            ],
        ),
        Section("Drei", 1),
    ],
    ["Unterschrift <3>"],
)
FIGURE = (
    f'<figure><div role="img" aria-label="Ein &quot;Bild&quot;">{PICTURE.svg}</div>'
    "<figcaption>Unterschrift</figcaption></figure>"
)
BODY = (
    "<body><header><h1>Titel &lt;1&gt;</h1><p>Untertitel</p>"
    '<p class="stand">Stand 1 &amp; 2</p></header>'
    '<nav aria-label="Inhalt &quot;x&quot;"><ol><li><a href="#s0">Eins</a></li>'
    '<li><a href="#s2">Drei</a></li></ol></nav><main>'
    '<h2 id="s0">Eins</h2><p>Absatz</p><p><span lang="de">Satz</span></p>'
    f"{FIGURE}<table><caption>Zahlen</caption>"
    '<thead><tr><th scope="col">Gebiet</th><th scope="col" class="n">A &amp; B</th>'
    '<th scope="col" class="n">C</th></tr></thead>'
    '<tbody><tr><th scope="row">Jena</th><td class="n">1</td><td class="n">2</td></tr></tbody>'
    '</table><p class="note">Hinweis &lt;2&gt;</p>'
    '<h3 id="s1"><span lang="de">Zwei</span></h3>'
    "<p><strong>fett</strong><strong><em>beides</em></strong></p>"
    '<ul><li>a</li><li><a href="https://x.y/?a&amp;b">b</a></li></ul>'
    f'{FIGURE}<table><thead><tr><th scope="col">Titel</th><th scope="col">Stand</th>'
    '<th scope="col" class="n">Zahl</th></tr></thead>'
    '<tbody><tr><th scope="row">&lt;i&gt;</th><td>offen</td><td class="n">3</td></tr></tbody>'
    '</table><p class="note">Zu &amp; beidem</p>'
    '<h2 id="s2">Drei</h2></main>'
    '<footer class="signatures"><p>Unterschrift &lt;3&gt;</p></footer></body></html>'
)


def test_a_page_has_its_parts_in_order_and_nothing_of_theirs_becomes_markup() -> None:
    head, _, body = html.page(BOOK).partition("</head>")
    assert head.startswith('<!doctype html><html lang="en"><head><meta charset="utf-8">')
    assert "<title>Titel &lt;1&gt;</title>" in head
    assert "<script" not in head
    assert body == BODY


def test_a_short_document_has_no_contents_and_what_is_signed_by_nobody_no_lines() -> None:
    plain = html.page(replace(BOOK, contents=None, signatures=[]))
    assert "<nav" not in plain
    assert "signatures" not in plain.partition("</head>")[2]
    assert len(plain) < len(html.page(BOOK))


def test_the_same_words_are_in_the_pdf() -> None:
    told = " ".join(text_of(pdf.pdf(BOOK)).split())
    words = ("Titel <1>", "Absatz", "Satz", "A & B", "Hinweis <2>", "fettbeides", "Zu & beidem")
    assert {one for one in words if one not in told} == set()
    assert told.index("Eins") < told.index("Zwei") < told.rindex("Drei")
