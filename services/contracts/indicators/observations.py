"""Figures as they are read: columns, and the words needed to read them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from services.contracts.indicators.catalogue import Polarity, Source
from services.contracts.indicators.dimensions import DimensionInBrief
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


_INDICATOR: dict[str, Any] = {
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
_PERSONS = {
    **_INDICATOR,
    "name": {"de": "Personen in SGB-II-Bedarfsgemeinschaften"},
    "short_name": {"de": "SGB II"},
    "source": {
        "publisher": "Statistik der Bundesagentur für Arbeit",
        "table": "22811-02-02-4",
        "licence": "dl-de/by-2-0",
    },
}
_STATUSES = {
    "normal": {"marker": "", "label": {"de": "Wert liegt vor"}},
    "confidential": {
        "marker": "*",
        "label": {"de": "aus Gründen der statistischen Geheimhaltung nicht ausgewiesen"},
    },
}


class _Answered(Answer):
    release: int | None = Field(description="The release that the figures are of; null: none yet.")
    released_at: datetime | None
    territory: date | None = Field(
        description="The day whose territory was asked for; null: that of each time."
    )
    indicators: dict[str, IndicatorInBrief]
    statuses: dict[ValueStatus, StatusInBrief] = Field(description="Those that occur.")
    next: str | None = Field(description="Address of the next page, or null on the last.")


class Observations(_Answered):
    """Figures in columns (Beobachtungen). `reasons` and the like name figures by their number."""

    model_config = example(
        release=3,
        released_at="2026-01-15T09:30:00+00:00",
        territory=None,
        indicators={"bevoelkerung": _INDICATOR},
        statuses=_STATUSES,
        columns={
            "indicator": ["bevoelkerung", "bevoelkerung"],
            "area": ["wartburgkreis", "wartburgkreis"],
            "period": ["2024-12-31", "2024-12-31"],
            "breakdown": ["", "GES=GESM"],
            "value": [154957, None],
            "status": ["normal", "confidential"],
        },
        reasons={"1": "threshold:3"},
        provisional=[0],
        basis=None,
        gone=None,
        estimated=None,
        next=None,
    )

    columns: Columns
    reasons: dict[str, str] = Field(
        description="Number of a figure (the first is 0): the rule that hid or rounded it."
    )
    provisional: list[int] = Field(description="Numbers of figures that are not final yet.")
    basis: dict[str, Any] | None = Field(
        description="With `basis=true`: number of a figure: what it was computed from."
    )
    gone: list[int] | None = Field(
        description="With `updated_after`: numbers of figures that are no longer there."
    )
    estimated: list[int] | None = Field(
        description="With `territory`: numbers of figures that rest on the division of an area."
    )


class ObservationRow(Answer):
    """One figure."""

    indicator: str
    area: str
    period: str
    breakdown: dict[str, str] = Field(description="Category by dimension; empty is the total.")
    value: Number | None = Field(description="Null where the status says why.")
    status: ValueStatus
    reason: str | None = Field(description="The rule that hid or rounded the figure.")
    provisional: bool


class ObservationRows(_Answered):
    """Figures one by one, with all words to read them."""

    model_config = example(
        release=3,
        released_at="2026-01-15T09:30:00+00:00",
        territory=None,
        indicators={"sgb2-personen": _PERSONS},
        areas={"wartburgkreis": {"de": "Wartburgkreis"}},
        dimensions={},
        statuses=_STATUSES,
        rows=[
            {
                "indicator": "sgb2-personen",
                "area": "wartburgkreis",
                "period": "2016-12-31",
                "breakdown": {},
                "value": 5710,
                "status": "normal",
                "reason": "rounding:10",
                "provisional": False,
            }
        ],
        next=None,
    )

    areas: dict[str, Texts] = Field(description="Names of the areas that occur.")
    dimensions: dict[str, DimensionInBrief] = Field(description="Those that occur and have words.")
    rows: list[ObservationRow]


class AvailablePeriods(Answer):
    """Of one breakdown: the periods for which there are figures, the earliest first."""

    breakdown: str = Field(description="Such as `GES=GESM`; empty is the total.")
    periods: list[str]


class AvailableLevel(Answer):
    """A level of areas and how many of its areas have figures."""

    level: str
    areas: int


class Availability(Answer):
    """What there is of an indicator, without the figures (Verfügbarkeit)."""

    model_config = example(
        indicator="bevoelkerung",
        release=3,
        levels=[{"level": "kreis", "areas": 23}],
        first=date(2024, 12, 31).isoformat(),
        last=date(2024, 12, 31).isoformat(),
        breakdowns=[{"breakdown": "", "periods": ["2024-12-31"]}],
    )

    indicator: str
    release: int | None
    levels: list[AvailableLevel]
    first: str | None = Field(description="The earliest period of any breakdown.")
    last: str | None = Field(description="The newest period of any breakdown.")
    breakdowns: list[AvailablePeriods]
