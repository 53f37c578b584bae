"""Figures and lists of a report as tables: pure functions."""

from collections.abc import Sequence
from decimal import Decimal

from services.boards.printed_reports.words import WORDS, period
from services.contracts.boards.report_editions import (
    BindingKind,
    Bound,
    ShownEntry,
    ShownFigure,
    ShownTarget,
)
from services.contracts.indicators.values import STATUS_TEXTS, ValueStatus
from services.contracts.projects.effects import EffectOutcome
from services.contracts.shared.base import GermanOrEnglish
from services.kit.printing.document import Block, Run, Table, like, words
from services.kit.writing import day_on_paper, number, text


def of_figures(bound: Bound, lang: GermanOrEnglish) -> list[Block]:
    """Areas by periods, areas by indicators, or pieces of evidence one by one."""
    if bound.kind is BindingKind.evidence:
        return [Block(table=_evidence(bound.figures, lang))]
    indicators = {one.indicator: one for one in bound.figures}
    table = _periods(bound.figures, lang) if len(indicators) == 1 else _compared(bound, lang)
    return [Block(table=table, note=_signs(bound.figures, lang))]


def of_entries(bound: Bound, lang: GermanOrEnglish) -> list[Block]:
    """A list as a table, with the words of what was named by its key; or that there is nothing."""
    said = WORDS[lang]
    if not bound.entries:
        return [Block(lines=[[Run(said[f"none.{bound.kind}"])]])]
    told = {
        name: [_cell(one, name, lang) for one in bound.entries] for name in _COLUMNS[bound.kind]
    }
    told = {name: cells for name, cells in told.items() if any(cells)}
    header, rows = (
        [said[name] for name in told],
        [list(row) for row in zip(*told.values(), strict=True)],
    )
    words = [
        Block(lines=_words(one, bound.kind, lang)) for one in bound.entries if one.text is not None
    ]
    return [Block(table=Table(said[bound.kind], header, rows, texts=True, wide=True)), *words]


def of_targets(bound: Bound, lang: GermanOrEnglish) -> list[Block]:
    """What measures are to change, or what changed and how not to read it."""
    said = WORDS[lang]
    told = [told_of(one, lang) for one in bound.targets]
    header = [said["measure"], said["figure"], *(name for name, _ in told[0])]
    rows = [
        [words(one.title, lang), figure_of(one, lang), *(cell for _, cell in of_one)]
        for one, of_one in zip(bound.targets, told, strict=True)
    ]
    table = Table(said[bound.kind], header, rows, texts=True, wide=True, wide_columns=2)
    return [Block(table=table, note=said["caveat"] if bound.kind is BindingKind.effects else "")]


def told_of(one: ShownTarget, lang: GermanOrEnglish) -> list[tuple[str, str]]:
    """What is wanted, or where it is known what changed; each with its heading."""
    if one.outcome is None:
        return [(WORDS[lang][name], _target(one, name, lang)) for name in _WANTED]
    return [(WORDS[lang][name], _effect(one, name, lang)) for name in _CHANGED]


_WANTED, _CHANGED = ("baseline", "target", "due"), ("before", "after", "change", "outcome")


def figure_of(one: ShownTarget, lang: GermanOrEnglish) -> str:
    unit = f" ({text(one.unit, lang)})" if one.unit else ""
    part = f", {one.breakdown}" if one.breakdown else ""
    name = words(one.name, lang)
    return like(name, f"{name}{unit}{part}, {text(one.area_name, lang)}")


def _target(one: ShownTarget, name: str, lang: GermanOrEnglish) -> str:
    if name == "due":
        return "" if one.due_on is None else day_on_paper(one.due_on, lang)
    if name == "target":
        wanted, value = WORDS[lang][f"aim.{one.direction}"], one.target_value
        return wanted if value is None else f"{wanted}: {_exact(value, lang)}"
    if one.baseline_value is None or one.baseline_period is None:
        return ""
    return f"{_exact(one.baseline_value, lang)} ({period(one.baseline_period, lang)})"


def _effect(one: ShownTarget, name: str, lang: GermanOrEnglish) -> str:
    said = WORDS[lang]
    if name == "outcome":
        state = one.unknown if one.outcome == EffectOutcome.unknown else one.outcome
        return said[f"outcome.{state}"] if state is not None else ""
    if name == "change":
        return "" if one.change is None else _signed(one.change, lang)
    read = one.before if name == "before" else one.after
    if read is None:
        return "–"
    if read.value is None:
        return STATUS_TEXTS[read.status].marker or "–"
    return f"{number(read.value, one.decimals, lang)} ({period(read.period, lang)})"


def _exact(value: Decimal, lang: GermanOrEnglish) -> str:
    """A number with the digits that it has."""
    exponent = value.normalize().as_tuple().exponent
    return number(value, max(0, -exponent) if isinstance(exponent, int) else 0, lang)


def _signed(value: Decimal, lang: GermanOrEnglish) -> str:
    return f"+{_exact(value, lang)}" if value > 0 else _exact(value, lang)


def _words(entry: ShownEntry, kind: BindingKind, lang: GermanOrEnglish) -> list[list[Run]]:
    """The words of an entry, of statements below the name of who states them."""
    said = words(entry.text, lang)
    lines = [[Run(like(said, line))] for line in said.splitlines() if line.strip()]
    named = [[Run(words(entry.title, lang), bold=True)]] if kind is BindingKind.statements else []
    return [*named, *lines]


_COLUMNS = {
    BindingKind.findings: ("title", "area", "state"),
    BindingKind.recommendations: ("title", "body", "day", "state"),
    BindingKind.resolutions: ("title", "reference", "body", "day", "state"),
    BindingKind.measures: ("title", "begins", "state"),
    BindingKind.gaps: ("title", "missing", "in_charge", "since"),
    BindingKind.releases: ("title", "number", "day"),
    BindingKind.statements: ("organisation", "received", "position"),
}


def _cell(entry: ShownEntry, name: str, lang: GermanOrEnglish) -> str:
    if name in ("title", "organisation"):
        return words(entry.title, lang)
    if name in ("body", "area", "in_charge"):
        return words(entry.of, lang)
    if name in ("state", "missing", "position"):
        return WORDS[lang][f"state.{entry.state}"]
    if name in ("reference", "number"):
        return entry.reference or ""
    return "" if entry.day is None else day_on_paper(entry.day, lang)


def _named(shown: ShownFigure, lang: GermanOrEnglish) -> str:
    name = words(shown.name, lang)
    return like(name, f"{name} ({text(shown.unit, lang)})")


def _periods(figures: Sequence[ShownFigure], lang: GermanOrEnglish) -> Table:
    periods = sorted({one.period for one in figures})
    cells = {(one.area, one.period): one for one in figures}
    areas = {one.area: words(one.area_name, lang) for one in figures}
    header = [WORDS[lang]["area"], *(period(one, lang) for one in periods)]
    rows = [
        [name, *(_value(cells.get((area, one)), lang) for one in periods)]
        for area, name in areas.items()
    ]
    return Table(_named(figures[0], lang), header, rows)


def _compared(bound: Bound, lang: GermanOrEnglish) -> Table:
    columns = {(one.indicator, one.period): one for one in bound.figures}
    cells = {(one.area, one.indicator, one.period): one for one in bound.figures}
    areas = {one.area: words(one.area_name, lang) for one in bound.figures}
    header = [
        WORDS[lang]["area"],
        *(
            like(named := _named(one, lang), f"{named}, {period(one.period, lang)}")
            for one in columns.values()
        ),
    ]
    rows = [
        [name, *(_value(cells.get((area, *column)), lang) for column in columns)]
        for area, name in areas.items()
    ]
    return Table(WORDS[lang]["figures"], header, rows)


def _evidence(figures: Sequence[ShownFigure], lang: GermanOrEnglish) -> Table:
    said = WORDS[lang]
    header = [said[name] for name in ("indicator", "area", "period", "release", "value")]
    rows = [
        [
            _named(one, lang),
            words(one.area_name, lang),
            period(one.period, lang),
            str(one.release),
            _value(one, lang),
        ]
        for one in figures
    ]
    return Table(said["evidence"], header, rows, texts=True, numbers=2, wide=True)


def _value(shown: ShownFigure | None, lang: GermanOrEnglish) -> str:
    status = ValueStatus.missing if shown is None else shown.status
    if shown is None or shown.value is None:
        return STATUS_TEXTS[status].marker or "–"
    written = number(shown.value, shown.decimals, lang)
    return f"({written})" if status is ValueStatus.limited else written


def _signs(figures: Sequence[ShownFigure], lang: GermanOrEnglish) -> str:
    """What the signs of a table mean."""
    found = {one.status for one in figures} - {ValueStatus.normal}
    areas, columns = {one.area for one in figures}, {(one.indicator, one.period) for one in figures}
    if len(figures) < len(areas) * len(columns):
        found.add(ValueStatus.missing)
    told = [STATUS_TEXTS[status] for status in ValueStatus if status in found]
    return "; ".join(f"{one.marker or '–'} {text(one.label, lang)}" for one in told)
