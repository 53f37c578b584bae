"""Rules for a body as a whole, beside those of its seats (Besetzungsregeln des Gremiums)."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from services.contracts.boards.organisations import OrganisationKind
from services.contracts.boards.seats import Clause, Maximum, Minimum
from services.contracts.shared.base import (
    Key,
    Request,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
)
from services.contracts.shared.validity import EndsOn, StartsOn


def _not_more_than_all(share: str) -> str:
    part, whole = map(int, share.split("/"))
    if part > whole:
        raise ValueError("a share is at most the whole")
    return share


Share = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9][0-9]{0,2}/[1-9][0-9]{0,2}$"),
    AfterValidator(_not_more_than_all),
    Field(description="A part of the members, such as 2/3."),
]
VotingOnly = Annotated[bool, Field(description="Only those who vote are counted.")]


class Coverage(Request):
    """Each of these parts of society is represented (Abdeckung der Bereiche)."""

    model_config = example(
        kind="coverage", organisation_kinds=["administration", "science"], minimum=1
    )

    kind: Literal["coverage"]
    organisation_kinds: Annotated[
        list[OrganisationKind],
        Field(min_length=1, description="Each at most once."),
        AfterValidator(each_once),
    ]
    minimum: Annotated[int, Field(ge=1, le=1000, description="Fewest members of each.")] = 1


class Shares(Request):
    """So much of the members comes from a kind or an organisation (Anteil, Höchstanteil)."""

    model_config = example(
        kind="share",
        each=None,
        organisation_kind="administration",
        organisation=None,
        at_least=None,
        at_most="1/2",
        voting_only=False,
    )

    kind: Literal["share"]
    each: Annotated[
        Literal["organisation", "organisation_kind"] | None,
        Field(description="No organisation, or no kind, has more than `at_most`."),
    ] = None
    organisation_kind: OrganisationKind | None = None
    organisation: Annotated[
        Key | None,
        Field(
            validate_default=True,
            description="Say one: `each`, `organisation_kind` or `organisation`.",
        ),
    ] = None
    at_least: Share | None = None
    at_most: Annotated[
        Share | None, Field(validate_default=True, description="`at_least`, `at_most` or both.")
    ] = None
    voting_only: VotingOnly = False

    @field_validator("organisation")
    @classmethod
    def _of_one(cls, organisation: Key | None, info: ValidationInfo) -> Key | None:
        said = [info.data.get("each"), info.data.get("organisation_kind"), organisation]
        if sum(one is not None for one in said) != 1:
            raise ValueError("say one: each, organisation_kind or organisation")
        return organisation

    @field_validator("at_least")
    @classmethod
    def _of_somebody(cls, share: Share | None, info: ValidationInfo) -> Share | None:
        if share is not None and info.data.get("each") is not None:
            raise ValueError("a lowest share is that of one kind or organisation")
        return share

    @field_validator("at_most")
    @classmethod
    def _limited(cls, share: Share | None, info: ValidationInfo) -> Share | None:
        least = info.data.get("at_least")
        if share is None and least is None:
            raise ValueError("say at_least, at_most or both")
        if share is not None and least is not None and _exceeds(least, share):
            raise ValueError("the highest share is below the lowest")
        return share


def _exceeds(one: Share, other: Share) -> bool:
    (part, whole), (limit, of) = (map(int, share.split("/")) for share in (one, other))
    return part * of > limit * whole


class Size(Request):
    """The body has so many members (Mitgliederzahl)."""

    model_config = example(kind="size", minimum=9, maximum=15, voting_only=True)

    kind: Literal["size"]
    minimum: Minimum = 0
    maximum: Annotated[Maximum, Field(validate_default=True)] = None
    voting_only: VotingOnly = False

    @field_validator("maximum")
    @classmethod
    def _limited(cls, maximum: int | None, info: ValidationInfo) -> int | None:
        if maximum is None and not info.data.get("minimum"):
            raise ValueError("say minimum, maximum or both")
        return maximum


class ChairFrom(Request):
    """Who chairs holds one of these seats, such as that of an office (Vorsitz kraft Amtes)."""

    model_config = example(kind="chair", seats=["planungsbeirat-lsz-leitung"])

    kind: Literal["chair"]
    seats: Annotated[
        list[Key], Field(min_length=1, max_length=100, description="Seats of this body.")
    ]


class Staggered(Request):
    """Not too many terms end at the same time (gestaffelte Amtszeiten).

    A part of the places, free ones included, but for those that go with an office and have no term.
    """

    model_config = example(kind="staggered", at_most="1/2", months=12)

    kind: Literal["staggered"]
    at_most: Share
    months: Annotated[
        int, Field(ge=1, le=120, description="How long a time is looked at, in months.")
    ] = 12


class Substituted(Request):
    """Each member has a substitute, or several (Stellvertretung)."""

    model_config = example(kind="substitutes", minimum=1, voting_only=True)

    kind: Literal["substitutes"]
    minimum: Annotated[
        int, Field(ge=1, le=10, description="Fewest who may step in for each member.")
    ] = 1
    voting_only: VotingOnly = False


BodyRule = Annotated[
    Coverage | Shares | Size | ChairFrom | Staggered | Substituted, Field(discriminator="kind")
]
"""A rule for all seats of a body together."""


class NewCompositionRule(Request):
    """A rule for the composition of a body as a whole (Besetzungsregel)."""

    model_config = example(
        key="lenkungsgruppe-armutspraevention-bereiche",
        body="lenkungsgruppe-armutspraevention",
        name={"de": "Alle Bereiche sind vertreten", "en": "All parts are represented"},
        rule={
            "kind": "coverage",
            "organisation_kinds": ["administration", "council_group", "science"],
            "minimum": 1,
        },
        clause=None,
        starts_on=None,
        ends_on=None,
        visibility="public",
    )

    key: Key
    body: Annotated[Key, Field(description="The body it is for, for good.")]
    name: Texts
    rule: BodyRule
    clause: Clause = None
    starts_on: StartsOn = None
    ends_on: EndsOn = None
    visibility: Visibility = Visibility.public


class CompositionRule(Stored, NewCompositionRule):
    """A rule as it is stored."""

    model_config = {**Stored.model_config, **NewCompositionRule.model_config, "extra": "ignore"}
