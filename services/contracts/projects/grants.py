"""Grants: the money of a programme for a project, and who pays what (Zuwendungen)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, field_validator

from services.contracts.projects.shapes import Several
from services.contracts.shared.base import (
    Key,
    Line,
    Money,
    Percent,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)
from services.contracts.shared.validity import not_before_start


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
    year: Annotated[int | None, Field(ge=1950, le=2100, description="Budget year.")] = None
    amount: Money | None = None
    rate: Percent | None = None
    note: Texts | None = None


class NewGrant(Request):
    """A grant (Zuwendung). An unknown amount is null, never zero."""

    model_config = example(
        key="jena-armutspraevention-2016",
        project="armutspraevention-jena",
        programme="armutspraeventionsrichtlinie-2-1",
        grantee="stadt-jena",
        funder="freistaat-thueringen",
        reference=None,
        granted_on=None,
        starts_on="2016-06-01",
        ends_on="2018-12-31",
        eligible_cost="135020.40",
        amount="108016.32",
        rate="80",
        financing="share",
        sources=[
            {
                "kind": "eu",
                "organisation": "europaeische-union",
                "year": None,
                "amount": "108016.32",
                "rate": "80",
                "note": {"de": "Europäischer Sozialfonds"},
            }
        ],
        currency="EUR",
        evidence="Liste der ESF-Vorhaben in Thüringen, Stand 01.07.2016",
        visibility="public",
    )

    key: Key
    project: Annotated[Key, Field(description="Key of the project.")]
    programme: Annotated[Key, Field(description="Key of the programme.")]
    grantee: Annotated[Key, Field(description="Organisation that receives it (Empfänger).")]
    funder: Annotated[
        Key | None, Field(description="Organisation that grants it (Bewilligungsstelle).")
    ] = None
    reference: Annotated[Line | None, Field(description="File reference (Aktenzeichen).")] = None
    granted_on: Annotated[date | None, Field(description="Date of the notice (Bescheid).")] = None
    starts_on: Annotated[date, Field(description="First day of the period of the grant.")]
    ends_on: Annotated[date, Field(description="Last day of the period of the grant.")]
    eligible_cost: Annotated[
        Money, Field(description="Total eligible expenditure (zuwendungsfähige Gesamtausgaben).")
    ]
    amount: Annotated[Money | None, Field(description="The grant; null when not known.")] = None
    rate: Annotated[
        Percent | None, Field(description="Share of the eligible cost, in per cent (Fördersatz).")
    ] = None
    financing: Financing = Financing.share
    sources: Several[FinancingSource] = Field(
        default_factory=list,
        description="Who pays what; the known amounts never exceed the eligible cost.",
    )
    currency: Literal["EUR"] = "EUR"
    evidence: Annotated[Line | None, Field(description="Where the figure is published.")] = None
    visibility: Visibility = Visibility.public

    _span = field_validator("ends_on")(not_before_start)


class Grant(Stored, NewGrant):
    """A grant as it is stored."""

    model_config = ConfigDict(extra="ignore")
