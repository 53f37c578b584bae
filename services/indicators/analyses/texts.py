"""Titles, source lines and what a picture says in words."""

from collections.abc import Mapping
from typing import Any

from services.contracts.shared.base import Language
from services.indicators.analyses import words
from services.indicators.analyses.pictures import Picture
from services.indicators.analyses.rules import Figure, Summary
from services.kit import writing

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "de": {
        "source": "Quelle",
        "release": "Veröffentlichungsstand {n}",
        "head": "{name} ({unit}), {level}, {period}",
        "range": "{n} Gebiete mit Wert: von {low} ({lowest}) bis {high} ({highest}), "
        "Median {median}",
        "one": "{area}: {value}",
        "none": "Für kein Gebiet ist ein Wert ausgewiesen",
        "hidden": "{n} aus Gründen der statistischen Geheimhaltung nicht ausgewiesen",
        "without": "{n} aus anderen Gründen ohne Wert",
        "tiles": "Schematische Karte: Kacheln statt der wirklichen Grenzen.",
        "some tiles": "{n} von {of} Gebieten sind schematisch gezeichnet, nicht in ihren "
        "wirklichen Grenzen.",
    },
    "en": {
        "source": "Source",
        "release": "release {n}",
        "head": "{name} ({unit}), {level}, {period}",
        "range": "{n} areas with a value: from {low} ({lowest}) to {high} ({highest}), "
        "median {median}",
        "one": "{area}: {value}",
        "none": "No area has a value",
        "hidden": "{n} hidden to protect individuals",
        "without": "{n} without a value for other reasons",
        "tiles": "Schematic map: tiles instead of the real boundaries.",
        "some tiles": "{n} of {of} areas are drawn schematically, not in their real boundaries.",
    },
    "it": {
        "source": "Fonte",
        "release": "pubblicazione {n}",
        "head": "{name} ({unit}), {level}, {period}",
        "range": "{n} aree con valore: da {low} ({lowest}) a {high} ({highest}), mediana {median}",
        "one": "{area}: {value}",
        "none": "Nessuna area ha un valore",
        "hidden": "{n} non pubblicati per la tutela delle persone",
        "without": "{n} senza valore per altri motivi",
        "tiles": "Mappa schematica: tessere al posto dei confini reali.",
        "some tiles": "{n} aree su {of} sono disegnate in modo schematico, non nei confini reali.",
    },
}


def word(phrase: str, lang: Language, /, **parts: Any) -> str:
    """A phrase in the language."""
    return _WORDS[lang][phrase].format(**parts)


def title(picture: Picture, lang: Language) -> str:
    """The name of the indicator."""
    return writing.text(picture.indicator["name"], lang)


def subtitle(picture: Picture, lang: Language) -> str:
    """Unit, level and period."""
    return " · ".join(
        (
            writing.text(picture.indicator["unit"], lang),
            writing.text(picture.level["name"], lang),
            words.period(picture.period, lang),
        )
    )


def source_line(picture: Picture, lang: Language) -> str:
    """Who published the figures, in which table and under which licence, and the release."""
    source = picture.indicator["source"]
    parts = [f"{word('source', lang)}: {source['publisher']}"]
    if source.get("table"):
        parts[0] += f", {source['table']}"
    if source.get("licence"):
        parts[0] += f" ({source['licence']})"
    if picture.release is not None:
        parts.append(word("release", lang, n=picture.release))
    return " · ".join(parts)


def schematic(picture: Picture, lang: Language) -> str | None:
    """That shapes are drawn tiles and no boundaries; None if all are real."""
    shapes = [area for area in picture.areas if area.has_geometry]
    tiles = sum(area.schematic for area in shapes)
    if not tiles:
        return None
    if tiles == len(shapes):
        return word("tiles", lang)
    return word("some tiles", lang, n=tiles, of=len(shapes))


def description(picture: Picture, together: Summary, lang: Language) -> str:
    """The essential numbers in words, for those who do not see the picture."""
    sentences = [
        word(
            "head",
            lang,
            name=title(picture, lang),
            unit=writing.text(picture.indicator["unit"], lang),
            level=writing.text(picture.level["name"], lang),
            period=words.period(picture.period, lang),
        )
    ]
    shown = {
        area.key: value
        for area in picture.areas
        if (value := picture.figure(area.key).value) is not None
    }
    names = {area.key: writing.text(area.name, lang) for area in picture.areas}
    if len(shown) == 1:
        ((key, value),) = shown.items()
        said = value_of(picture, value, lang)
        sentences.append(word("one", lang, area=names[key], value=said))
    elif shown:
        lowest, highest = (
            min(shown, key=lambda k: (shown[k], k)),
            max(shown, key=lambda k: (shown[k], k)),
        )
        sentences.append(
            word(
                "range",
                lang,
                n=len(shown),
                low=value_of(picture, shown[lowest], lang),
                lowest=names[lowest],
                high=value_of(picture, shown[highest], lang),
                highest=names[highest],
                median=value_of(picture, together.median or 0, lang),
            )
        )
    else:
        sentences.append(word("none", lang))
    for area in picture.above[:1]:
        value = picture.figure(area.key).value
        if value is not None:
            name = writing.text(area.name, lang)
            sentences.append(word("one", lang, area=name, value=value_of(picture, value, lang)))
    for name, number in (("hidden", together.hidden), ("without", together.without)):
        if number:
            sentences.append(word(name, lang, n=number))
    return ". ".join(sentences) + "."


def label(indicator: Mapping[str, Any], figure: Figure, lang: Language) -> str:
    """The value of a figure with no more decimals than were published, or its sign."""
    if figure.value is None:
        return words.marker(figure.status)
    return _written(indicator, figure.value, places_of(indicator, figure), lang)


def places_of(indicator: Mapping[str, Any], figure: Figure) -> int:
    """Decimals to show: fewer where disclosure control has rounded the rate (`precision:0`)."""
    rule, _, places = figure.rule.partition(":")
    decimals = int(indicator["decimals"])
    return min(decimals, int(places)) if rule == "precision" else decimals


def value_of(picture: Picture, value: float, lang: Language) -> str:
    """A value with as many decimals as the indicator has, per cent with its sign."""
    return _written(picture.indicator, value, picture.decimals, lang)


def _written(indicator: Mapping[str, Any], value: float, places: int, lang: Language) -> str:
    written = writing.number(value, places, lang)
    return f"{written}\u00a0%" if words.is_percent(indicator["unit"]) else written
