"""The catalogue of indicators: what is counted, of what, and how it is to be read."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from services.contracts.indicators.delivery_checks import DeliveryChecks
from services.contracts.indicators.formulas import DenominatorLag, FormulaText
from services.contracts.indicators.protection import ProtectionRule
from services.contracts.indicators.values import IndicatorKind
from services.contracts.shared.base import (
    Key,
    Line,
    LongTexts,
    Prose,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)

SourceCode = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{1,40}:[A-Za-z0-9_.\-]{1,40}(:[^:\s][^:]{0,39})?$"),
    Field(description="`statistic:measure` or `statistic:measure:unit`."),
]


class Polarity(StrEnum):
    """Which direction is the better one."""

    higher_is_better = "higher_is_better"
    lower_is_better = "lower_is_better"
    neutral = "neutral"


class Periodicity(StrEnum):
    """How often there are new figures."""

    year = "year"
    half_year = "half_year"
    quarter = "quarter"
    month = "month"
    day = "day"
    irregular = "irregular"


class Source(Request):
    """Who publishes the figures, in which table, under which licence."""

    publisher: Line
    table: Line | None = None
    licence: Line | None = None


class NewIndicator(Request):
    """An indicator (Indikator, Kennzahl)."""

    model_config = example(
        key="sgb2-quote",
        name={"de": "SGB-II-Quote", "en": "SGB II rate"},
        short_name={"de": "SGB II", "en": "SGB II"},
        description={
            "de": "Leistungsberechtigte nach dem SGB II je 100 Personen unter der Altersgrenze."
        },
        unit={"de": "Prozent", "en": "per cent"},
        kind="rate",
        numerator="sgb2-leistungsberechtigte",
        denominator="bevoelkerung-unter-altersgrenze",
        factor="100",
        formula=None,
        computed=False,
        denominator_lag=0,
        cases_per_unit=1,
        decimals=1,
        polarity="lower_is_better",
        topic="mindestsicherung",
        source={
            "publisher": "Statistik der Bundesagentur für Arbeit",
            "table": "22811-01-01-4",
            "licence": "dl-de/by-2-0",
        },
        source_codes=["22811:SGB2Q:%"],
        legal_basis="§ 53 SGB II",
        periodicity="month",
        protection={
            "kind": "threshold",
            "minimum": 3,
            "zero_is_safe": True,
            "reason": "§ 16 BStatG: one or two persons could be recognised.",
        },
        checks={
            "sums": "warn",
            "negative": "warn",
            "tolerance": None,
            "z_score": "3",
            "modified_z_score": "3.5",
            "least_change": "0.1",
            "ratio": "2",
        },
        visibility="public",
    )

    key: Key
    name: Texts
    short_name: Texts | None = None
    description: LongTexts | None = None
    unit: Texts
    kind: IndicatorKind = Field(description="A count, or what it was computed from counts as.")
    formula: Annotated[
        FormulaText | None,
        Field(description="How its figures are computed at each release; null: not by a formula."),
    ] = None
    numerator: Annotated[
        Key | None,
        Field(validate_default=True, description="Indicator above the line; of rate and ratio."),
    ] = None
    denominator: Annotated[
        Key | None,
        Field(
            validate_default=True,
            description="Indicator below the line; of a mean: the number of cases.",
        ),
    ] = None
    factor: Annotated[
        Decimal | None,
        Field(
            gt=0,
            max_digits=12,
            decimal_places=4,
            description="What the quotient is multiplied by: 100, 1000; null is 1.",
        ),
    ] = None
    computed: Annotated[
        bool,
        Field(
            validate_default=True,
            description=(
                "Its figures are computed at release and never delivered: by the formula (always "
                "true then), without one as numerator / denominator x factor, or as an index."
            ),
        ),
    ] = False
    denominator_lag: DenominatorLag = 0
    cases_per_unit: int = Field(
        default=1,
        ge=1,
        le=1_000_000,
        description="Cases behind one unit of a count: 1000 where the table counts in thousands.",
    )
    decimals: int = Field(default=0, ge=0, le=6, description="Decimals to show.")
    polarity: Polarity = Polarity.neutral
    topic: Annotated[
        Key | None, Field(description="Key of the topic it belongs to (Themenfeld, Lebenslage).")
    ] = None
    source: Source
    source_codes: list[SourceCode] = Field(
        default=[],
        max_length=50,
        description=(
            "How official files name it, such as `12411:BEVSTD:Anzahl`; deliveries are recognised "
            "by it. Each code belongs to one indicator."
        ),
    )
    legal_basis: Prose | None = None
    periodicity: Periodicity = Periodicity.year
    protection: ProtectionRule = ProtectionRule()
    checks: DeliveryChecks = DeliveryChecks()
    visibility: Visibility = Visibility.public

    @field_validator("numerator", "denominator")
    @classmethod
    def _quotients_name_their_parts(cls, part: str | None, info: ValidationInfo) -> str | None:
        named = info.data.get("formula") is not None
        if part is None and info.data.get("kind") in ("rate", "ratio") and not named:
            raise ValueError(f"a {info.data['kind']} needs its {info.field_name}")
        if part is not None and info.data.get("kind") == "count":
            raise ValueError(f"a count has no {info.field_name}")
        if part is not None and part == info.data.get("key"):
            raise ValueError("an indicator is not computed from itself")
        return part

    @field_validator("computed")
    @classmethod
    def _computed_from_something(cls, computed: bool, info: ValidationInfo) -> bool:
        if info.data.get("formula") is not None:
            return True
        quotient = info.data.get("kind") in ("rate", "ratio", "index")
        if computed and not quotient:
            raise ValueError("without a formula only rates, ratios and indices are computed")
        return computed


class Indicator(Stored, NewIndicator):
    """An indicator as it is stored."""

    model_config = {**Stored.model_config, **NewIndicator.model_config, "extra": "ignore"}
