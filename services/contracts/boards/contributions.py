"""Contributions: what people say in a participation process (Beiträge)."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    LongTexts,
    Prose,
    Request,
    Stored,
    Visibility,
    each_once,
    example,
)


class Channel(StrEnum):
    """How a contribution came in (Eingangsweg)."""

    online = "online"
    paper = "paper"
    event = "event"
    imported = "imported"


class ContributionState(StrEnum):
    """What has become of a contribution (Stand des Beitrags)."""

    received = "received"
    published = "published"
    hidden = "hidden"
    withdrawn = "withdrawn"


class HidingReason(StrEnum):
    """Why a contribution is not shown (Grund der Nichtveröffentlichung)."""

    personal_data = "personal_data"
    insult = "insult"
    illegal = "illegal"
    off_topic = "off_topic"
    duplicate = "duplicate"
    other = "other"


class Decision(StrEnum):
    """What is made of a contribution (Abwägung)."""

    accepted = "accepted"
    partly = "partly"
    rejected = "rejected"


Words = Annotated[Prose, StringConstraints(min_length=3, max_length=5_000)]
SHOWN_TO_THE_OFFICE = Field(
    description="One of the process; counted, and shown to the office alone."
)
Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{43}$")]


class NewContribution(Request):
    """A contribution (Beitrag). Please no names and addresses in the text."""

    model_config = example(
        process="armutspraevention-2026",
        text="Der Kurs am Nachmittag ist gut, aber der letzte Bus fährt vorher.",
        category="bildung",
        area="lobeda",
        target_group="alleinerziehende",
        consent=True,
        consent_version="2026-01",
    )

    process: Annotated[Key, Field(description="The process it is for, in its submission step.")]
    text: Words
    category: Annotated[Key | None, Field(description="One of the process.")] = None
    area: Annotated[Key | None, SHOWN_TO_THE_OFFICE] = None
    target_group: Annotated[Key | None, SHOWN_TO_THE_OFFICE] = None
    channel: Annotated[
        Channel, Field(description="Only the office enters what did not come in online.")
    ] = Channel.online
    consent: Annotated[Literal[True], Field(description="Agrees to `consent_text` of the process.")]
    consent_version: Annotated[Line, Field(description="The version that was agreed to.")]


_EXAMPLE = "q3T0mW8m4Yv1o5pN2sK7cR9dZ6xB0aJ4hL8fG3eU1iI"


class ContributionReceipt(Answer):
    """What a contributor gets, this once: with the token they read the answer and withdraw."""

    model_config = example(
        key="c-4m2xk7qa3z",
        token=_EXAMPLE,
        process="armutspraevention-2026",
        state="received",
        answer_due_on="2026-06-14",
        delete_on="2027-03-31",
    )

    key: Key
    token: Annotated[str, Field(description="Kept nowhere but with you; we keep a digest.")]
    process: Key
    state: ContributionState
    answer_due_on: date
    delete_on: date


class Answered(Answer):
    """What was made of a contribution, and why (Antwort)."""

    model_config = example(
        decision="partly",
        reason={"de": "Der Kurs beginnt künftig eine Stunde früher."},
        answered_on="2026-05-20",
    )

    decision: Decision
    reason: Annotated[LongTexts | None, Field(description="Null once it was erased.")]
    answered_on: date


class OwnToken(Request):
    """The token of a contribution."""

    model_config = example(token=_EXAMPLE)

    token: Token


class OwnContribution(Answer):
    """A contribution as its contributor sees it."""

    model_config = example(
        key="c-4m2xk7qa3z",
        process="armutspraevention-2026",
        state="published",
        text="Der Kurs am Nachmittag ist gut, aber der letzte Bus fährt vorher.",
        published_text="Der Kurs am Nachmittag ist gut, aber der letzte Bus fährt vorher.",
        category="bildung",
        area="lobeda",
        target_group="alleinerziehende",
        consent_version="2026-01",
        hiding_reason=None,
        answer=None,
        recommendations=[],
        answer_due_on="2026-06-14",
        delete_on="2027-03-31",
    )

    key: Key
    process: Key
    state: ContributionState
    text: str | None
    published_text: str | None
    category: Key | None
    area: Key | None
    target_group: Key | None
    consent_version: str
    hiding_reason: HidingReason | None
    answer: Answered | None
    recommendations: Annotated[Sequence[Key], Field(description="What it went into.")]
    answer_due_on: date
    delete_on: date


class Contribution(Stored):
    """A contribution; the public sees published ones, without area and target group."""

    model_config = {
        **Stored.model_config,
        **example(
            key="c-4m2xk7qa3z",
            process="armutspraevention-2026",
            state="published",
            text="Der Kurs am Nachmittag ist gut, aber der letzte Bus fährt vorher.",
            category="bildung",
            area=None,
            target_group=None,
            channel="online",
            hiding_reason=None,
            original=None,
            consent_version=None,
            received_on="2026-04-15",
            answer=None,
            recommendations=[],
            answer_due_on="2026-06-14",
            overdue=False,
            delete_on="2027-03-31",
            erased_at=None,
            visibility="public",
        ),
    }

    key: Key
    process: Key
    state: ContributionState
    text: Annotated[str | None, Field(description="As it is published; null before and after.")]
    category: Key | None
    area: Annotated[Key | None, Field(description="Null for the public.")]
    target_group: Annotated[Key | None, Field(description="Null for the public.")]
    channel: Channel
    hiding_reason: HidingReason | None
    original: Annotated[
        str | None, Field(description="As it was handed in; null for the public, and once erased.")
    ]
    consent_version: Annotated[str | None, Field(description="Null for the public.")]
    received_on: date
    answer: Answered | None
    recommendations: Annotated[
        Sequence[Key], Field(description="What it went into, as far as you may see it.")
    ]
    answer_due_on: date
    overdue: Annotated[bool, Field(description="It is not answered, and should be.")]
    delete_on: date
    erased_at: datetime | None
    visibility: Visibility


class Moderation(Request):
    """Publish a contribution, or hide it with a reason (Moderation)."""

    model_config = example(state="published", published_text=None, reason=None)

    state: Literal[ContributionState.published, ContributionState.hidden]
    reason: Annotated[
        HidingReason | None, Field(description="Needed to hide; the contributor reads it.")
    ] = None
    published_text: Annotated[
        Words | None,
        Field(description="Published instead of the text, without names; null: the text itself."),
    ] = None

    @model_validator(mode="after")
    def _complete(self) -> "Moderation":
        if (self.state == ContributionState.hidden) != (self.reason is not None):
            raise ValueError("a reason is needed to hide, and only then")
        if self.state == ContributionState.hidden and self.published_text is not None:
            raise ValueError("what is hidden has no published text")
        return self


class NewAnswer(Request):
    """The answer to a contribution (Antwort, Abwägungsergebnis)."""

    model_config = example(
        decision="partly",
        reason={"de": "Der Kurs beginnt künftig eine Stunde früher."},
        recommendations=["familienzentren-2026"],
    )

    decision: Decision
    reason: Annotated[LongTexts, Field(description="Why; the contributor and the public read it.")]
    recommendations: Annotated[
        list[Key],
        Field(max_length=20, description="What it went into; all of them, each once."),
        AfterValidator(each_once),
    ] = []
