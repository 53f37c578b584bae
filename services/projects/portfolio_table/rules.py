"""The portfolio in rows: pure functions."""

from collections.abc import Iterator, Mapping, Sequence

from services.contracts.projects.portfolio import Portfolio, PortfolioFigures, PortfolioSum
from services.contracts.shared.base import Language
from services.kit.spreadsheets import Cell

TITLE: Mapping[Language, str] = {
    "de": "Förderportfolio",
    "en": "Portfolio of funding",
    "it": "Portafoglio dei finanziamenti",
}
_TOTAL: Mapping[Language, str] = {"de": "Gesamt", "en": "Total", "it": "Totale"}
_NONE: Mapping[Language, str] = {"de": "(ohne)", "en": "(none)", "it": "(senza)"}
_FIRST: Sequence[Mapping[Language, str]] = (
    {"de": "Gruppe", "en": "Group", "it": "Gruppo"},
    {"de": "Jahr", "en": "Year", "it": "Anno"},
    {"de": "Zuwendungen", "en": "Grants", "it": "Contributi"},
    {"de": "Vorhaben", "en": "Projects", "it": "Progetti"},
)
_SUMS: Mapping[str, Mapping[Language, str]] = {
    "granted": {"de": "Bewilligt", "en": "Granted", "it": "Concesso"},
    "own": {"de": "Eigenmittel", "en": "Own money", "it": "Fondi propri"},
    "budget": {"de": "Zuwendungsfähige Ausgaben", "en": "Budget", "it": "Costi ammissibili"},
    "planned": {"de": "Plan des Jahres", "en": "Planned", "it": "Previsto"},
    "spent": {"de": "Ausgegeben", "en": "Spent", "it": "Speso"},
    "committed": {"de": "Gebunden", "en": "Committed", "it": "Impegnato"},
    "claimed": {"de": "Abgerufen", "en": "Claimed", "it": "Richiesto"},
    "allotted": {"de": "Jahresrate", "en": "Allotted", "it": "Rata annuale"},
    "paid_out": {"de": "Ausgezahlt", "en": "Paid out", "it": "Erogato"},
    "repaid": {"de": "Zurückgezahlt", "en": "Repaid", "it": "Restituito"},
    "remaining": {"de": "Rest", "en": "Remaining", "it": "Residuo"},
    "forecast": {"de": "Prognose", "en": "Forecast", "it": "Previsione"},
    "lapse": {"de": "Mittelverfall", "en": "Lapse", "it": "Decadenza"},
}
_ABSORPTION: Mapping[Language, str] = {
    "de": "Mittelabfluss in Prozent",
    "en": "Absorption in per cent",
    "it": "Assorbimento in percento",
}
_UNKNOWN: Mapping[Language, str] = {"de": "unbekannt", "en": "unknown", "it": "ignoti"}


def rows(found: Portfolio, lang: Language) -> Iterator[list[Cell]]:
    """A heading, each group with its years, and the total."""
    heading: list[Cell] = [text[lang] for text in _FIRST]
    for text in _SUMS.values():
        heading += [text[lang], f"{text[lang]}: {_UNKNOWN[lang]}"]
    yield [*heading, _ABSORPTION[lang]]
    for group in found.groups:
        yield from _part(group.key or _NONE[lang], group)
    yield from _part(_TOTAL[lang], found.total)


def _part(name: str, figures: PortfolioFigures) -> Iterator[list[Cell]]:
    line: list[Cell] = [name, None, figures.grants, len(figures.projects)]
    yield [*line, *_cells(figures), figures.absorption.percent]
    for year in figures.years:
        yield [name, year.year, None, None, *_cells(year), None]


def _cells(figures: object) -> Iterator[Cell]:
    for name in _SUMS:
        one: PortfolioSum | None = getattr(figures, name, None)
        yield one.amount if one else None
        yield one.unknown if one else None
