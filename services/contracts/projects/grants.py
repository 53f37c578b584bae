"""Grants: the money of a programme for a project, from application to closing (Zuwendungen)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from services.contracts.projects.terms import Financing, FinancingSource, SourceKind, Terms
from services.contracts.shared.base import Key, Line, Money, Stored, Visibility, example

__all__ = ["Financing", "FinancingSource", "Grant", "GrantState", "NewGrant", "SourceKind"]


class GrantState(StrEnum):
    """How far a grant is (Stand der Zuwendung): applied for (beantragt), granted (bewilligt),
    refused (abgelehnt), withdrawn by whom it was for (zurückgezogen), closed (abgeschlossen)."""

    applied = "applied"
    granted = "granted"
    refused = "refused"
    withdrawn = "withdrawn"
    closed = "closed"


class NewGrant(Terms):
    """A grant (Zuwendung). An unknown amount is null, never zero."""

    model_config = example(
        key="jena-armutspraevention-2016",
        project="armutspraevention-jena",
        programme="armutspraeventionsrichtlinie-2-1",
        grantee="stadt-jena",
        funder="freistaat-thueringen",
        reference=None,
        state="granted",
        applied_on=None,
        applied_amount=None,
        granted_on=None,
        ended_on=None,
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
        own_use="108016.32",
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
    state: GrantState = GrantState.granted
    applied_on: Annotated[date | None, Field(description="Day of the application.")] = None
    applied_amount: Annotated[
        Money | None, Field(description="Amount applied for (beantragte Zuwendung).")
    ] = None
    granted_on: Annotated[
        date | None, Field(description="Date of the first notice (Bescheid).")
    ] = None
    ended_on: Annotated[
        date | None,
        Field(
            description="Day of the refusal, withdrawal or closing; while it is granted, the day "
            "by which its purpose was fulfilled: the proof of use is due after that."
        ),
    ] = None
    own_use: Annotated[
        Money, Field(description="What the grantee keeps of it for its own work (Eigenverwendung).")
    ] = Decimal("0.00")
    currency: Literal["EUR"] = "EUR"
    evidence: Annotated[Line | None, Field(description="Where the figure is published.")] = None
    visibility: Visibility = Visibility.public


class Grant(Stored, NewGrant):
    """A grant as it is stored: what holds now."""

    model_config = ConfigDict(extra="ignore")

    notice: Annotated[
        int | None, Field(description="Number of the notice it follows; null: none is entered.")
    ]
