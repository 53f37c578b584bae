"""What a grant is measured by: period, cost, amount and who pays what (Finanzierung)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.figures import Parameter, Unit
from services.contracts.projects.funding_rules import RuleText, RuleValue, Scope
from services.contracts.projects.shapes import Several
from services.contracts.shared.base import Key, Line, Money, Percent, Request, Texts
from services.contracts.shared.validity import not_before_start

Year = Annotated[int, Field(ge=1950, le=2100, description="Budget year.")]


class Financing(StrEnum):
    """How the grant is measured (Finanzierungsart): a share of the cost (Anteilfinanzierung), what
    is lacking (Fehlbedarfsfinanzierung), a fixed amount (Festbetragsfinanzierung), everything
    (Vollfinanzierung)."""

    share = "share"
    deficit = "deficit"
    fixed = "fixed"
    full = "full"


class SourceKind(StrEnum):
    """Whose money it is (Finanzierungsquelle)."""

    eu = "eu"
    federal = "federal"
    state = "state"
    municipal = "municipal"
    own = "own"
    third_party = "third_party"
    other = "other"


class FinancingSource(Request):
    """One part of the money (Finanzierungsbaustein). An unknown amount is null, never zero."""

    kind: SourceKind
    organisation: Annotated[Key | None, Field(description="Key of who pays.")] = None
    year: Year | None = None
    amount: Money | None = None
    rate: Percent | None = None
    note: Texts | None = None


class BudgetLine(Request):
    """What may be spent on one category (Einzelansatz des Kostenplans)."""

    category: CostCategory
    year: Annotated[Year | None, Field(description="Null is the whole period.")] = None
    amount: Money
    note: Texts | None = None


class PartnerBudget(Request):
    """What one partner may spend of the whole (Teilbudget eines Projektpartners)."""

    organisation: Annotated[Key, Field(description="Key of the partner.")]
    eligible_cost: Money
    amount: Annotated[
        Money | None, Field(description="Part of the grant that goes to it; null is not known.")
    ] = None
    note: Texts | None = None


class RuleOverride(Request):
    """A figure of the funding rules that this notice sets otherwise (Abweichung von den
    Nebenbestimmungen): a value or a text, with the clause that says so. `final_expenditure` is the
    last day of payments, which may be after the period of the grant."""

    parameter: Annotated[Parameter, Field(description="The figure of the rule pack.")]
    scope: Scope | None = None
    value: RuleValue | None = None
    text: Annotated[RuleText | None, Field(validate_default=True)] = None
    unit: Annotated[
        Unit | None, Field(description="Null is that of the figure it sets otherwise.")
    ] = None
    clause: Annotated[Line, Field(description="Where the notice says so.")]

    @field_validator("text")
    @classmethod
    def _one_of_both(cls, text: str | None, info: ValidationInfo) -> str | None:
        if "value" in info.data and (text is None) == (info.data["value"] is None):
            raise ValueError("say either a value or a text")
        return text


class NoticeCondition(Request):
    """What the notice demands besides (Auflage, Nebenbestimmung)."""

    text: Texts
    clause: Line | None = None
    due_on: Annotated[date | None, Field(description="To be met by then; null is always.")] = None


class Terms(Request):
    """What is known of the money of a grant. An unknown amount is null, never zero."""

    starts_on: Annotated[
        date | None, Field(description="First day of the period of the grant; null: not known.")
    ] = None
    ends_on: Annotated[
        date | None, Field(description="Last day of the period of the grant; null: not known.")
    ] = None
    eligible_cost: Annotated[
        Money | None,
        Field(
            description="Total eligible expenditure (zuwendungsfähige Gesamtausgaben);"
            " null: not known."
        ),
    ] = None
    amount: Annotated[Money | None, Field(description="The grant; null: not known.")] = None
    rate: Annotated[
        Percent | None, Field(description="Share of the eligible cost, in per cent (Fördersatz).")
    ] = None
    financing: Financing = Financing.share
    sources: Several[FinancingSource] = Field(
        default_factory=list,
        description="Who pays what; the known amounts never exceed the eligible cost.",
    )

    _span = field_validator("ends_on")(not_before_start)
