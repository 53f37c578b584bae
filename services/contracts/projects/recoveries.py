"""Recoveries: money that a funder wants back (Rückforderungen)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from services.contracts.shared.base import Answer, Key, Line, Money, Prose, Request, Stored, example


class RecoveryKind(StrEnum):
    """Why money goes back (Grund der Rückforderung)."""

    verification = "verification"
    unspent = "unspent"
    lower_cost = "lower_cost"
    revocation = "revocation"
    other = "other"


class RecoveryState(StrEnum):
    """How far a recovery has come (Stand der Rückforderung)."""

    demanded = "demanded"
    repaid = "repaid"
    waived = "waived"


class NewRecovery(Request):
    """A recovery (Rückforderung, Erstattungsbescheid); interest is not part of the amount."""

    model_config = example(
        key="rueckforderung-wartburgkreis-2025",
        grant="wartburgkreis-sozialstrategie-2023",
        kind="verification",
        amount="152.00",
        interest=None,
        reason="Umsatzsteuer war nicht zuwendungsfähig",
        reference="Erstattungsbescheid vom 2. Juni 2025",
        decided_on="2025-06-02",
        due_on="2025-07-02",
        currency="EUR",
    )

    key: Key
    grant: Annotated[Key, Field(description="Key of the grant; for good.")]
    kind: RecoveryKind
    amount: Annotated[Money, Field(gt=0, description="What of the payouts goes back.")]
    interest: Annotated[
        Money | None, Field(description="Interest beside it; null is not known.")
    ] = None
    reason: Prose
    reference: Line | None = None
    decided_on: date
    due_on: date | None = None
    currency: Literal["EUR"] = "EUR"


class Repayment(Answer):
    """Money that went back (Rückzahlung)."""

    model_config = example(repaid_on="2025-06-30", amount="152.00")

    repaid_on: date
    amount: Money


class Recovery(Stored, NewRecovery):
    """A recovery as it is stored."""

    model_config = ConfigDict(extra="ignore")

    state: RecoveryState
    repayments: list[Repayment]
    repaid: Money
    waived_on: date | None


class NewRepayment(Request):
    """Money that went back (Rückzahlung), in whole or in part."""

    model_config = example(repaid_on="2025-06-30", amount="152.00")

    repaid_on: date
    amount: Annotated[Money, Field(gt=0)]


class RecoveryWaiver(Request):
    """The funder does without the rest (Erlass, Aufhebung)."""

    model_config = example(waived_on="2025-08-15", reason="Bescheid nach Widerspruch aufgehoben")

    waived_on: date
    reason: Prose
