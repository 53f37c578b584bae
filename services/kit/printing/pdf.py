"""A document as accessible PDF (PDF/UA-1, ISO 14289-1), set by typst."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from services.kit.printing.document import Document, Foreign

_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
UNKNOWN = "\ufffd"
"""Printed for a sign that no typeface of ours has, such as an emoji: PDF/UA allows no empty box."""


def pdf(document: Document) -> bytes:
    """The document as PDF/UA; the same bytes for the same document. Takes seconds: not on the loop.

    typst refuses a document that is not accessible: without a title, with a picture without words.
    """
    import typst  # 80 MB that an idle process does without

    content = {
        **_marked(asdict(document)),
        "title": document.title,
        "day": [document.day.year, document.day.month, document.day.day],
    }
    said = json.dumps(content, ensure_ascii=False)
    while True:
        try:
            made: bytes = typst.compile(
                _template(),
                format="pdf",
                sys_inputs={"content": said},
                pdf_standards=["ua-1"],
                ignore_system_fonts=True,
            )
        except typst.TypstError as error:
            known = _without(said, error.diagnostic)
            if known == said:
                raise
            said = known
        else:
            return made


def _without(content: str, faults: str) -> str:
    """The content without the signs that could not be displayed."""
    for escaped in sorted(set(_MISSING.findall(faults)), key=len, reverse=True):
        missing = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), escaped)
        content = content.replace(missing, UNKNOWN)
    return content


def _marked(part: Any) -> Any:
    """The same with words of another language as `{"words", "lang"}`."""
    if isinstance(part, Foreign):
        return {"words": str(part), "lang": part.lang}
    if isinstance(part, Mapping):
        return {name: _marked(one) for name, one in part.items()}
    return [_marked(one) for one in part] if isinstance(part, list) else part


@cache
def _template() -> bytes:
    return (files(__package__) / "document.typ").read_bytes()
