"""Notices: the versions of a grant, as the funder issued them (Zuwendungsbescheide)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, field_validator

from services.contracts.projects.grants import GrantState
from services.contracts.projects.shapes import Several
from services.contracts.projects.terms import (
    BudgetLine,
    Financing,
    FinancingSource,
    NoticeCondition,
    PartnerBudget,
    RuleOverride,
    Terms,
)
from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    Money,
    Percent,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
)


class NoticeKind(StrEnum):
    """What a notice does (Art des Bescheids): awards (Zuwendungsbescheid), amends
    (Änderungsbescheid), extends (Verlängerung), revokes in whole or in part (Widerruf,
    Rücknahme), settles (Schlussbescheid)."""

    award = "award"
    amendment = "amendment"
    extension = "extension"
    revocation = "revocation"
    final = "final"


_EXAMPLE = {
    "starts_on": "2023-01-01",
    "ends_on": "2025-12-31",
    "eligible_cost": "120000.00",
    "amount": "96000.00",
    "rate": "80",
    "financing": "share",
    "sources": [
        {
            "kind": "eu",
            "organisation": "europaeische-union",
            "year": 2023,
            "amount": "72000.00",
            "rate": "60",
            "note": None,
        },
        {
            "kind": "state",
            "organisation": "freistaat-thueringen",
            "year": 2023,
            "amount": "24000.00",
            "rate": "20",
            "note": None,
        },
        {
            "kind": "own",
            "organisation": None,
            "year": 2023,
            "amount": "24000.00",
            "rate": "20",
            "note": None,
        },
    ],
    "budget_lines": [
        {"category": "staff", "year": 2023, "amount": "110000.00", "note": None},
        {"category": "travel", "year": 2023, "amount": "10000.00", "note": None},
    ],
    "partner_budgets": [
        {
            "organisation": "stadt-jena",
            "eligible_cost": "20000.00",
            "amount": "16000.00",
            "note": None,
        }
    ],
    "overrides": [
        {
            "parameter": "spend_within",
            "scope": None,
            "value": "6",
            "text": None,
            "unit": "weeks",
            "clause": "Zuwendungsbescheid Nr. 4.2",
        }
    ],
    "conditions": [
        {
            "text": {"de": "Auf die Förderung durch die Europäische Union ist hinzuweisen."},
            "clause": "Zuwendungsbescheid Nr. 6",
            "due_on": None,
        }
    ],
}


_CHANGE = {
    "pointer": "/budget_lines/staff/2023",
    "label": {"de": "Kostenplan: staff, 2023", "en": "Budget: staff, 2023"},
    "before": "110000.00",
    "after": "104000.00",
    "difference": "-6000.00",
}


class NewNotice(Terms):
    """A notice of the funder (Zuwendungsbescheid), with everything that holds from then on."""

    model_config = example(
        key="sozialstrategie-2023-bescheid-1",
        grant="wartburgkreis-sozialstrategie-2023",
        kind="award",
        reference="5091-2023-0001",
        issued_on="2022-12-15",
        effective_from="2023-01-01",
        **_EXAMPLE,
        note=None,
        evidence=None,
        visibility="administration",
    )

    key: Key
    grant: Annotated[Key, Field(description="Key of the grant; for good.")]
    kind: NoticeKind
    reference: Annotated[Line | None, Field(description="File reference (Aktenzeichen).")] = None
    issued_on: Annotated[date, Field(description="Date of the notice.")]
    effective_from: Annotated[date, Field(description="First day on which it holds.")]
    starts_on: Annotated[date, Field(description="First day of the period of the grant.")]
    ends_on: Annotated[date, Field(description="Last day of the period of the grant.")]
    eligible_cost: Annotated[
        Money, Field(description="Total eligible expenditure (zuwendungsfähige Gesamtausgaben).")
    ]
    amount: Annotated[Money, Field(description="The grant, as a whole; 0 when it is revoked.")]
    budget_lines: Several[BudgetLine] = Field(
        default_factory=list,
        description="By category and year; together the eligible cost. Empty when not known.",
    )
    partner_budgets: Several[PartnerBudget] = Field(
        default_factory=list, description="Of each partner once; together within the whole."
    )
    overrides: Several[RuleOverride] = Field(default_factory=list)
    conditions: Several[NoticeCondition] = Field(default_factory=list)
    note: Texts | None = None
    evidence: Annotated[Line | None, Field(description="Where the notice is filed.")] = None
    visibility: Visibility = Visibility.administration

    @field_validator("budget_lines")
    @classmethod
    def _each_line_once(cls, lines: list[BudgetLine]) -> list[BudgetLine]:
        each_once([(line.category, line.year) for line in lines])
        return lines

    @field_validator("partner_budgets")
    @classmethod
    def _each_partner_once(cls, budgets: list[PartnerBudget]) -> list[PartnerBudget]:
        each_once([budget.organisation for budget in budgets])
        return budgets

    @field_validator("overrides")
    @classmethod
    def _each_figure_once(cls, overrides: list[RuleOverride]) -> list[RuleOverride]:
        each_once([(override.parameter, override.scope) for override in overrides])
        return overrides


class Notice(Stored, NewNotice):
    """A notice as it is stored."""

    model_config = ConfigDict(extra="ignore")

    number: Annotated[int, Field(description="1 is the first of the grant.")]
    state: Annotated[GrantState, Field(description="How far the grant is by this notice.")]


class GrantAsOf(Answer):
    """A grant as it stood on one day (Stand der Zuwendung an einem Tag)."""

    model_config = example(
        grant="wartburgkreis-sozialstrategie-2023",
        on="2024-06-30",
        state="granted",
        notice=1,
        notice_key="sozialstrategie-2023-bescheid-1",
        kind="award",
        issued_on="2022-12-15",
        effective_from="2023-01-01",
        **_EXAMPLE,
    )

    grant: str
    on: date
    state: GrantState
    notice: int | None = Field(description="Number of the notice that holds; null: none yet.")
    notice_key: str | None
    kind: NoticeKind | None
    issued_on: date | None
    effective_from: date | None
    starts_on: date | None
    ends_on: date | None
    eligible_cost: Money | None
    amount: Money | None
    rate: Percent | None
    financing: Financing | None
    sources: Sequence[FinancingSource]
    budget_lines: Sequence[BudgetLine]
    partner_budgets: Sequence[PartnerBudget]
    overrides: Sequence[RuleOverride]
    conditions: Sequence[NoticeCondition]


class NoticeDifference(Answer):
    """One thing that a notice says otherwise than the one before."""

    model_config = example(**_CHANGE)

    pointer: str = Field(description="What: a field, or an entry named by what it is about.")
    label: Texts
    before: str | None = Field(
        description="Null: was not there; `?`: was there without a known amount."
    )
    after: str | None = Field(
        description="Null: is not there any more; `?`: is there without a known amount."
    )
    difference: Decimal | None = Field(
        description="Of amounts, in euros; null where one is not known, and of all else."
    )


class NoticeChanges(Answer):
    """What a notice changed (Änderungen gegenüber dem vorigen Bescheid)."""

    model_config = example(
        grant="wartburgkreis-sozialstrategie-2023",
        number=2,
        compared_with=1,
        changes=[_CHANGE],
    )

    grant: str
    number: int
    compared_with: int | None = Field(description="Number of the one before; null: the first.")
    changes: Sequence[NoticeDifference]
