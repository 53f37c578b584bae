"""Computed figures that explain themselves: value, status, clause and inputs (Kennzahlen)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from services.contracts.shared.base import Answer, example, shortest


class Unit(StrEnum):
    """In what a figure is counted (Einheit)."""

    euro = "euro"
    percent = "percent"
    ratio = "ratio"
    fte = "fte"
    hours = "hours"
    days = "days"
    weeks = "weeks"
    months = "months"
    years = "years"
    day = "day"
    number = "number"
    text = "text"


class Parameter(StrEnum):
    """What a rule of a programme says a figure about (Regelgröße)."""

    financing = "financing"
    max_rate = "max_rate"
    regular_rate = "regular_rate"
    cofinancing_rate = "cofinancing_rate"
    own_share = "own_share"
    minimum_amount = "minimum_amount"
    maximum_amount = "maximum_amount"
    applicants = "applicants"
    precondition = "precondition"
    eligible_category = "eligible_category"
    ineligible_cost = "ineligible_cost"
    deviation = "deviation"
    max_positions = "max_positions"
    lowest_grade = "lowest_grade"
    highest_grade = "highest_grade"
    monthly_pay = "monthly_pay"
    social_security_rate = "social_security_rate"
    annual_hours = "annual_hours"
    indirect_rate = "indirect_rate"
    staff_rate = "staff_rate"
    remaining_cost_rate = "remaining_cost_rate"
    simplified_below = "simplified_below"
    early_start = "early_start"
    final_expenditure = "final_expenditure"
    spend_within = "spend_within"
    base_rate = "base_rate"
    interest_margin = "interest_margin"
    interest_from = "interest_from"
    final_instalment = "final_instalment"
    payment_by_authority = "payment_by_authority"
    proof_due = "proof_due"
    interim_proof_due = "interim_proof_due"
    retention = "retention"
    application_due = "application_due"
    reporting = "reporting"
    decided_by = "decided_by"
    pace_tolerance = "pace_tolerance"


class FigureStatus(StrEnum):
    """What a figure means for whoever is responsible (Bewertung)."""

    ok = "ok"
    warning = "warning"
    breach = "breach"
    review = "review"
    unknown = "unknown"


class Reason(StrEnum):
    """Why a figure has no value (Grund). Unknown is never zero."""

    no_rule = "no_rule"
    unknown_rate = "unknown_rate"
    no_plan = "no_plan"
    no_amount = "no_amount"
    no_actual = "no_actual"
    no_baseline = "no_baseline"
    no_target = "no_target"
    target_is_baseline = "target_is_baseline"
    against_direction = "against_direction"
    no_pay = "no_pay"
    no_grade = "no_grade"
    no_output = "no_output"
    no_own_money = "no_own_money"
    nothing_to_divide = "nothing_to_divide"
    no_date = "no_date"
    not_started = "not_started"
    not_applicable = "not_applicable"
    protected = "protected"
    several_grants = "several_grants"


class Clause(Answer):
    """Where a rule stands, and whether somebody has checked it (Fundstelle)."""

    model_config = example(
        text="ANBest-P Nr. 1.2",
        source="Allgemeine Nebenbestimmungen für Zuwendungen zur Projektförderung",
        verified=False,
        notice=None,
    )

    text: str = Field(description="Law, guideline or notice with its number.")
    source: str | None = Field(default=None, description="Where it was read.")
    verified: bool = Field(description="Has somebody compared it with the notice?")
    notice: str | None = Field(
        default=None, description="Key of the notice (Bescheid) that says so, if one does."
    )


class Input(Answer):
    """Something that a figure was computed from (Eingangswert)."""

    model_config = example(name="eligible_cost", value="135020.40", unit="euro")

    name: str
    value: Decimal | date | str | None
    unit: Unit | None = None


class Rule(Answer):
    """A rule that holds on a day for a programme or, by its notice, for a grant (Regel)."""

    model_config = example(
        parameter="spend_within",
        scope=None,
        value="3",
        text=None,
        unit="months",
        starts_on=None,
        ends_on=None,
        clause={
            "text": "Zuwendungsbescheid Nr. 4.2",
            "source": "Thüringer Landesverwaltungsamt",
            "verified": True,
            "notice": "sozialstrategie-2023-bescheid-1",
        },
    )

    parameter: Parameter
    scope: str | None = Field(
        default=None, description="What it is for: a source, a category; null is everything."
    )
    value: Annotated[Decimal, AfterValidator(shortest)] | None
    text: str | None = None
    unit: Unit
    starts_on: date | None = Field(default=None, description="First day; null is always.")
    ends_on: date | None = Field(default=None, description="Last day; null is open.")
    clause: Clause


class Figure(Answer):
    """A computed figure: a value or a reason why there is none, and how it came about."""

    model_config = example(
        key="share",
        scope="eu",
        value="80",
        unit="percent",
        status="ok",
        reason=None,
        formula="grant / eligible_cost",
        clauses=[
            {
                "text": "Armutspräventionsrichtlinie",
                "source": "Art. 120 Abs. 3 Verordnung (EU) Nr. 1303/2013",
                "verified": True,
                "notice": "armutspraevention-2016-bescheid-1",
            }
        ],
        inputs=[
            {"name": "grant", "value": "108016.32", "unit": "euro"},
            {"name": "eligible_cost", "value": "135020.40", "unit": "euro"},
        ],
    )

    key: str = Field(description="Which figure it is.")
    scope: Annotated[
        str | None, Field(description="Of what: a source, a year, a category, a position.")
    ] = None
    value: Decimal | date | str | None = Field(description="null when it is not known.")
    unit: Unit
    status: FigureStatus
    reason: Reason | None = Field(default=None, description="Why there is no value.")
    formula: str = Field(description="How it is computed, in the names of the inputs.")
    clauses: list[Clause] = Field(default_factory=list)
    inputs: list[Input] = Field(default_factory=list)

    @model_validator(mode="after")
    def _a_value_or_a_reason(self) -> "Figure":
        if (self.value is None) != (self.reason is not None):
            raise ValueError("a figure has a value or a reason why there is none")
        if self.value is None and self.status == FigureStatus.ok:
            raise ValueError("what is not known is not in order")
        return self

    @property
    def known(self) -> Decimal:
        """The number; refuses a figure that has none."""
        if not isinstance(self.value, Decimal):
            raise TypeError(f"{self.key} has no number")
        return self.value
