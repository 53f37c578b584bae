"""Invitations to meetings, and agendas as invited and as held (Einladung, Tagesordnung)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.shared.base import (
    Answer,
    Key,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class Defect(StrEnum):
    """What is wrong with an invitation (Ladungsmangel)."""

    receipt_unknown = "receipt_unknown"
    too_late = "too_late"
    never_shortened = "never_shortened"
    shortening_not_stated = "shortening_not_stated"
    no_reason = "no_reason"
    no_agenda = "no_agenda"
    called_off = "called_off"


class Convening(StrEnum):
    """Whether a body was convened as its rules demand (ordnungsgemäße Einberufung).

    `awaits_finding`: the body must first establish the urgency by a vote. `healed`: all whom the
    invitation reached too late came, and nobody objects.
    """

    due = "due"
    awaits_finding = "awaits_finding"
    healed = "healed"
    defective = "defective"


class AgendaAs(StrEnum):
    """Which agenda: as it was sent with the invitation, or as the meeting went (Fassung)."""

    invited = "invited"
    held = "held"


class Receipt(Request):
    """A member whom the invitation reached on another day than the others, or not at all."""

    model_config = example(membership="m-5rj3tq2wxa", received_on="2026-03-10")

    membership: Key
    received_on: Annotated[date | None, Field(description="Null: not at all.")]


class NewInvitation(Request):
    """An invitation to a meeting, with the agenda as it stands (Einladung)."""

    model_config = example(
        sent_on="2026-03-04",
        received_on="2026-03-06",
        receipts=[],
        urgent=False,
        reason=None,
        states_shortening=False,
        states_again=False,
    )

    sent_on: date
    received_on: Annotated[
        date | None,
        Field(description="When it had reached everybody (Zugang); null: that is not known."),
    ]
    receipts: Annotated[
        list[Receipt], Field(max_length=1000, description="Who is an exception to that.")
    ] = []
    urgent: Annotated[
        bool, Field(description="Whether the notice is shortened for urgency (Dringlichkeit).")
    ] = False
    reason: Annotated[LongTexts | None, Field(description="Why it is urgent.")] = None
    states_shortening: Annotated[
        bool, Field(description="Whether the invitation says that the notice is shortened.")
    ] = False
    states_again: Annotated[
        bool,
        Field(
            description="Whether it says that items come again because there was no quorum, and "
            "what that means."
        ),
    ] = False

    @field_validator("received_on")
    @classmethod
    def _after_sent(cls, received_on: date | None, info: ValidationInfo) -> date | None:
        sent_on = info.data.get("sent_on")
        if received_on is not None and sent_on is not None and received_on < sent_on:
            raise ValueError("it was received before it was sent")
        return received_on

    @field_validator("receipts")
    @classmethod
    def _each_once(cls, receipts: list[Receipt]) -> list[Receipt]:
        if len({receipt.membership for receipt in receipts}) < len(receipts):
            raise ValueError("a member is named twice")
        return receipts


class Finding(Answer):
    """A defect, and the clause that says so."""

    model_config = example(
        defect="too_late", clause="§ 35 Abs. 2 Satz 2 ThürKO", verified=True, memberships=None
    )

    defect: Defect
    clause: str | None
    verified: bool
    memberships: Annotated[
        Sequence[Key] | None, Field(description="Whom it concerns; null: everybody.")
    ]


class Invitation(Stored, NewInvitation):
    """An invitation as it is stored, and what the rules of the body say of it."""

    model_config = {**Stored.model_config, **NewInvitation.model_config, "extra": "ignore"}

    meeting: Annotated[Key, Field(examples=["praeventionsnetz-2026-1"])]
    full_days: Annotated[
        int | None, Field(description="Full calendar days between receipt and meeting.")
    ]
    needed_days: Annotated[int, Field(description="How many the rules ask for in this case.")]
    in_due_form: Annotated[bool, Field(description="Whether the invitation is as it must be.")]
    clause: Annotated[str | None, Field(description="On which clause that rests.")]
    verified: Annotated[
        bool, Field(description="Whether the rule was held against the wording of that clause.")
    ]
    findings: Sequence[Finding]
    convening: Annotated[
        Convening, Field(description="What holds now, with attendance and votes on urgency.")
    ]
    visibility: Visibility


class AgendaEntry(Answer):
    """An item of an agenda."""

    model_config = example(
        key="a-7hq4vn2kzd",
        number="3.1",
        position=4,
        title={"de": "Sozialstrukturatlas: Stand der Datensammlung"},
        text=None,
        public=True,
        added=False,
        withdrawn=False,
        result=None,
    )

    key: Key
    number: str
    position: int
    title: Texts
    text: LongTexts | None
    public: bool
    added: Annotated[bool, Field(description="Whether it came after the invitation, as urgent.")]
    withdrawn: bool
    result: LongTexts | None


class Agenda(Answer):
    """The agenda of a meeting in one of its two forms."""

    model_config = example(
        meeting="praeventionsnetz-2026-1", of="invited", items=[], closed_items=1
    )

    meeting: Key
    of: AgendaAs
    items: Sequence[AgendaEntry]
    closed_items: Annotated[
        int, Field(description="How many items of the closed part you do not see.")
    ]
