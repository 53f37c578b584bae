"""Ready recipes (Vorlagen): a municipality adds its own indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.contracts.indicators.index_methods import Direction
from services.contracts.indicators.index_presets import (
    IndexPreset,
    NewIndexFromPreset,
    PresetComponent,
)
from services.contracts.indicators.indices import ClassLimit
from services.contracts.shared.base import Texts
from services.indicators.indices import gisd
from services.kit.problems import Invalid


def _classes(*rows: tuple[str, str, str, str | None, bool]) -> list[ClassLimit]:
    return [
        ClassLimit(
            code=code,
            label={"de": german, "en": english},
            up_to=None if limit is None else Decimal(limit),
            including=including,
        )
        for code, german, english, limit, including in rows
    ]


_STATUS = _classes(
    ("1", "hoch", "high", "-1", False),
    ("2", "mittel", "medium", "1", True),
    ("3", "niedrig", "low", "1.5", True),
    ("4", "sehr niedrig", "very low", None, True),
)
_DYNAMICS = _classes(
    ("+", "positiv", "positive", "-1", False),
    ("+/-", "stabil", "stable", "1", True),
    ("-", "negativ", "negative", None, True),
)
_THIRDS = _classes(
    ("1", "günstig", "favourable", "-1", False),
    ("2", "durchschnittlich", "average", "1", True),
    ("3", "ungünstig", "unfavourable", None, True),
)
_FIFTHS = _classes(
    ("1", "erstes Fünftel", "first fifth", "0.2", True),
    ("2", "zweites Fünftel", "second fifth", "0.4", True),
    ("3", "drittes Fünftel", "third fifth", "0.6", True),
    ("4", "viertes Fünftel", "fourth fifth", "0.8", True),
    ("5", "letztes Fünftel", "last fifth", None, True),
)


_MIN_MAX: Mapping[str, Any] = {
    "standardisation": "min_max",
    "combination": "mean",
    "restandardise": False,
    "class_by": "share",
    "classes": _FIFTHS,
}


@dataclass(frozen=True)
class Preset:
    """A recipe without indicators; `minimum` is the population below which areas are left out.

    `verified`: held against official editions; None where there is nothing official to hold it
    against. `components`: the indicators it expects, with direction and weight.
    """

    name: Texts
    description: Texts
    recipe: Mapping[str, Any]
    minimum: int | None = None
    verified: bool | None = None
    note: Texts | None = None
    components: Sequence[PresetComponent] = ()


PRESETS: Mapping[str, Preset] = {
    "mss-berlin": Preset(
        {
            "de": "Monitoring Soziale Stadtentwicklung Berlin",
            "en": "Monitoring of social urban development, Berlin",
        },
        {
            "de": "Gleich gewichtete z-Werte, Summe erneut standardisiert; Status in vier, Dynamik "
            "über zwei Jahre in drei Klassen; ab 300 Einwohnerinnen und Einwohnern.",
            "en": "Equally weighted z values, sum standardised again; status in four classes, "
            "dynamics over two years in three; from 300 inhabitants.",
        },
        {"classes": _STATUS, "dynamics": {"periods": 2, "classes": _DYNAMICS}},
        minimum=300,
        verified=True,
        note={
            "de": "Status, Dynamik und Gruppe der Ausgaben 2017 und 2019 stimmen für alle "
            "Planungsräume.",
            "en": "Status, dynamics and group of the editions 2017 and 2019 are those of all "
            "planning areas.",
        },
    ),
    "sozialmonitoring-hamburg": Preset(
        {"de": "Sozialmonitoring Hamburg", "en": "Social monitoring, Hamburg"},
        {
            "de": "Summe der z-Werte; Status in vier, Dynamik über drei Jahre in drei Klassen nach "
            "Standardabweichungen; ab 300 Einwohnerinnen und Einwohnern.",
            "en": "Sum of z values; status in four classes, dynamics over three years in three, by "
            "standard deviations; from 300 inhabitants.",
        },
        {"classes": _STATUS, "dynamics": {"periods": 3, "classes": _DYNAMICS}},
        minimum=300,
        verified=False,
        note={
            "de": "Nicht geprüft: Die Klassengrenzen sind als die des Berliner Monitorings "
            "angenommen, amtliche Ergebnisse lagen zum Vergleich nicht vor.",
            "en": "Not verified: the class limits are assumed to be those of the Berlin "
            "monitoring, and no official results were there to compare.",
        },
    ),
    "z-index": Preset(
        {"de": "Einfacher z-Index", "en": "Simple z index"},
        {
            "de": "Mittel der gleich gewichteten z-Werte, erneut standardisiert, in drei Klassen.",
            "en": "Mean of equally weighted z values, standardised again, in three classes.",
        },
        {"combination": "mean", "classes": _THIRDS},
    ),
    "min-max-fifths": Preset(
        {"de": "Min-Max-Index nach Fünfteln", "en": "Min-max index in fifths"},
        {
            "de": "Mittel der auf 0 bis 1 gebrachten Werte, in Fünfteln der Gebiete, nach Art des "
            "Deprivationsindex GISD.",
            "en": "Mean of the figures brought to 0 to 1, in fifths of the areas, in the manner of "
            "the GISD deprivation index.",
        },
        _MIN_MAX,
        verified=False,
        note={
            "de": "Alle Bausteine wiegen gleich; das sind nicht die Gewichte des GISD. Die gibt es "
            "als Vorlage gisd-2022.",
            "en": "All components weigh the same; these are not the weights of the GISD. The "
            "preset gisd-2022 has those.",
        },
    ),
    "gisd-2022": Preset(
        {
            "de": "Deprivationsindex mit den Gewichten des GISD 2022",
            "en": "Deprivation index with the weights of the GISD 2022",
        },
        {
            "de": "Neun Indikatoren aus Bildung, Beschäftigung und Einkommen, auf 0 bis 1 gebracht "
            "und mit ihren Anteilen am GISD gewichtet, in Fünfteln der Gebiete.",
            "en": "Nine indicators of education, employment and income, brought to 0 to 1 and "
            "weighted with their shares of the GISD, in fifths of the areas.",
        },
        _MIN_MAX,
        verified=False,
        note={
            "de": "Anteile nach der Dokumentation des Robert Koch-Instituts, Stand 2022 v0.3. Der "
            "GISD bringt nicht jeden Indikator, sondern die Faktorwerte seiner drei Dimensionen "
            "auf 0 bis 1, nach Bereinigungen der Rohdaten: Die Werte sind nicht die amtlichen.",
            "en": "Shares by the documentation of the Robert Koch Institute, release 2022 v0.3. "
            "The GISD brings not each indicator but the factor scores of its three dimensions to "
            "0 to 1, after adjusting the raw data: the values are not the official ones.",
        },
        components=gisd.COMPONENTS,
    ),
}


def presets() -> list[IndexPreset]:
    """Every preset as it is read."""
    return [
        IndexPreset.model_validate({"key": key, **vars(one), "components": list(one.components)})
        for key, one in PRESETS.items()
    ]


def filled(preset: Preset, new: NewIndexFromPreset) -> dict[str, Any]:
    """The recipe with the municipality's own indicators, as the fields of `NewIndex`.

    Refuses other indicators than a preset expects, and directions, weights or changes that are not
    one for each.
    """
    number, expected = len(new.components), preset.components
    if expected and number != len(expected):
        names = "; ".join(one.name["de"] for one in expected)
        detail = f"It needs {len(expected)} indicators, in this order: {names}."
        raise Invalid(detail, pointer="/components", code="count")
    for field in ("directions", "weights", "changes"):
        if len(getattr(new, field)) not in (0, number):
            detail = f"{number} components need as many {field}, or none."
            raise Invalid(detail, pointer=f"/{field}", code="count")
    directions = (
        new.directions or [one.direction for one in expected] or [Direction.raises] * number
    )
    weights = new.weights or [one.weight for one in expected] or [Decimal(1)] * number
    changes: Sequence[str | None] = new.changes or [None] * number
    own = new.model_dump(include={"key", "level", "topic", "source", "aggregation"})
    return {
        **preset.recipe,
        **own,
        "name": new.name or preset.name,
        "description": _described(preset),
        "first_period": new.first_period,
        "last_period": new.last_period,
        "components": [
            {"indicator": indicator, "direction": direction, "weight": weight, "change": change}
            for indicator, direction, weight, change in zip(
                new.components, directions, weights, changes, strict=True
            )
        ],
        "exclusions": _small_areas(preset, new.population),
    }


def _described(preset: Preset) -> Mapping[str, str]:
    """What the preset does, and what of it is an assumption."""
    note = preset.note or {}
    return {
        lang: f"{text} {note[lang]}" if lang in note else text
        for lang, text in preset.description.items()
    }


def _small_areas(preset: Preset, population: str | None) -> list[dict[str, Any]]:
    if preset.minimum is None or population is None:
        return []
    reason = f"Weniger als {preset.minimum} Einwohnerinnen und Einwohner."
    return [{"kind": "below", "indicator": population, "minimum": preset.minimum, "reason": reason}]
