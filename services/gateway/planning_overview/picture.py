"""The planning cycle as a picture (SVG) to print on one page: pure functions.

What stands still has a dashed frame and what is overdue a thick one, so that it is read without
colours too. The steps that follow on one another stand in a ring, the others below it.
"""

from math import cos, pi, sin
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement, tostring

from services.contracts.gateway.planning_overview import PlanningOverview, StepOverview
from services.contracts.shared.base import Language
from services.gateway.planning_overview.assigning import CHAIN
from services.kit import writing

WIDTH, HEIGHT = 1400, 800
_BOX = (264, 104)
_CENTRE, _RADIUS = (WIDTH / 2, 345), (500, 225)
_ROW = 700
_LETTERS = 36
_LINE = 18
_WORDS: dict[str, dict[Language, str]] = {
    "title": {"de": "Planungskreislauf", "en": "Planning cycle", "it": "Ciclo di pianificazione"},
    "newest": {"de": "Zuletzt", "en": "Latest", "it": "Ultimo"},
    "nothing": {
        "de": "Kein Ergebnis zu sehen",
        "en": "No outcome to see",
        "it": "Nessun risultato",
    },
    "overdue": {"de": "überfällig", "en": "overdue", "it": "scaduti"},
    "due_soon": {"de": "bald fällig", "en": "due soon", "it": "in scadenza"},
    "gaps": {"de": "Lücken", "en": "gaps", "it": "lacune"},
    "still": {"de": "Stillstand seit", "en": "No progress since", "it": "Fermo dal"},
    "legend": {
        "de": "Dicker Rahmen: etwas ist überfällig. Gestrichelt: seit langem kam nichts.",
        "en": "Thick frame: something is overdue. Dashed: nothing has come for long.",
        "it": "Bordo spesso: qualcosa è scaduto. Tratteggiato: da tempo non arriva nulla.",
    },
    "away": {"de": "Es fehlt, was diese Dienste haben", "en": "Missing", "it": "Mancano"},
}


def picture(seen: PlanningOverview, language: Language) -> bytes:
    """The cycle as it was asked for, in a language; German where a text is not translated."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "role": "img",
            "font-family": "sans-serif",
            "font-size": "13",
        },
    )
    heading = f"{_WORDS['title'][language]}, {writing.day(seen.on, language)}"
    SubElement(root, "title").text = heading
    SubElement(root, "desc").text = "; ".join(
        ", ".join(_lines(step, language)) for step in seen.steps
    )
    SubElement(root, "rect", {"width": str(WIDTH), "height": str(HEIGHT), "fill": "#fff"})
    _write(root, (24, 36), heading, size=20, bold=True)
    if seen.away:
        told = f"{_WORDS['away'][language]}: {', '.join(seen.away)}"
        _write(root, (24, 60), told, size=13)
    ring = [step for step in seen.steps if step.step in CHAIN]
    row = [step for step in seen.steps if step.step not in CHAIN]
    places = around(len(ring))
    for number, place in enumerate(places):
        if len(places) > 1:
            _arrow(root, place, places[(number + 1) % len(places)])
    for step, place in zip([*ring, *row], [*places, *beside(len(row))], strict=True):
        _box(root, step, place, language)
    if any(step.overdue or step.still_since for step in seen.steps):
        _write(root, (24, HEIGHT - 16), _WORDS["legend"][language], size=13)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def around(count: int) -> list[tuple[float, float]]:
    """Centres of so many boxes in a ring, clockwise from the top."""
    if count == 1:
        return [_CENTRE]
    turns = [2 * pi * number / count - pi / 2 for number in range(count)]
    return [
        (_CENTRE[0] + _RADIUS[0] * cos(turn), _CENTRE[1] + _RADIUS[1] * sin(turn)) for turn in turns
    ]


def beside(count: int) -> list[tuple[float, float]]:
    """Centres of so many boxes in a row."""
    return [(WIDTH * (2 * number + 1) / (2 * count), _ROW) for number in range(count)]


def _lines(step: StepOverview, language: Language) -> list[str]:
    """What is written in the box of a step."""
    lines = [writing.text(step.title, language)]
    newest = step.outcomes[0] if step.outcomes else None
    if newest is None:
        lines.append(_WORDS["nothing"][language])
    else:
        name = writing.text(newest.title, language) if newest.title is not None else newest.key
        on = (
            writing.day(newest.on, language)
            if newest.on is not None
            else _WORDS["newest"][language]
        )
        lines.append(f"{on}: {name}")
    counted = {"overdue": step.overdue, "due_soon": step.due_soon}
    due = [f"{count} {_WORDS[name][language]}" for name, count in counted.items() if count]
    still = [f"{step.gap_count} {_WORDS['gaps'][language]}"] if step.gap_count else []
    if step.still_since is not None:
        still.append(f"{_WORDS['still'][language]} {writing.day(step.still_since, language)}")
    return lines + [", ".join(parts) for parts in (due, still) if parts]


def _box(root: Element, step: StepOverview, place: tuple[float, float], language: Language) -> None:
    left, top = place[0] - _BOX[0] / 2, place[1] - _BOX[1] / 2
    frame = {
        "x": _number(left),
        "y": _number(top),
        "width": str(_BOX[0]),
        "height": str(_BOX[1]),
        "rx": "8",
        "fill": "#f4f6f8",
        "stroke": "#1f3a4d",
        "stroke-width": "4" if step.overdue else "1.5",
    }
    if step.still_since is not None:
        frame["stroke-dasharray"] = "8 5"
    SubElement(root, "rect", frame)
    title, *lines = _lines(step, language)
    _write(root, (left + 12, top + 24), title, size=15, bold=True)
    broken = (part for line in lines for part in wrap(line, _LETTERS, max_lines=2, placeholder="…"))
    for number, line in enumerate(broken, 1):
        _write(root, (left + 12, top + 24 + _LINE * number), line, size=13)


def _arrow(root: Element, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A line from box to box with its head in the middle, where no box hides it."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    style = {"stroke": "#5b7486", "stroke-width": "2"}
    SubElement(root, "line", {**{name: _number(at) for name, at in ends.items()}, **style})
    tip = (middle[0] + 9 * along[0], middle[1] + 9 * along[1])
    back = (middle[0] - 9 * along[0], middle[1] - 9 * along[1])
    sides = [(back[0] - 7 * along[1], back[1] + 7 * along[0])]
    sides.append((back[0] + 7 * along[1], back[1] - 7 * along[0]))
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in (tip, *sides))
    SubElement(root, "polygon", {"points": points, "fill": "#5b7486"})


def _write(
    root: Element, at: tuple[float, float], line: str, *, size: int, bold: bool = False
) -> None:
    style = {"font-weight": "bold"} if bold else {}
    place = {"x": _number(at[0]), "y": _number(at[1]), "font-size": str(size), "fill": "#111"}
    SubElement(root, "text", {**place, **style}).text = line


def _number(value: float) -> str:
    return f"{value:.1f}"
