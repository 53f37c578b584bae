"""Real files of real offices, read in the plainest way."""

import csv
from pathlib import Path

from services.indicators.disclosure.linked.figures import Place
from tests.unit.indicators.offices import place

MEASURES = (
    "",
    "ALT=U",
    "ALT=R",
    "ORT=A",
    "ALT=U&ORT=A",
    "ALT=R&ORT=A",
    "ORT=E",
    "ALT=U&ORT=E",
    "ALT=R&ORT=E",
    "NAT=D",
    "NAT=A",
)
SEX = {"männlich": "GES=M", "weiblich": "GES=W", "Insgesamt": ""}
Read = dict[Place, float | None]


def basic_security(folder: Path) -> tuple[Read, dict[str, str | None]]:
    """Recipients of basic security benefits (table 22151-01-02-4) and the tree of areas."""
    file = folder / "indicators" / "genesis" / "22151-01-02-4_00.csv"
    figures: Read = {}
    codes = set()
    for row in csv.reader(file.read_text("utf-8").splitlines(), delimiter=";"):
        if len(row) != 15 or not row[0].isdecimal():
            continue
        year, code, _, sex, *values = row
        codes.add(code)
        for measure, text in zip(MEASURES, values, strict=True):
            breakdown = "&".join(sorted(filter(None, (*measure.split("&"), SEX[sex]))))
            where = place(code, breakdown, period=year)
            figures[where] = 0 if text == "-" else float(text) if text.isdecimal() else None
    return figures, {code: above(code, codes) for code in codes}


def above(code: str, codes: set[str]) -> str | None:
    """The area whose code begins this one; Germany has the code DG."""
    shorter = (code[:length] for length in range(len(code) - 1, 1, -1))
    return next((part for part in shorter if part in codes), None if code == "DG" else "DG")


def old_households(folder: Path) -> dict[str, Read]:
    """Jena's households of people over 60 in its statistical districts, by day."""
    file = folder / "indicators" / "jena" / "hh_priv_1_60plus.csv"
    header, *rows = csv.reader(file.read_text("utf-8").splitlines())
    days = {day: "-".join(reversed(day.split("."))) for day in header[2:]}
    found: dict[str, Read] = {text: {} for text in days.values()}
    for row in rows:
        area = "jena" if row[1] == "0" else f"bezirk-{row[1]}"
        for day, value in zip(header[2:], row[2:], strict=True):
            if value.strip():
                found[days[day]][place(area, period=days[day])] = float(value)
    return {day: figures for day, figures in found.items() if figures}
