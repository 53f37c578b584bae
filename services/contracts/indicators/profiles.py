"""The profile of an area: everything published of it, against the areas that it is part of."""

from datetime import date

from pydantic import Field

from services.contracts.indicators.analyses import (
    Interval,
    Number,
    Reference,
    Trend,
    Verdict,
    WhyNot,
)
from services.contracts.indicators.catalogue import Polarity
from services.contracts.indicators.values import IndicatorKind, ValueStatus
from services.contracts.shared.base import Answer, Language, LongTexts, Texts, example


class ProfileArea(Answer):
    """The area of a profile."""

    model_config = example(
        key="lobeda-west",
        name={"de": "Lobeda-West"},
        level="statistischer-bezirk",
        level_name={"de": "Statistischer Bezirk"},
        parent="jena",
        valid_from="1990-01-01",
    )

    key: str
    name: Texts
    level: str
    level_name: Texts
    parent: str | None
    valid_from: date


class ProfileRank(Answer):
    """The place among the areas of the same level that have a value (Rang)."""

    model_config = example(rank=4, of=14)

    rank: int
    of: int


class SeriesPoint(Answer):
    """A figure of an earlier period."""

    model_config = example(period="2023-12-31", value=7.9, status="normal")

    period: str
    value: Number | None
    status: ValueStatus


class ProfileLine(Answer):
    """One indicator of a profile."""

    model_config = example(
        key="sgb2-quote",
        name={"de": "SGB-II-Quote", "en": "SGB II rate"},
        description={"de": "Leistungsberechtigte nach dem SGB II je 100 Personen."},
        unit={"de": "Prozent"},
        kind="rate",
        decimals=1,
        polarity="lower_is_better",
        period="2024-12-31",
        value=18.3,
        status="normal",
        reason=None,
        rule=None,
        provisional=False,
        label="18,3 %",
        text="SGB-II-Quote am 31.12.2024: 18,3 %; Jena 7,1 %; Rang 12 von 12.",
        rank={"rank": 12, "of": 12},
        percentile=96,
        fifth=5,
        interval={"lower": 17.4, "upper": 19.2, "level": 0.95},
        interval_missing=None,
        few_cases=False,
        references=[],
        verdict="worse",
        difference=11.2,
        trend={
            "direction": "falling",
            "certainty": "weak",
            "per_year": -0.35,
            "change": -1.4,
            "values": 5,
        },
        series=[{"period": "2024-12-31", "value": 18.3, "status": "normal"}],
    )

    key: str
    name: Texts
    description: LongTexts | None
    unit: Texts
    kind: IndicatorKind
    decimals: int
    polarity: Polarity
    period: str = Field(description="The latest that there is of this area.")
    value: Number | None
    status: ValueStatus
    reason: str | None = Field(description="The status in words, where it is not `normal`.")
    rule: str | None
    provisional: bool
    label: str = Field(description="The value with its unit, or its sign (Wertzeichen).")
    text: str = Field(description="The line in words.")
    rank: ProfileRank | None
    percentile: int | None
    fifth: int | None = Field(
        description="In which fifth of the areas of its level, from low (1) to high (5)."
    )
    interval: Interval | None
    interval_missing: WhyNot | None
    few_cases: bool | None
    references: list[Reference] = Field(description="Of the same period, the nearest area first.")
    verdict: Verdict | None = Field(
        description="Against the municipality; `similar` if both cannot be told apart. Null for "
        "counts and where one of both is not shown."
    )
    difference: Number | None = Field(description="From the municipality; not of counts.")
    trend: Trend
    series: list[SeriesPoint] = Field(description="The last periods, the earliest first.")


class ProfileTopic(Answer):
    """The indicators of one topic (Themenfeld, Lebenslage)."""

    topic: str | None = Field(
        description="Key of the topic; null for indicators without one.",
        examples=["mindestsicherung"],
    )
    name: str | None = Field(examples=["Mindestsicherung"])
    indicators: list[ProfileLine]


class ProfileFacilities(Answer):
    """The facilities of one kind in an area (Einrichtungen im Gebiet)."""

    model_config = example(
        kind="kita",
        name="Kindertageseinrichtung",
        facilities=2,
        places=140,
        places_known=140,
        forecast=False,
        unassigned=0,
        schematic=False,
    )

    kind: str
    name: str
    facilities: int | None = Field(
        description="Open on the day; null where the area has no shape and some are unassigned."
    )
    places: int | None = Field(
        description="Null where the places of a facility are not known, or facilities is null."
    )
    places_known: int | None = Field(description="Of those facilities that say so.")
    forecast: bool = Field(description="Whether places are in it that are only planned.")
    unassigned: int = Field(
        description="Open facilities of the kind that are in no area of this level."
    )
    schematic: bool = Field(description="The shape is a drawn tile: what lies in it is not true.")


class AreaProfile(Answer):
    """Everything that is published of an area (Gebietsprofil)."""

    area: ProfileArea
    release: int | None
    period: str | None = Field(description="Nothing later than this, if it was asked for.")
    lang: Language
    topics: list[ProfileTopic]
    facilities: list[ProfileFacilities] = Field(description="By key of the kind.")
