"""Formulas over indicators, what they need and what needs them (Formeln, Herkunft)."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from services.contracts.indicators.values import IndicatorKind, ValueStatus
from services.contracts.shared.base import Answer, Key, Line, Request, Texts, example

FormulaText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2_000),
    Field(
        description=(
            "Figures of other indicators in braces, `+ - * /`, numbers and the functions share, "
            "per, change, growth, mean, sum, min, max: `share({sgb2-personen}, {bevoelkerung})`, "
            "`per({plaetze}, {bevoelkerung|ALT:U3}, 100)`, `{geburten} - {geburten}@-1`."
        )
    ),
]
DenominatorLag = Annotated[
    int,
    Field(
        ge=0,
        le=36,
        description=(
            "By how many months a reporting date below the line may be older than the period, "
            "as the Federal Employment Agency divides by the population of the last year end. "
            "Such figures are provisional and name the date. 0: the same day only."
        ),
    ),
]
Basis = Annotated[
    dict[str, Any] | None,
    Field(
        description=(
            "What a figure was computed from: `numerator` and `denominator`, or all `inputs`, "
            "each with indicator, period and breakdown."
        )
    ),
]


class NewFormulaCheck(Request):
    """A formula to be tried out; nothing is stored."""

    model_config = example(
        formula="share({sgb2-leistungsberechtigte}, {bevoelkerung})",
        unit={"de": "Prozent", "en": "per cent"},
        denominator_lag=12,
        areas=["lobeda-west"],
        period="2024-12-31",
    )

    formula: FormulaText
    unit: Annotated[
        Texts | None, Field(description="The unit that the figures should have; null: any.")
    ] = None
    denominator_lag: DenominatorLag = 0
    areas: Annotated[
        list[Key], Field(max_length=10, description="Areas for which figures are tried out.")
    ] = []
    period: Annotated[
        Line | None, Field(description="Of this period only, such as `2024-12-31`; null: all.")
    ] = None


class FormulaSample(Answer):
    """A figure that the formula gives, from protected figures only."""

    area: str
    period: str
    breakdown: str
    value: Decimal | None
    status: ValueStatus
    provisional: bool
    basis: Basis


class FormulaCheck(Answer):
    """What a formula means (Formelprüfung)."""

    model_config = example(
        formula="share({sgb2-leistungsberechtigte}, {bevoelkerung})",
        indicators=["sgb2-leistungsberechtigte", "bevoelkerung"],
        unit="Prozent",
        samples=[
            {
                "area": "lobeda-west",
                "period": "2024-12-31",
                "breakdown": "",
                "value": "12.3",
                "status": "normal",
                "provisional": False,
                "basis": {
                    "numerator": {
                        "indicator": "sgb2-leistungsberechtigte",
                        "period": "2024-12-31",
                        "breakdown": "",
                    },
                    "denominator": {
                        "indicator": "bevoelkerung",
                        "period": "2024-12-31",
                        "breakdown": "",
                    },
                },
            }
        ],
    )

    formula: str = Field(description="In its one canonical form.")
    indicators: list[str] = Field(description="What it is computed from, in the order of reading.")
    unit: str = Field(description="The unit of its figures, in German.")
    samples: list[FormulaSample] = Field(description="The newest periods first; at most 200.")


class LineageStep(Answer):
    """An indicator in the lineage of another one."""

    indicator: str
    name: Texts
    kind: IndicatorKind
    computed: bool
    formula: str | None
    computed_from: list[str] = Field(description="What it names itself.")
    steps: int = Field(description="How many steps away it is.")


class Lineage(Answer):
    """Where the figures of an indicator come from and where they go (Herkunft und Verwendung)."""

    model_config = example(
        indicator="sgb2-quote",
        formula="share({sgb2-personen}, {bevoelkerung})",
        computed_from=["bevoelkerung", "sgb2-personen"],
        sources=[
            {
                "indicator": "sgb2-personen",
                "name": {"de": "Personen in Bedarfsgemeinschaften"},
                "kind": "count",
                "computed": True,
                "formula": "{sgb2-maenner} + {sgb2-frauen}",
                "computed_from": ["sgb2-frauen", "sgb2-maenner"],
                "steps": 1,
            }
        ],
        uses=[],
        indices=["soziale-lage"],
    )

    indicator: str
    formula: str | None
    computed_from: list[str]
    sources: list[LineageStep] = Field(description="What it is computed from, recursively.")
    uses: list[LineageStep] = Field(description="What is computed from it, recursively.")
    indices: list[str] = Field(description="Indices that have it as a component.")
