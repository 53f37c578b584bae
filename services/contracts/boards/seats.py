"""Seats: who is owed a place in a body, as rules that a machine can check (Sitze, Besetzung)."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from services.contracts.boards.organisations import OrganisationKind
from services.contracts.shared.base import Key, Line, Request, Stored, Texts, Visibility, example
from services.contracts.shared.validity import EndsOn, StartsOn

_LARGEST = 1000


def _not_below_minimum(maximum: int | None, info: ValidationInfo) -> int | None:
    if maximum is not None and maximum < info.data.get("minimum", 0):
        raise ValueError("the maximum is below the minimum")
    return maximum


Minimum = Annotated[int, Field(ge=0, le=_LARGEST, description="Fewest holders.")]
Maximum = Annotated[
    int | None,
    Field(ge=1, le=_LARGEST, description="Most holders; null when there is no limit."),
    AfterValidator(_not_below_minimum),
]


Clause = Annotated[
    Line | None,
    Field(description="Where it is laid down, such as § 4 (1) of the rules of procedure."),
]


class Exactly(Request):
    """One organisation sends this many people (fester Sitz einer Organisation)."""

    model_config = example(kind="exactly", organisation="paritaetischer", count=1)

    kind: Literal["exactly"]
    organisation: Key
    count: Annotated[int, Field(ge=1, le=_LARGEST)] = 1


class OnePer(Request):
    """Each organisation of a kind sends one person, such as each council group (Fraktion)."""

    model_config = example(kind="one_per", organisation_kind="council_group")

    kind: Literal["one_per"]
    organisation_kind: OrganisationKind


class ExOfficio(Request):
    """The holder of an office has the seat (Sitz kraft Amtes)."""

    model_config = example(
        kind="ex_officio",
        office={"de": "Gleichstellungsbeauftragte", "en": "Equal opportunities officer"},
        organisation="stadt-jena",
    )

    kind: Literal["ex_officio"]
    office: Texts
    organisation: Annotated[
        Key | None, Field(description="Where the office is; null when no organisation is named.")
    ] = None


class Category(Request):
    """A part of society is represented, such as science or the social associations (Bereich)."""

    model_config = example(
        kind="category", organisation_kind="science", label=None, minimum=1, maximum=2
    )

    kind: Literal["category"]
    organisation_kind: OrganisationKind | None = None
    label: Annotated[
        Texts | None,
        Field(validate_default=True, description="The category in words; required without a kind."),
    ] = None
    minimum: Minimum = 1
    maximum: Maximum = None

    @field_validator("label")
    @classmethod
    def _named(cls, label: Texts | None, info: ValidationInfo) -> Texts | None:
        if label is None and info.data.get("organisation_kind") is None:
            raise ValueError("name the category: a kind of organisation, a label, or both")
        return label


class Open(Request):
    """Anybody may hold it, within limits (offene Sitze)."""

    model_config = example(kind="open", minimum=0, maximum=3)

    kind: Literal["open"]
    minimum: Minimum = 0
    maximum: Maximum = None


Rule = Annotated[Exactly | OnePer | ExOfficio | Category | Open, Field(discriminator="kind")]
"""How a seat is to be filled (Besetzungsregel)."""


def places(rule: Rule) -> int | None:
    """How many may hold the seat at once; None when no fixed number is known."""
    match rule:
        case Exactly():
            return rule.count
        case ExOfficio():
            return 1
        case Category() | Open():
            return rule.maximum
        case OnePer():
            return None


class NewSeat(Request):
    """A seat (Sitz) or several alike, with the rule by which it is filled."""

    model_config = example(
        key="planungsbeirat-lsz-fraktionen",
        name={"de": "Fraktionen im Stadtrat", "en": "Groups of the city council"},
        body="planungsbeirat-lsz",
        rule={"kind": "one_per", "organisation_kind": "council_group"},
        voting=True,
        chair=False,
        starts_on=None,
        ends_on=None,
        term_months=60,
        carry_over=True,
        clause="§ 4 Abs. 1 der Geschäftsordnung",
        visibility="public",
    )

    key: Key
    body: Annotated[Key, Field(description="The body it belongs to, for good.")]
    name: Texts
    rule: Rule
    voting: Annotated[bool, Field(description="Whether who holds it may vote.")] = True
    chair: Annotated[
        bool,
        Field(
            description="Whether who holds it chairs the body; such a seat has one place, and a "
            "body has one such seat at a time."
        ),
    ] = False
    starts_on: StartsOn = None
    ends_on: EndsOn = None
    term_months: Annotated[
        int | None, Field(ge=1, le=240, description="Length of a term; null when it has none.")
    ] = None
    carry_over: Annotated[
        bool,
        Field(
            description="Who holds it stays after the term until a successor is named; otherwise "
            "the place is empty when the term is over."
        ),
    ] = False
    clause: Clause = None
    visibility: Visibility = Visibility.public

    @field_validator("chair")
    @classmethod
    def _one_chair(cls, chair: bool, info: ValidationInfo) -> bool:
        rule: Rule | None = info.data.get("rule")
        if chair and rule is not None and places(rule) != 1:
            raise ValueError("only a seat with exactly one place can be the chair's")
        return chair


class Seat(Stored, NewSeat):
    """A seat as it is stored."""

    model_config = {**Stored.model_config, **NewSeat.model_config, "extra": "ignore"}
