"""Of what a report is made: words, shapes and figures as they were that day."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel

from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language


class FrozenArea(BaseModel):
    """An area as it was when the report was made; `shape` is GeoJSON."""

    key: str
    name: dict[Language, str]
    parent: str | None
    shape: dict[str, Any] | None = None
    schematic: bool = False


class FrozenIndicator(BaseModel):
    """An indicator as it was defined when the report was made."""

    key: str
    name: dict[Language, str]
    short_name: dict[Language, str] | None
    description: dict[Language, str] | None
    unit: dict[Language, str]
    kind: str
    numerator: str | None
    denominator: str | None
    factor: Decimal | None
    decimals: int
    polarity: str
    topic: dict[Language, str] | None
    source: dict[str, str | None]
    protection: dict[str, Any]

    def published_in(self) -> str:
        """Who published the figures, and in which table."""
        parts = (self.source.get("publisher"), self.source.get("table"))
        return ", ".join(part for part in parts if part)


class Frozen(BaseModel):
    """Words and shapes of a report. `above` is what the areas are part of, the nearest first."""

    release: int
    released_on: date
    level: dict[str, Any]
    areas: list[FrozenArea]
    above: list[FrozenArea]
    indicators: list[FrozenIndicator]


class Printed(NamedTuple):
    """A protected figure without breakdown."""

    indicator: str
    area: str
    period: str
    period_end: date
    value: Decimal | None
    status: ValueStatus
    rule: str
    provisional: bool
