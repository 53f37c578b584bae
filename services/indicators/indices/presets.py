"""Ready recipes (Vorlagen): a municipality adds its own indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.contracts.indicators.index_presets import IndexPreset, NewIndexFromPreset
from services.contracts.indicators.indices import ClassLimit
from services.contracts.shared.base import Texts
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


@dataclass(frozen=True)
class Preset:
    """A recipe without indicators; `minimum` is the population below which areas are left out."""

    name: Texts
    description: Texts
    recipe: Mapping[str, Any]
    minimum: int | None = None


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
            "de": "Mittel der auf 0 bis 1 gebrachten Werte, in Fünfteln der Gebiete, wie beim "
            "Deprivationsindex GISD; ohne dessen Gewichte aus einer Hauptkomponentenanalyse.",
            "en": "Mean of the figures brought to 0 to 1, in fifths of the areas, as the GISD "
            "deprivation index does; without its weights from a principal component analysis.",
        },
        {
            "standardisation": "min_max",
            "combination": "mean",
            "restandardise": False,
            "class_by": "share",
            "classes": _FIFTHS,
        },
    ),
}


def presets() -> list[IndexPreset]:
    """Every preset as it is read."""
    return [
        IndexPreset.model_validate(
            {"key": key, "name": one.name, "description": one.description, "recipe": one.recipe}
        )
        for key, one in PRESETS.items()
    ]


def filled(preset: Preset, new: NewIndexFromPreset) -> dict[str, Any]:
    """The recipe with the municipality's own indicators, as the fields of `NewIndex`.

    Refuses changes that are not one for each component.
    """
    if new.changes and len(new.changes) != len(new.components):
        detail = f"{len(new.components)} components need as many changes, or none."
        raise Invalid(detail, pointer="/changes", code="count")
    changes: Sequence[str | None] = new.changes or [None] * len(new.components)
    own = new.model_dump(include={"key", "level", "topic", "source", "aggregation"})
    return {
        **preset.recipe,
        **own,
        "name": new.name or preset.name,
        "first_period": new.first_period,
        "last_period": new.last_period,
        "components": [
            {"indicator": indicator, "change": change}
            for indicator, change in zip(new.components, changes, strict=True)
        ],
        "exclusions": _small_areas(preset, new.population),
    }


def _small_areas(preset: Preset, population: str | None) -> list[dict[str, Any]]:
    if preset.minimum is None or population is None:
        return []
    reason = f"Weniger als {preset.minimum} Einwohnerinnen und Einwohner."
    return [{"kind": "below", "indicator": population, "minimum": preset.minimum, "reason": reason}]
