"""How the seats of a body are filled on a day (Besetzung)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.contracts.boards.memberships import MembershipRole
from services.contracts.boards.seats import Rule
from services.contracts.boards.violations import Violation
from services.contracts.shared.base import Answer, Key, Texts, example


class SeatState(StrEnum):
    """Whether a seat is filled as its rule says (Besetzungsstand)."""

    filled = "filled"
    vacant = "vacant"
    partly = "partly"
    overfilled = "overfilled"


class TermState(StrEnum):
    """What a membership is worth on a day: in its term, carried over, or lapsed (Amtszeit)."""

    in_term = "in_term"
    carried_over = "carried_over"
    lapsed = "lapsed"


class Expected(Answer):
    """How many people the rule asks for on that day."""

    minimum: int
    maximum: Annotated[int | None, Field(description="Null when there is no limit.")]


_SITTING = {
    "membership": "m-5rj3tq2wxa",
    "person": "p-k4x2m7qa3z",
    "person_id": "0193d3a4-5b6c-7d8e-9f00-112233445566",
    "given_name": "Erika",
    "family_name": "Mustermann",
    "role": "member",
    "voting": True,
    "on_behalf_of": "paritaetischer",
    "starts_on": "2024-07-01",
    "term_ends_on": "2029-06-30",
    "ends_on": None,
}


class Sitting(Answer):
    """Somebody in a body; only people whom the reader may see."""

    model_config = example(**_SITTING)

    membership: Key
    person: Key
    person_id: UUID
    given_name: Annotated[str | None, Field(description="Null where it is not for you to see.")]
    family_name: Annotated[str | None, Field(description="Null where it is not for you to see.")]
    role: MembershipRole
    voting: bool
    on_behalf_of: Key | None
    starts_on: date
    term_ends_on: date | None
    ends_on: date | None


class Holder(Sitting):
    """Somebody who holds a seat, and who may step in (Stellvertretung)."""

    model_config = example(**_SITTING, standing="in_term", substitutes=[])

    standing: TermState
    substitutes: Annotated[
        Sequence[Sitting],
        Field(description="Personal ones by rank, then the pools of the seat and of the body."),
    ]


class SeatFilling(Answer):
    """One seat, what its rule asks for and what is there."""

    model_config = example(
        seat="planungsbeirat-lsz-paritaetischer",
        name={"de": "Paritätischer Wohlfahrtsverband"},
        rule={"kind": "exactly", "organisation": "paritaetischer", "count": 1},
        clause=None,
        voting=True,
        chair=False,
        expected={"minimum": 1, "maximum": 1},
        count=0,
        carried_over=0,
        state="vacant",
        missing=["paritaetischer"],
        holders=[],
    )

    seat: Key
    name: Texts
    rule: Rule
    clause: str | None
    voting: bool
    chair: bool
    expected: Expected
    count: Annotated[int, Field(description="People who hold it, those not shown included.")]
    carried_over: Annotated[
        int, Field(description="How many of them until a successor is named: the term is over.")
    ]
    state: SeatState
    missing: Annotated[
        Sequence[Key], Field(description="Organisations that the rule gives a place not taken.")
    ]
    holders: Annotated[Sequence[Holder], Field(description="Those whom you may see.")]


class Composition(Answer):
    """All seats of a body on a day (Besetzung zum Stichtag)."""

    model_config = example(
        body="planungsbeirat-lsz",
        on="2026-01-15",
        complete=True,
        lawful=True,
        members=12,
        voting_members=12,
        seats=[
            {
                "seat": "planungsbeirat-lsz-paritaetischer",
                "name": {"de": "Paritätischer Wohlfahrtsverband"},
                "rule": {"kind": "exactly", "organisation": "paritaetischer", "count": 1},
                "clause": "§ 4 Abs. 1 der Geschäftsordnung",
                "voting": True,
                "chair": False,
                "expected": {"minimum": 1, "maximum": 1},
                "count": 1,
                "carried_over": 0,
                "state": "filled",
                "missing": [],
                "holders": [],
            }
        ],
        further=0,
        further_holders=[],
        violations=[],
    )

    body: Key
    on: date
    complete: Annotated[bool, Field(description="Every seat is filled as its rule says.")]
    lawful: Annotated[bool, Field(description="No rule is broken: there are no violations.")]
    members: Annotated[
        int, Field(description="How many members the body has by rule, seats filled or not.")
    ]
    voting_members: Annotated[
        int, Field(description="How many of them vote: what a quorum is counted from.")
    ]
    seats: Sequence[SeatFilling]
    further: Annotated[int, Field(description="Members without a seat.")]
    further_holders: Annotated[Sequence[Holder], Field(description="Those whom you may see.")]
    violations: Annotated[
        Sequence[Violation],
        Field(description="What is vacant, overfilled, expired or unlawful, under which rule."),
    ]
