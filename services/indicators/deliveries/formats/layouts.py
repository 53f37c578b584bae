"""How the columns of a table are read: which is the area, the period, the measure, a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.contracts.indicators.mappings import UnknownCodes


@dataclass(frozen=True)
class Naming:
    """What a cell means: by a code list, else by itself (filled up with zeros to `digits`)."""

    at: int
    name: str
    codes: Mapping[str, str] = field(default_factory=dict)
    unknown: UnknownCodes = UnknownCodes.refuse
    digits: int = 0


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
    """Where everything stands in the rows of a table; `skip` rows are headings."""

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
    scheme: str = ""
    decimal: str | None = None
    grouped: bool = True
