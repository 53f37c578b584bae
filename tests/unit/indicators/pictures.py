"""A picture of a town as analyses get it, without a database."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.contracts.indicators.values import ValueStatus
from services.indicators.analyses.pictures import Picture, Place
from services.indicators.analyses.rules import Figure

NAMES = [
    "Altstadt",
    "Nordviertel",
    "Lobeda-West",
    "Jägersdorf",
    "Winzerla",
    "Lichtenhain, Ammerbach und Burgau",
    "Jena-Nord II",
    "Wenigenjena/Ort",
    "Zwätzen",
    "Kernberge",
    "Mühlenstraße",
    "Isserstedt",
]
PEOPLE = [4200, 3900, 8100, 120, 2500, 950, 7300, 610, 1500, 5200, 3300, 80]
CASES = [420, 150, 1300, None, 210, 140, 300, 30, 45, 610, 190, None]
INDICATOR: Mapping[str, Any] = {
    "key": "sgb2-quote",
    "name": {"de": "SGB-II-Quote", "en": "SGB II rate", "it": "Quota SGB II"},
    "unit": {"de": "Prozent", "en": "per cent", "it": "per cento"},
    "kind": "rate",
    "decimals": 1,
    "polarity": "lower_is_better",
    "topic": "mindestsicherung",
    "factor": 100,
    "numerator": "empfaenger",
    "denominator": "bevoelkerung",
    "source": {
        "publisher": "Statistik der Bundesagentur für Arbeit",
        "table": "22811-01-01-4",
        "licence": "dl-de/by-2-0",
    },
}
HIDDEN = Figure(None, ValueStatus.confidential, "threshold:3")


def place(key: str, name: str, level: str, parent: str | None) -> Place:
    """An area."""
    return Place(key, level, {"de": name}, parent, f"version-{key}", 1, False, False)


def picture(
    figures: Sequence[float | None] | None = None,
    *,
    years: Sequence[int] = (2020, 2021, 2022, 2023, 2024),
    counted: bool = True,
    **indicator: Any,
) -> Picture:
    """Twelve districts of a town in a state; two are hidden unless other figures are given."""
    said = {**INDICATOR, **indicator}
    rates = figures or [
        None if cases is None else round(100 * cases / people, 1)
        for cases, people in zip(CASES, PEOPLE, strict=True)
    ]
    areas = [
        place(f"bezirk-{n:02}", NAMES[(n - 1) % len(NAMES)], "bezirk", "jena")
        for n in range(1, len(rates) + 1)
    ]
    upper = {
        "jena": place("jena", "Jena", "stadt", "thueringen"),
        "thueringen": place("thueringen", "Thüringen", "land", None),
    }
    shown = {}
    for step, year in enumerate(reversed(years)):
        for area, rate in zip(areas, rates, strict=True):
            hidden = rate is None or (step == 2 and area.key == "bezirk-08")
            now = None if rate is None else round(rate + step * ((rate * 7) % 3 - 1) / 4, 1)
            shown[area.key, str(year)] = HIDDEN if hidden else Figure(now, ValueStatus.normal)
        shown["jena", str(year)] = Figure(round(7.1 + 0.2 * step, 1), ValueStatus.normal)
        shown["thueringen", str(year)] = Figure(6.4, ValueStatus.normal)
    counts = {}
    for area, cases, people in zip(areas, CASES, PEOPLE, strict=False):
        if counted:
            counts["bevoelkerung", area.key] = Figure(people, ValueStatus.normal)
            counts["empfaenger", area.key] = (
                HIDDEN if cases is None else Figure(cases, ValueStatus.normal)
            )
    return Picture(
        release=3,
        state=(3, 40, 3),
        indicator=said,
        level={"key": "bezirk", "name": {"de": "Statistischer Bezirk", "en": "District"}},
        period=str(years[-1]),
        period_end=date(years[-1], 12, 31),
        breakdown="",
        areas=areas,
        references=upper,
        periods=[str(year) for year in years],
        ends={str(year): date(year, 12, 31) for year in years},
        figures=shown,
        counts=counts,
        units={},
    )
