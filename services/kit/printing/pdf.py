"""A document as accessible PDF (PDF/UA-1, ISO 14289-1), set by typst."""

import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files

from services.kit.printing.document import Document


def pdf(document: Document) -> bytes:
    """The document as PDF/UA; the same bytes for the same document. Takes seconds: not on the loop.

    typst refuses a document that is not accessible: without a title, with a picture without words.
    """
    import typst  # 80 MB that an idle process does without

    content = {**asdict(document), "day": [document.day.year, document.day.month, document.day.day]}
    made: bytes = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    return made


@cache
def _template() -> bytes:
    return (files(__package__) / "document.typ").read_bytes()
