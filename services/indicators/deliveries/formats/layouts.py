"""How the columns of a table are read: which is the area, the period, the measure, a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.contracts.indicators.mappings import UnknownCodes


@dataclass(frozen=True)
class Naming:
    """A column of codes or labels: its code list, and the length that codes are filled up to."""

    at: int
    name: str
    codes: Mapping[str, str] = field(default_factory=dict)
    digits: int | None = None


@dataclass(frozen=True)
class Part(Naming):
    """A column that holds the attributes of a dimension."""

    dimension: str = ""


@dataclass(frozen=True)
class Value:
    """A column of figures; what is None stands in another column or is told by the file."""

    at: int
    name: str
    measure: str | None = None
    unit: str | None = None
    factor: Decimal | None = None
    period: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """Where everything stands in the rows of a table; `skip` rows are headings.

    `strict` tables have codes of their own; labels of others are treated as `unknown` says. `ours`
    are tables that this service gave out: what they hide is hidden here. `presumed` is the decimal
    separator where no cell is certain about it.
    """

    area: Naming
    values: tuple[Value, ...]
    width: int
    skip: int = 1
    area_label: int | None = None
    period: int | None = None
    period_name: str = "period"
    fixed_period: str | None = None
    measure: Naming | None = None
    measure_label: int | None = None
    unit: int | None = None
    parts: tuple[Part, ...] = ()
    breakdown: int | None = None
    status: int | None = None
    status_name: str = "status"
    provisional: int | None = None
    gone: int | None = None
    scheme: str = ""
    decimal: str | None = None
    presumed: str = ""
    grouped: bool = True
    strict: bool = False
    ours: bool = False
    unknown: UnknownCodes | None = None
