"""What is known of figures before they become numbers for a solver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from services.indicators.disclosure.rules import Definition


class Place(NamedTuple):
    """Where a figure stands."""

    indicator: str
    area: str
    period_end: date
    period: str
    breakdown: str


class Version(NamedTuple):
    """A figure as it stood from release `since` until before `until`.

    Raw: what was counted. Shown: what everybody may see, and the `rule` that hid or rounded it.
    """

    place: Place
    since: int
    until: int | None
    value: float | None
    status: str
    rule: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What links figures: definitions, the tree of areas by day, hierarchies of attributes."""

    definitions: Mapping[str, Definition]
    parents: Mapping[date, Mapping[str, str | None]]
    levels: Mapping[str, str]
    attributes: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    """Dimension -> attribute -> the attribute that it is part of."""


class Amount(NamedTuple):
    """A version of an amount that is a secret: how far off every estimate must be, and why."""

    version: Version
    far: float
    reason: str


@dataclass(frozen=True)
class Figures:
    """Raw figures of linked indicators and what has been shown of them."""

    raw: Sequence[Version]
    shown: Sequence[Version]
    surroundings: Surroundings
    amounts: Sequence[Amount] = ()
