"""Obligations: what is due to whom until when, and by which clause (Pflichten, Fristen)."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from services.contracts.projects.figures import Clause, Reason
from services.contracts.shared.base import Answer, Key, Line, Prose, Request, Stored, Texts, example

LEAD_DAYS = (90, 30, 14, 3)
"""How many days before it is due somebody is reminded."""
Account = Annotated[
    str,
    StringConstraints(pattern=r"^\S{1,200}$"),
    Field(description="Identifier of an account, as the journal names who acts; never a name."),
]


class ObligationKind(StrEnum):
    """What is to be done (Art der Pflicht): the proof of use (Verwendungsnachweis), the interim
    proof (Zwischennachweis), to use a payout in time (Mittelverwendung), a condition of the notice
    (Auflage), a report to the funder on a fixed day (Berichtstermin), to apply for what follows
    (Antragsfrist), the proof of whoever got money passed on (Nachweis des Letztempfängers), what
    they have to pay back (Rückzahlung des Letztempfängers), to keep documents until (Aufbewahrung),
    to pay back what was revoked or is demanded (Erstattung), something else."""

    proof_of_use = "proof_of_use"
    interim_proof = "interim_proof"
    spending = "spending"
    condition = "condition"
    reporting = "reporting"
    application = "application"
    onward_proof = "onward_proof"
    onward_repayment = "onward_repayment"
    retention = "retention"
    repayment = "repayment"
    other = "other"


class ObligationState(StrEnum):
    """How far it is (Stand): open, done (erledigt), waived (erlassen), dropped because nothing
    demands it any more (entfallen)."""

    open = "open"
    done = "done"
    waived = "waived"
    dropped = "dropped"


class NewObligation(Request):
    """Something that is due besides what follows from notices and rules."""

    model_config = example(
        key="jahresgespraech-2024",
        grant="wartburgkreis-sozialstrategie-2023",
        title={"de": "Jahresgespräch mit der Bewilligungsstelle", "en": "Annual talk"},
        due_on="2024-11-29",
        responsible="oidc:coordination",
        substitute="oidc:controlling",
        note=None,
    )

    key: Key
    grant: Annotated[Key, Field(description="Key of the grant; for good.")]
    title: Texts
    due_on: date
    responsible: Account | None = None
    substitute: Account | None = None
    note: Prose | None = None


class ObligationCare(Request):
    """Who sees to it (Zuständigkeit)."""

    model_config = example(responsible="oidc:coordination", substitute=None, note=None)

    responsible: Account | None = None
    substitute: Account | None = None
    note: Prose | None = None


class Reminder(Answer):
    """That somebody was reminded (Erinnerung)."""

    model_config = example(
        due_on="2026-06-30", lead=90, told=["oidc:coordination"], at="2026-04-01T04:00:00Z"
    )

    due_on: date = Field(description="The day it was due then.")
    lead: int = Field(description="So many days before at most; 0 is overdue.")
    told: Sequence[str] = Field(description="Accounts; from 3 days before also the substitute.")
    at: datetime


_OBLIGATION = {
    "key": "pflicht-4f1f0a3be2c94d10",
    "grant": "wartburgkreis-sozialstrategie-2023",
    "kind": "proof_of_use",
    "origin": "proof_of_use",
    "title": {"de": "Verwendungsnachweis", "en": "Proof of use"},
    "event_on": "2025-12-31",
    "raw_due": "2026-06-30",
    "due_on": "2026-06-30",
    "reason": None,
    "clauses": [
        {
            "text": "Zuwendungsbescheid Nr. 6.1",
            "source": "Bescheid vom 15.12.2022",
            "verified": True,
            "notice": "sozialstrategie-2023-bescheid-1",
        }
    ],
    "state": "open",
    "responsible": "oidc:coordination",
    "substitute": None,
    "done_on": None,
    "note": None,
    "reminders": [],
    "overdue": False,
    "days_left": 214,
}


class Obligation(Stored):
    """An obligation as it is stored, and how it stands today."""

    model_config = {**Stored.model_config, **example(**_OBLIGATION)}

    key: str
    grant: str
    kind: ObligationKind
    origin: str = Field(description="What it follows from; the same for good.")
    title: Texts
    event_on: date | None = Field(description="The day from which the time runs.")
    raw_due: date | None = Field(description="The day by the rule alone.")
    due_on: date | None = Field(
        description="The day that counts, a working day in the Land; null is not known."
    )
    reason: Reason | None = Field(description="Why the day is not known.")
    clauses: list[Clause] = Field(description="By which rule; a notice wins over the programme.")
    state: ObligationState
    responsible: str | None
    substitute: str | None
    done_on: date | None
    note: str | None
    reminders: list[Reminder]
    overdue: bool
    days_left: int | None = Field(description="Until the day; below zero it is overdue.")


class ObligationDone(Request):
    """It is done (Erledigung)."""

    model_config = example(done_on="2026-05-20", note="Eingangsbestätigung vom 22.05.2026")

    done_on: date
    note: Prose | None = None


class ObligationWaiver(Request):
    """It need not be done (Erlass), or must be after all (Wiederaufnahme), and why."""

    model_config = example(reason="Die Bewilligungsstelle verzichtet auf den Zwischennachweis.")

    reason: Prose


class NewAssignment(Request):
    """Who sees to everything of a grant (Zuständigkeit für eine Zuwendung)."""

    model_config = example(responsible="oidc:coordination", substitute="oidc:controlling")

    responsible: Account | None
    substitute: Account | None = None


class Assignment(Answer):
    """Who sees to what follows from a grant, from now on (Zuständigkeit)."""

    model_config = example(
        grant="wartburgkreis-sozialstrategie-2023",
        responsible="oidc:coordination",
        substitute="oidc:controlling",
        obligations=7,
    )

    grant: str
    responsible: str | None
    substitute: str | None
    obligations: int = Field(description="How many open ones were given over.")


class NewObligationFeed(Request):
    """A calendar of what is due: of one account, or of everything."""

    model_config = example(account="oidc:coordination")

    account: Annotated[
        Account | None,
        Field(description="What this account is responsible for or stands in for; null is all."),
    ] = None


class ObligationFeed(Stored, NewObligationFeed):
    """A calendar of what is due; its address is not stored."""

    model_config = {**Stored.model_config, **NewObligationFeed.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["k-5rj3tq2wxa"])]
    revoked_at: Annotated[datetime | None, Field(description="Null as long as it works.")] = None


class IssuedObligationFeed(ObligationFeed):
    """A new calendar of what is due, with its address, told this once."""

    address: Annotated[
        Line,
        Field(
            description="For the calendar program. Whoever has it sees these days.",
            examples=["/v1/jena/obligation-calendars/u5Wd3yQmYB0aIhFqzT8xPkVnR2cLJ6eG"],
        ),
    ]
