"""Memberships: who sits in a body, in which role, for whom and how long (Mitgliedschaften)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.shared.base import Key, Request, Stored, Visibility, example
from services.contracts.shared.validity import EndsOn


class MembershipRole(StrEnum):
    """What somebody is in a body (Rolle)."""

    chair = "chair"
    deputy_chair = "deputy_chair"
    member = "member"
    substitute = "substitute"
    guest = "guest"
    clerk = "clerk"


HOLDING = frozenset({MembershipRole.chair, MembershipRole.deputy_chair, MembershipRole.member})
"""The roles that fill a seat; a substitute, a guest or a clerk does not."""

NEVER_VOTING = frozenset({MembershipRole.guest, MembershipRole.clerk})


class NewMembership(Request):
    """A membership (Mitgliedschaft): a person in a body for a time."""

    model_config = example(
        role="member",
        person="p-k4x2m7qa3z",
        body="planungsbeirat-lsz",
        seat="planungsbeirat-lsz-paritaetischer",
        voting=True,
        on_behalf_of="paritaetischer",
        starts_on="2024-07-01",
        ends_on="2029-06-30",
    )

    key: Annotated[
        Key | None,
        Field(description="Leave it out to get one that says nothing about the person."),
    ] = None
    person: Annotated[Key, Field(description="Key of the person, for good.")]
    body: Annotated[Key, Field(description="Key of the body, for good.")]
    seat: Annotated[
        Key | None, Field(description="A seat of this body; null for who holds none, as a guest.")
    ] = None
    role: MembershipRole = MembershipRole.member
    voting: Annotated[
        bool, Field(description="Guests and clerks never vote, and nobody on a seat without vote.")
    ]
    on_behalf_of: Annotated[
        Key | None, Field(description="The organisation that sent the person (entsandt von).")
    ] = None
    starts_on: Annotated[date, Field(description="First day.")]
    ends_on: EndsOn = None
    visibility: Annotated[
        Visibility | None,
        Field(
            description="Null: as the person's. Nobody sees it who may not see the person and the "
            "body."
        ),
    ] = None

    @field_validator("voting")
    @classmethod
    def _may_vote(cls, voting: bool, info: ValidationInfo) -> bool:
        if voting and info.data.get("role") in NEVER_VOTING:
            raise ValueError(f"a {info.data['role']} does not vote")
        return voting


class Membership(Stored, NewMembership):
    """A membership as it is stored."""

    model_config = {**Stored.model_config, **NewMembership.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["m-5rj3tq2wxa"])]
    visibility: Visibility
