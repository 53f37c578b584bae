"""Saved mappings: how the files of a supplier are to be read (Zuordnungen)."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from services.contracts.shared.base import Code, Key, Line, Request, Stored, Texts, example

Fingerprint = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{64}$"),
    Field(description="Of the structure of a file: its columns, never its values."),
]
Heading = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]
MeasureName = Annotated[
    str,
    StringConstraints(
        pattern=r"^([a-z0-9]+(-[a-z0-9]+)*|[A-Za-z0-9_.\-]{1,40}:[A-Za-z0-9_.\-]{1,40}"
        r"(:[^:\s][^:]{0,39})?)$",
        max_length=122,
    ),
    Field(description="Key of an indicator, or a source code `statistic:measure:unit`."),
]


class ColumnRole(StrEnum):
    """What a column of a delivered file says."""

    area = "area"
    area_label = "area_label"
    period = "period"
    measure = "measure"
    dimension = "dimension"
    value = "value"
    status = "status"
    unit = "unit"
    ignore = "ignore"


class ProtectionMethod(StrEnum):
    """How the figures were protected before they were delivered."""

    none = "none"
    rounded = "rounded"
    cell_key = "cell_key"
    suppressed = "suppressed"


class UnknownCodes(StrEnum):
    """What to do with a label that no code list of the mapping holds."""

    derive = "derive"
    refuse = "refuse"
    skip = "skip"


class ValueColumn(Request):
    """What the figures of a column are."""

    measure: MeasureName | None = None
    unit: Annotated[Line | None, Field(description="Unit of the figures, as the file has it.")] = (
        None
    )
    factor: Annotated[
        Decimal | None,
        Field(
            gt=0,
            max_digits=18,
            decimal_places=9,
            description="Every figure is multiplied by it: 1000 where the file counts thousands.",
        ),
    ] = None


class MappedColumn(ValueColumn):
    """One column of a file and what it means. Headings are compared without outer blanks."""

    name: Annotated[
        Heading,
        Field(description="Heading in the file; of a cross table `D1`, `D2`, ... or a measure."),
    ]
    role: ColumnRole
    code: Annotated[
        Code | None,
        Field(validate_default=True, description="Of a dimension: its code, such as `GES`."),
    ] = None
    codes: Annotated[
        dict[str, Annotated[str, StringConstraints(max_length=122)]],
        Field(
            max_length=5000,
            description=(
                "Code list: what the file writes, and what it means: the code of an attribute or "
                "an area, a measure, or the number that stands for a class."
            ),
        ),
    ] = {}
    attributes: Annotated[
        dict[Code, Code],
        Field(max_length=10, description='What a value column is about: {"GES": "GESW"}.'),
    ] = {}
    period: Annotated[
        str | None,
        StringConstraints(max_length=40),
        Field(description="The period that a value column is of."),
    ] = None
    digits: Annotated[
        int | None,
        Field(ge=2, le=12, description="Codes of areas are filled up with zeros to this length."),
    ] = None

    @field_validator("code")
    @classmethod
    def _dimensions_have_a_code(cls, code: str | None, info: ValidationInfo) -> str | None:
        if code is None and info.data.get("role") is ColumnRole.dimension:
            raise ValueError("a dimension needs its code")
        return code


class FileLayout(Request):
    """How files of one structure are read."""

    fingerprint: Fingerprint
    columns: Annotated[list[MappedColumn], Field(max_length=1000)] = []
    period_columns: Annotated[
        ValueColumn | None,
        Field(description="What stands in every column that is headed by a period."),
    ] = None
    default_period: Annotated[
        str | None,
        StringConstraints(max_length=40),
        Field(description="Of a file that names no period; a delivery may name another."),
    ] = None
    decimal: Annotated[
        Literal[",", "."] | None,
        Field(description="Decimal separator; null lets the file tell."),
    ] = None
    area_scheme: Annotated[
        Code | None, Field(description="Scheme of the codes of areas, such as `statbez`.")
    ] = None
    protection_method: ProtectionMethod = ProtectionMethod.none
    protection_base: Annotated[
        int | None,
        Field(ge=2, le=1000, validate_default=True, description="Rounding base, such as 3, 5, 10."),
    ] = None
    unknown_codes: UnknownCodes = UnknownCodes.derive

    @field_validator("columns")
    @classmethod
    def _columns_are_named_once(cls, columns: list[MappedColumn]) -> list[MappedColumn]:
        names = [column.name for column in columns]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"the column {twice!r} stands there twice")
        return columns

    @field_validator("protection_base")
    @classmethod
    def _rounding_has_a_base(cls, base: int | None, info: ValidationInfo) -> int | None:
        if (base is None) == (info.data.get("protection_method") is ProtectionMethod.rounded):
            raise ValueError("rounded figures, and only they, have a base")
        return base


class NewMapping(FileLayout):
    """A mapping (Zuordnung): proposed for a file, corrected by a person, used from then on."""

    model_config = example(
        key="haushalte-statistikstelle",
        title={"de": "Privathaushalte nach statistischen Bezirken"},
        supplier="statistikstelle-jena",
        source="Stadt Jena, Open-Data-Portal",
        fingerprint="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        columns=[
            {"name": "statistischer_Bezirk_Name", "role": "area_label"},
            {"name": "statistischer_Bezirk_Nr", "role": "area", "codes": {"0": "jena"}},
        ],
        period_columns={"measure": "privathaushalte", "unit": "Haushalte", "factor": None},
        default_period=None,
        decimal=None,
        area_scheme="statbez",
        protection_method="none",
        protection_base=None,
        unknown_codes="derive",
    )

    key: Key
    title: Texts
    supplier: Annotated[
        Key | None,
        Field(description="Whose files it fits; null: those of everybody without one of their own"),
    ] = None
    source: Annotated[Line, Field(description="Where the figures come from.")]


class Mapping(Stored, NewMapping):
    """A mapping as it is stored."""

    model_config = {**Stored.model_config, **NewMapping.model_config, "extra": "ignore"}
