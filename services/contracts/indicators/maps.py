"""Thematic maps: shapes, figures, classes, colours and legend in one answer."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from services.contracts.indicators.analyses import (
    Interval,
    Number,
    Rank,
    Reference,
    Trend,
    WhyNot,
)
from services.contracts.indicators.areas import SHAPE
from services.contracts.indicators.catalogue import Polarity, Source
from services.contracts.indicators.values import IndicatorKind, ValueStatus
from services.contracts.shared.base import Answer, Language, Texts, example

PaletteName = Literal[
    "Blues",
    "Greens",
    "Greys",
    "Purples",
    "YlGnBu",
    "YlOrRd",
    "BrBG",
    "PuOr",
    "RdBu",
    "RdYlGn",
    "Dark2",
    "Paired",
    "Set2",
]
"""Families of colours by their names in ColorBrewer 2.0."""
Colour = Annotated[str, Field(pattern="^#[0-9a-f]{6}$")]


class ClassMethod(StrEnum):
    """How the limits between classes are found (Klassifikation)."""

    quantile = "quantile"
    equal_interval = "equal_interval"
    jenks = "jenks"
    standard_deviation = "standard_deviation"
    given = "given"
    recipe = "recipe"


class PaletteKind(StrEnum):
    """What a family of colours is good for."""

    sequential = "sequential"
    diverging = "diverging"
    qualitative = "qualitative"


class Pattern(StrEnum):
    """What is drawn over the colour, so that nothing depends on colour alone (Schraffur)."""

    none = "none"
    diagonal = "diagonal"
    cross = "cross"
    dots = "dots"


class IndicatorOfMap(Answer):
    """What is shown."""

    model_config = example(
        key="sgb2-quote",
        name={"de": "SGB-II-Quote", "en": "SGB II rate"},
        unit={"de": "Prozent", "en": "per cent"},
        kind="rate",
        decimals=1,
        polarity="lower_is_better",
        topic="mindestsicherung",
    )

    key: str
    name: Texts
    unit: Texts
    kind: IndicatorKind
    decimals: int
    polarity: Polarity
    topic: str | None = Field(description="Key of its topic.")


class LevelOfMap(Answer):
    """Of which areas."""

    model_config = example(key="statistischer-bezirk", name={"de": "Statistischer Bezirk"})

    key: str
    name: Texts


class Classification(Answer):
    """How classes and colours were found."""

    model_config = example(
        method="quantile",
        classes=5,
        limits=[3.2, 5.1, 7.4, 11.0],
        palette="YlOrRd",
        kind="sequential",
        reversed=False,
        colour_blind_safe=True,
        source="ColorBrewer 2.0, Cynthia A. Brewer, Apache License 2.0",
    )

    method: ClassMethod
    classes: int = Field(
        description=(
            "Fewer than asked for where there are fewer distinct values; with `recipe` those of "
            "the index."
        )
    )
    limits: list[Number] = Field(
        description=(
            "Between the classes; a value on a limit is in the class below it. With `recipe` the "
            "legend says to which class a limit belongs, and unrounded values are compared; empty "
            "where the recipe divides by shares of areas."
        )
    )
    palette: PaletteName
    kind: PaletteKind
    reversed: bool
    colour_blind_safe: bool
    source: str


class LegendEntry(Answer):
    """One line of the legend: a class, or a reason for which there is no value."""

    model_config = example(
        number=2,
        status=None,
        lower=3.2,
        upper=5.1,
        label="über 3,2 bis 5,1",
        colour="#fecc5c",
        pattern="none",
        count=3,
    )

    number: int | None = Field(description="Number of the class; null for a reason.")
    status: ValueStatus | None
    lower: Number | None = Field(description="Null where the class is open.")
    upper: Number | None
    label: str
    colour: Colour
    pattern: Pattern
    count: int = Field(description="How many areas.")


class Statistics(Answer):
    """The areas together (Kennwerte), from the values that are shown."""

    model_config = example(
        shown=12,
        hidden=2,
        without=0,
        minimum=2.1,
        maximum=18.3,
        mean=7.92,
        median=7.5,
        sum=None,
        unassigned=None,
        unassigned_missing="not_a_count",
    )

    shown: int
    hidden: int = Field(description="Hidden to protect persons.")
    without: int = Field(description="Without a value for another reason.")
    minimum: Number | None
    maximum: Number | None
    mean: Number | None = Field(description="Of the areas, each counting the same.")
    median: Number | None
    sum: Number | None = Field(description="Of counts, if no area is without a value.")
    unassigned: Number | None = Field(
        description="Counted for the municipality but for none of the areas (nicht zuordenbar)."
    )
    unassigned_missing: WhyNot | None


class AreaOnMap(Answer):
    """What a map tells of an area."""

    model_config = example(
        key="lobeda-west",
        name={"de": "Lobeda-West"},
        parent="jena",
        value=18.3,
        status="normal",
        reason=None,
        rule=None,
        provisional=False,
        label="18,3 %",
        number=5,
        colour="#bd0026",
        pattern="none",
        rank={"rank": 12, "of": 12, "best": 9, "worst": 12},
        percentile=96,
        interval={"lower": 17.4, "upper": 19.2, "level": 0.95},
        interval_missing=None,
        few_cases=False,
        smoothed=18.21,
        smoothed_missing=None,
        reference=None,
        difference=None,
        trend={
            "direction": "falling",
            "certainty": "weak",
            "per_year": -0.35,
            "change": -1.4,
            "values": 5,
        },
        geometry_is_schematic=False,
    )

    key: str
    name: Texts
    parent: str | None
    value: Number | None = Field(description="Null where the status says why.")
    status: ValueStatus
    reason: str | None = Field(description="The status in words, where it is not `normal`.")
    rule: str | None = Field(description="The rule of disclosure control that hid or rounded it.")
    provisional: bool = Field(description="Computed over an earlier denominator.")
    label: str = Field(description="The value with its unit, or its sign (Wertzeichen).")
    number: int | None = Field(description="Number of its class, from low to high.")
    colour: Colour
    pattern: Pattern
    rank: Rank | None
    percentile: int | None = Field(
        description="Per cent of the areas with a smaller value; equal ones count half."
    )
    interval: Interval | None
    interval_missing: WhyNot | None = Field(description="Why there is no interval.")
    few_cases: bool | None = Field(
        description="Whether the rate rests on so few cases that chance moves it: fewer than 100 "
        "in the denominator, or fewer than 10 cases or counter-cases. Null if unknown."
    )
    smoothed: Number | None = Field(
        description="The rate drawn towards the mean of all areas, the more the fewer persons it "
        "is of (empirical Bayes, Marshall 1991)."
    )
    smoothed_missing: WhyNot | None
    reference: Reference | None = Field(description="The area that it is part of.")
    difference: Number | None = Field(description="From that reference; not of counts.")
    trend: Trend
    geometry_is_schematic: bool


class FeatureOfMap(Answer):
    """An area on the map."""

    type: Literal["Feature"]
    id: str
    geometry: Annotated[
        dict[str, Any] | None,
        WithJsonSchema({"anyOf": [SHAPE, {"type": "null"}]}),
    ]
    properties: AreaOnMap


class ThematicMap(Answer):
    """A map of one indicator: a GeoJSON FeatureCollection with what is needed to draw it."""

    type: Literal["FeatureCollection"]
    title: str = Field(examples=["SGB-II-Quote"])
    schematic: str | None = Field(
        description="Says that shapes are drawn tiles, if any are: to be printed with the map.",
        examples=["Schematische Karte: Kacheln statt der wirklichen Grenzen."],
    )
    description: str = Field(
        description="The essential numbers in words: use it as alternative text.",
        examples=["SGB-II-Quote (Prozent), Stadtbezirk, 2024. 10 Gebiete mit Wert: ..."],
    )
    source: Source
    source_line: str = Field(
        examples=["Quelle: Statistik der Bundesagentur für Arbeit · Veröffentlichungsstand 3"]
    )
    lang: Language
    release: int | None
    indicator: IndicatorOfMap
    level: LevelOfMap
    period: str = Field(examples=["2024-12-31"])
    period_end: date = Field(description="The territory is that of this day.")
    breakdown: str = Field(description="Empty is the total.", examples=["GES=GESM"])
    periods: list[str] = Field(
        description="Those that the trends rest on.", examples=[["2023-12-31", "2024-12-31"]]
    )
    classification: Classification
    legend: list[LegendEntry]
    statistics: Statistics
    references: list[Reference] = Field(description="The municipality and the areas above it.")
    features: list[FeatureOfMap]
