"""Figures and lists of a report as tables: pure functions."""

from collections.abc import Sequence

from services.boards.printed_reports.words import WORDS, Spoken, day, number, period, text
from services.contracts.boards.report_editions import BindingKind, Bound, ShownEntry, ShownFigure
from services.contracts.indicators.values import STATUS_TEXTS, ValueStatus
from services.kit.printing.document import Block, Run, Table


def of_figures(bound: Bound, lang: Spoken) -> list[Block]:
    """Areas by periods, areas by indicators, or pieces of evidence one by one."""
    if bound.kind is BindingKind.evidence:
        return [Block(table=_evidence(bound.figures, lang))]
    indicators = {one.indicator: one for one in bound.figures}
    table = _periods(bound.figures, lang) if len(indicators) == 1 else _compared(bound, lang)
    return [Block(table=table, note=_signs(bound.figures, lang))]


def of_entries(bound: Bound, lang: Spoken) -> list[Block]:
    """A list as a table, or that there is nothing in it."""
    said = WORDS[lang]
    if not bound.entries:
        return [Block(lines=[[Run(said[f"none.{bound.kind}"])]])]
    columns = _COLUMNS[bound.kind]
    header = [said[name] for name in columns]
    rows = [[_cell(one, name, lang) for name in columns] for one in bound.entries]
    return [Block(table=Table(said[bound.kind], header, rows, texts=True, wide=True))]


_COLUMNS = {
    BindingKind.findings: ("title", "area", "state"),
    BindingKind.recommendations: ("title", "body", "day", "state"),
    BindingKind.resolutions: ("title", "reference", "body", "day", "state"),
    BindingKind.measures: ("title", "begins", "state"),
    BindingKind.gaps: ("title", "missing", "in_charge", "since"),
    BindingKind.releases: ("title", "number", "day"),
}


def _cell(entry: ShownEntry, name: str, lang: Spoken) -> str:
    if name == "title":
        return text(entry.title, lang)
    if name in ("body", "area", "in_charge"):
        return text(entry.of, lang)
    if name in ("state", "missing"):
        return WORDS[lang][f"state.{entry.state}"]
    if name in ("reference", "number"):
        return entry.reference or ""
    return "" if entry.day is None else day(entry.day, lang)


def _named(shown: ShownFigure, lang: Spoken) -> str:
    return f"{text(shown.name, lang)} ({text(shown.unit, lang)})"


def _periods(figures: Sequence[ShownFigure], lang: Spoken) -> Table:
    periods = sorted({one.period for one in figures})
    cells = {(one.area, one.period): one for one in figures}
    areas = {one.area: text(one.area_name, lang) for one in figures}
    header = [WORDS[lang]["area"], *(period(one, lang) for one in periods)]
    rows = [
        [name, *(_value(cells.get((area, one)), lang) for one in periods)]
        for area, name in areas.items()
    ]
    return Table(_named(figures[0], lang), header, rows)


def _compared(bound: Bound, lang: Spoken) -> Table:
    columns = {(one.indicator, one.period): one for one in bound.figures}
    cells = {(one.area, one.indicator, one.period): one for one in bound.figures}
    areas = {one.area: text(one.area_name, lang) for one in bound.figures}
    header = [
        WORDS[lang]["area"],
        *(f"{_named(one, lang)}, {period(one.period, lang)}" for one in columns.values()),
    ]
    rows = [
        [name, *(_value(cells.get((area, *column)), lang) for column in columns)]
        for area, name in areas.items()
    ]
    return Table(WORDS[lang]["figures"], header, rows)


def _evidence(figures: Sequence[ShownFigure], lang: Spoken) -> Table:
    said = WORDS[lang]
    header = [said[name] for name in ("indicator", "area", "period", "release", "value")]
    rows = [
        [
            _named(one, lang),
            text(one.area_name, lang),
            period(one.period, lang),
            str(one.release),
            _value(one, lang),
        ]
        for one in figures
    ]
    return Table(said["evidence"], header, rows, texts=True, numbers=2, wide=True)


def _value(shown: ShownFigure | None, lang: Spoken) -> str:
    status = ValueStatus.missing if shown is None else shown.status
    if shown is None or shown.value is None:
        return STATUS_TEXTS[status].marker or "–"
    written = number(shown.value, shown.decimals, lang)
    return f"({written})" if status is ValueStatus.limited else written


def _signs(figures: Sequence[ShownFigure], lang: Spoken) -> str:
    """What the signs of a table mean."""
    found = {one.status for one in figures} - {ValueStatus.normal}
    areas, columns = {one.area for one in figures}, {(one.indicator, one.period) for one in figures}
    if len(figures) < len(areas) * len(columns):
        found.add(ValueStatus.missing)
    told = [STATUS_TEXTS[status] for status in ValueStatus if status in found]
    return "; ".join(f"{one.marker or '–'} {text(one.label, lang)}" for one in told)
