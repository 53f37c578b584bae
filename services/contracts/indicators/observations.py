"""Figures as they are read: columns, and the words needed to read them."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, WithJsonSchema

from services.contracts.indicators.catalogue import Polarity, Source
from services.contracts.indicators.values import IndicatorKind, ValueStatus
from services.contracts.shared.base import Answer, Texts, example

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""A figure as JSON writes numbers, with the digits that were delivered."""


class IndicatorInBrief(Answer):
    """What is needed to read the figures of an indicator."""

    name: Texts
    short_name: Texts | None
    unit: Texts
    kind: IndicatorKind
    decimals: int
    polarity: Polarity
    source: Source


class StatusInBrief(Answer):
    """How a status is written and read."""

    marker: str
    label: Texts


class Columns(Answer):
    """Columns of the same length: the n-th entries of all belong together."""

    indicator: list[str]
    area: list[str]
    period: list[str]
    breakdown: list[str] = Field(description="Such as `GES=GESM`; empty is the total.")
    value: list[Number | None] = Field(description="Null where the status says why.")
    status: list[ValueStatus]


class Observations(Answer):
    """Figures in columns (Beobachtungen)."""

    model_config = example(
        release=3,
        indicators={
            "bevoelkerung": {
                "name": {"de": "Bevölkerung", "en": "Population"},
                "short_name": {"de": "Bev.", "en": "Pop."},
                "unit": {"de": "Personen", "en": "persons"},
                "kind": "count",
                "decimals": 0,
                "polarity": "neutral",
                "source": {
                    "publisher": "Statistisches Bundesamt",
                    "table": "12411-01-01-4",
                    "licence": "dl-de/by-2-0",
                },
            }
        },
        statuses={"normal": {"marker": "", "label": {"de": "Wert liegt vor"}}},
        columns={
            "indicator": ["bevoelkerung"],
            "area": ["wartburgkreis"],
            "period": ["2024-12-31"],
            "breakdown": [""],
            "value": [154957],
            "status": ["normal"],
        },
    )

    release: int | None = Field(description="The release that the figures are of; null: none yet.")
    indicators: dict[str, IndicatorInBrief]
    statuses: dict[ValueStatus, StatusInBrief] = Field(description="Those that occur.")
    columns: Columns
