"""Coverage: how many places there are for those who need them (Versorgung, Versorgungsquote)."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Answer, example


class NoRate(StrEnum):
    """Why there are no places per 100 of the target group (Grund einer fehlenden Quote)."""

    no_need_group = "no_need_group"
    need_hidden = "need_hidden"
    need_missing = "need_missing"
    nobody_in_need = "nobody_in_need"
    too_few_in_need = "too_few_in_need"
    places_unknown = "places_unknown"
    areas_unknown = "areas_unknown"


class CoverageColumns(Answer):
    """One entry for each area; the n-th entries of all columns belong together."""

    area: list[str]
    facilities: list[int | None] = Field(
        description="Open on the day; null where the area has no shape and some are unassigned."
    )
    places: list[int | None] = Field(
        description="Null where the places of a facility are not known, or facilities is null."
    )
    places_known: list[int | None] = Field(description="Of those facilities that say so.")
    forecast: list[bool] = Field(description="Whether places are in it that are only planned.")
    need: list[float | None] = Field(description="People in the target group, as published.")
    need_status: list[ValueStatus | None]
    places_per_100: list[float | None] = Field(
        description="Places per 100 of the target group, with no more digits than it has people."
    )
    reason: list[NoRate | None] = Field(description="Why there is no rate.")
    rank: list[int | None] = Field(description="1 has the most places per 100; ties share one.")
    nearest: list[int | None] = Field(
        description="Metres in a straight line from inside the area to the nearest facility."
    )
    nearest_facility: list[str | None]
    nearest_outside: list[int | None] = Field(
        description="The same to the nearest facility that is not in the area."
    )
    schematic: list[bool] = Field(
        description="The shape is a drawn tile: what lies in it and how far it is, is not true."
    )


class UnassignedFacility(Answer):
    """A facility that is in no area of the level, and why."""

    facility: str
    reason: Literal["no_location", "outside"]


class Unassigned(Answer):
    """What belongs to no area of the level (nicht zugeordnet)."""

    facilities: list[UnassignedFacility]
    places: int | None
    places_known: int


class CoverageTotal(Answer):
    """All facilities of the kind, those of no area included, against the sum of all areas."""

    facilities: int
    places: int | None
    places_known: int
    forecast: bool
    need: float | None = Field(description="Null as soon as the figure of one area is missing.")
    places_per_100: float | None


class Coverage(Answer):
    """Coverage of the areas of a level with one kind of facility on a day."""

    model_config = example(
        release=3,
        kind="kita",
        level="statistischer-bezirk",
        on="2026-01-15",
        need_indicator="kinder-unter-7",
        need_breakdown="",
        need_period="2024-12-31",
        need_provisional=False,
        columns={
            "area": ["lobeda-west", "winzerla"],
            "facilities": [1, 0],
            "places": [90, 0],
            "places_known": [90, 0],
            "forecast": [False, False],
            "need": [450, None],
            "need_status": ["normal", "confidential"],
            "places_per_100": [20, None],
            "reason": [None, "need_hidden"],
            "rank": [1, None],
            "nearest": [310, 2100],
            "nearest_facility": ["kita-am-park", "kita-am-park"],
            "nearest_outside": [None, 2100],
            "schematic": [True, True],
        },
        unassigned={
            "facilities": [{"facility": "kita-nord", "reason": "no_location"}],
            "places": 40,
            "places_known": 40,
        },
        total={
            "facilities": 3,
            "places": 170,
            "places_known": 170,
            "forecast": False,
            "need": 850,
            "places_per_100": 20,
        },
    )

    release: int | None = Field(description="The release that the figures are of; null: none yet.")
    kind: str
    level: str
    on: date
    need_indicator: str | None
    need_breakdown: str | None
    need_period: str | None = Field(description="The newest period of the level up to that day.")
    need_provisional: bool
    columns: CoverageColumns
    unassigned: Unassigned
    total: CoverageTotal
