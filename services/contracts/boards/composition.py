"""How the seats of a body are filled on a day (Besetzung)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.contracts.boards.memberships import MembershipRole
from services.contracts.boards.seats import Rule
from services.contracts.shared.base import Answer, Key, Texts, example


class SeatState(StrEnum):
    """Whether a seat is filled as its rule says (Besetzungsstand)."""

    filled = "filled"
    vacant = "vacant"
    partly = "partly"
    overfilled = "overfilled"


class Expected(Answer):
    """How many people the rule asks for on that day."""

    minimum: int
    maximum: Annotated[int | None, Field(description="Null when there is no limit.")]


class Holder(Answer):
    """Somebody who holds a seat; only people whom the reader may see."""

    model_config = example(
        membership="m-5rj3tq2wxa",
        person="p-k4x2m7qa3z",
        person_id="0193d3a4-5b6c-7d8e-9f00-112233445566",
        given_name="Erika",
        family_name="Mustermann",
        role="member",
        on_behalf_of="paritaetischer",
        starts_on="2024-07-01",
        ends_on=None,
    )

    membership: Key
    person: Key
    person_id: UUID
    given_name: Annotated[str | None, Field(description="Null where it is not for you to see.")]
    family_name: Annotated[str | None, Field(description="Null where it is not for you to see.")]
    role: MembershipRole
    on_behalf_of: Key | None
    starts_on: date
    ends_on: date | None


_VACANT = {
    "seat": "planungsbeirat-lsz-paritaetischer",
    "name": {"de": "Paritätischer Wohlfahrtsverband"},
    "rule": {"kind": "exactly", "organisation": "paritaetischer", "count": 1},
    "voting": True,
    "chair": False,
    "expected": {"minimum": 1, "maximum": 1},
    "count": 0,
    "state": "vacant",
    "missing": ["paritaetischer"],
    "holders": [],
}


class SeatFilling(Answer):
    """One seat, what its rule asks for and what is there."""

    model_config = example(**_VACANT)

    seat: Key
    name: Texts
    rule: Rule
    voting: bool
    chair: bool
    expected: Expected
    count: Annotated[int, Field(description="People who hold it, those not shown included.")]
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
        complete=False,
        seats=[_VACANT],
    )

    body: Key
    on: date
    complete: Annotated[bool, Field(description="Every seat is filled as its rule says.")]
    seats: Sequence[SeatFilling]
