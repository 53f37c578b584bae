"""What is printed, as HTML and as PDF/UA."""

import io
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
