"""What is printed depends on what an edition says alone: not on the process, the place, the day."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_the_day_on_which_it_was_made_is_told_where_it_matters() -> None:
    assert "wie er am 02.07.2026 erfasst war" in html.page(document(CONTENT, "de", 1))
