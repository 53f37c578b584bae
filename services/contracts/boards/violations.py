"""Where the composition of a body is not as its rules say (Besetzungsmängel)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.boards.organisations import OrganisationKind
from services.contracts.shared.base import Answer, Key, Texts, example


class ViolationState(StrEnum):
    """What is wrong, in one word (Art des Mangels)."""

    vacant = "vacant"
    overfilled = "overfilled"
    expired = "expired"
    unlawful = "unlawful"


class ViolationCode(StrEnum):
    """What is wrong (Mangel)."""

    vacant = "vacant"
    overfilled = "overfilled"
    carried_over = "carried_over"
    lapsed = "lapsed"
    sender_ended = "sender_ended"
    wrong_sender = "wrong_sender"
    no_vote = "no_vote"
    seat_ended = "seat_ended"
    term_too_long = "term_too_long"
    two_seats = "two_seats"
    chair_missing = "chair_missing"
    wrong_chair = "wrong_chair"
    several_chairs = "several_chairs"
    not_covered = "not_covered"
    share_too_high = "share_too_high"
    share_too_low = "share_too_low"
    too_small = "too_small"
    too_large = "too_large"
    not_staggered = "not_staggered"
    substitute_missing = "substitute_missing"


_EXPIRED = (ViolationCode.carried_over, ViolationCode.lapsed)


def state_of(code: ViolationCode) -> ViolationState:
    """The one word for it."""
    if code in _EXPIRED:
        return ViolationState.expired
    named = code.value in ViolationState.__members__
    return ViolationState(code.value) if named else ViolationState.unlawful


class Violation(Answer):
    """One thing that is not as a rule says (Mangel der Besetzung)."""

    model_config = example(
        state="vacant",
        code="vacant",
        seat="planungsbeirat-lsz-paritaetischer",
        rule=None,
        organisation="paritaetischer",
        organisation_kind=None,
        memberships=[],
        count=1,
        since="2025-12-01",
        clause=None,
        text={
            "de": "Paritätischer Wohlfahrtsverband hat für „Paritätischer“ niemanden benannt.",
            "en": "Paritätischer Wohlfahrtsverband has named nobody for “Paritätischer”.",
        },
    )

    state: ViolationState
    code: ViolationCode
    seat: Annotated[Key | None, Field(description="Null: it is about the body as a whole.")]
    rule: Annotated[
        Key | None, Field(description="The composition rule; null: the rule of the seat.")
    ]
    organisation: Annotated[
        Key | None, Field(description="Whose place it is, or whose share; null when it is hidden.")
    ]
    organisation_kind: OrganisationKind | None
    memberships: Annotated[
        Sequence[Key], Field(description="Those concerned, as far as you may see them.")
    ]
    count: Annotated[int, Field(description="How many places or people are concerned.")]
    since: Annotated[date | None, Field(description="Since when; null when that is not known.")]
    clause: Annotated[str | None, Field(description="Where the broken rule is laid down.")]
    text: Annotated[Texts, Field(description="A sentence that says it.")]
