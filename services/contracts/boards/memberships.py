"""Memberships: who sits in a body, in which role, for whom and how long (Mitgliedschaften)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from services.contracts.shared.base import Key, Request, Stored, Visibility, example
from services.contracts.shared.validity import EndsOn, not_before_start


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
        term_ends_on="2029-06-30",
        ends_on=None,
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
    substitute_for: Annotated[
        Key | None,
        Field(
            description="The membership a personal substitute stands in for. Null: a substitute "
            "of the pool of the seat or, without a seat, of the body; for members of the own "
            "organisation only, where each of a kind has a place.",
        ),
    ] = None
    rank: Annotated[
        int | None,
        Field(ge=1, le=99, description="Which of several substitutes comes first: 1."),
    ] = None
    voting: Annotated[
        bool, Field(description="Guests and clerks never vote, and nobody on a seat without vote.")
    ]
    on_behalf_of: Annotated[
        Key | None, Field(description="The organisation that sent the person (entsandt von).")
    ] = None
    starts_on: Annotated[date, Field(description="First day.")]
    term_ends_on: Annotated[
        date | None,
        AfterValidator(not_before_start),
        Field(
            description="Last day of the term (Ende der Amtszeit); left out, a whole term of the "
            "seat. Whoever is not succeeded then stays on a seat that carries over, and has no "
            "place on any other."
        ),
    ] = None
    ends_on: Annotated[
        EndsOn, Field(description="Last day for good (Ausscheiden): nobody is carried over it.")
    ] = None
    visibility: Annotated[
        Visibility | None,
        Field(
            description="Null: as the person's. Nobody sees it who may not see the person and the "
            "body."
        ),
    ] = None

    @field_validator("substitute_for", "rank")
    @classmethod
    def _of_a_substitute(cls, value: Key | int | None, info: ValidationInfo) -> Key | int | None:
        if value is not None and info.data.get("role") != MembershipRole.substitute:
            raise ValueError("only a substitute has one")
        return value

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
