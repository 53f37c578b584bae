"""What reading a delivered file yields: a summary, or a refusal that says why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import BaseModel

from services.contracts.indicators.mapping_proposals import ColumnSeen
from services.contracts.indicators.mappings import FileLayout, ProtectionMethod
from services.kit.tabular import limits as kit
from services.kit.tabular.limits import FileRefused as FileRefused


class Format(StrEnum):
    """The formats that are read; each may also come in a zip archive or in a workbook."""

    ffcsv = "ffcsv"
    old_ffcsv = "old_ffcsv"
    genesis = "genesis"
    tidy_csv = "tidy_csv"
    long_csv = "long_csv"
    wide_periods = "wide_periods"
    wide_measures = "wide_measures"
    sdmx_csv = "sdmx_csv"


ACCEPTED = (
    "accepted are flat files of the statistics offices (ffcsv), GENESIS cross tables, SDMX-CSV, "
    "tables with a column of areas and columns of years or measures, and tidy CSV with the columns "
    "area, period, value; as text, as xlsx, or in a zip archive of one such file"
)


@dataclass(frozen=True, slots=True)
class Limits(kit.Limits):
    """How large a delivery may be, and what reading it may cost.

    Besides the limits of every file: different places (and measures, periods, breakdowns), listed
    issues.
    """

    accepted: str = ACCEPTED
    different: int = 200_000
    issues: int = 200


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beforehand: a saved mapping, the period or the indicator of a silent file.

    `mapping` has to fit; of the mappings `known`, by key, the first that fits is used. No more
    than about `most` rows are read.
    """

    mapping: FileLayout | None = None
    period: str | None = None
    indicator: str | None = None
    known: Mapping[str, FileLayout] = field(default_factory=dict)
    most: int | None = None


class Severity(StrEnum):
    """An error keeps its row out of the figures; a warning does not."""

    error = "error"
    warning = "warning"


class Issue(NamedTuple):
    """Something wrong in a file: line (1 is the header), column, stable code, explanation."""

    line: int
    column: str | None
    code: str
    detail: str
    severity: Severity = Severity.error


class Place(NamedTuple):
    """An area as the file names it; '' is the scheme of a file that names none.

    `named` says that it has no code there: `label` is its name, and `code` derived from that.
    """

    code: str
    scheme: str
    label: str
    named: bool = False


class Measure(NamedTuple):
    """What is counted. Without a statistic, `measure` is the key of an indicator, or ''."""

    statistic: str
    measure: str
    unit: str
    label: str


class Span(NamedTuple):
    """A period in canonical form, its first and its last day."""

    text: str
    start: date
    end: date


class CodeList(BaseModel):
    """A dimension as the file describes it (Merkmal): attribute codes and their labels.

    `total` is the label (and `total_code` the code) by which the file names the total, if it does.
    """

    label: str
    total: str | None = None
    total_code: str | None = None
    attributes: dict[str, str] = {}


class Deletion(BaseModel):
    """Figures that a message takes back by a key with gaps: null stands for every one.

    `attributes` holds the given parts of a breakdown: {} matches every breakdown.
    """

    line: int
    measure: int | None
    place: int | None
    period: int | None
    attributes: dict[str, str]


class ValueColumn(NamedTuple):
    """In which column the figures of a measure stand, all of them or those of a part of them."""

    measure: int
    period: int | None
    breakdown: int | None
    column: str


class Summary(BaseModel):
    """Everything of a read file but its figures.

    The figures name places, measures, periods and breakdowns by their number in these lists.
    `area_column` is the heading of the areas, `value_column` that of the figures if all stand in
    one column, else `value_columns` tells in which; `parents` has for every place the number of
    the one it is part of. `action` is `merge`, or `replace` where the file holds all figures of
    `replaced` (measure and period), or `delete` where some rows are `gone` or `deletions` are
    given. `breakdowns` are canonical; '' is the total. Of a file that is `all_or_nothing` no row
    may be left out. `mapping` is the key of the mapping that was used, of those `known`.
    """

    format: Format
    container: Literal["", "zip", "xlsx"]
    encoding: str
    delimiter: str
    decimal: str
    fingerprint: str
    mapping: str | None = None
    area_column: str = "area"
    value_column: str | None = None
    value_columns: list[ValueColumn] = []
    title: str = ""
    table: str = ""
    licence: str | None = None
    as_of: date | None = None
    rows: int
    figures: int
    places: list[Place]
    parents: list[int | None]
    measures: list[Measure]
    periods: list[Span]
    breakdowns: list[str]
    dimensions: dict[str, CodeList]
    issues: list[Issue]
    errors: int
    warnings: int
    counts: dict[str, int]
    action: Literal["merge", "replace", "delete"] = "merge"
    all_or_nothing: bool = False
    replaced: list[tuple[int, int]] = []
    deletions: list[Deletion] = []
    protection_method: ProtectionMethod | None = None
    protection_base: int | None = None
    protection_note: str | None = None


class Recognition(BaseModel):
    """What a file is, told by its content, and how it would be read.

    `proposal` is null where the format says everything itself.
    """

    format: Format
    container: Literal["", "zip", "xlsx"]
    encoding: str
    delimiter: str
    fingerprint: str
    columns: list[ColumnSeen]
    sample: list[list[str]]
    proposal: FileLayout | None
