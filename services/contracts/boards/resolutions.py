"""Resolutions: what a body decided, what it made of recommendations (Beschlüsse)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.boards.evidences import AnsweredFinding, Evidence
from services.contracts.boards.recommendations import AsTheItem, Evidences, Findings
from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    LongTexts,
    Prose,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class ResolutionKind(StrEnum):
    """What kind of resolution it is (Art des Beschlusses).

    A refusal (Ablehnung) says that the body turned down what was put to the vote.
    """

    decision = "decision"
    legitimation = "legitimation"
    refusal = "refusal"


class ResolutionState(StrEnum):
    """Whether a resolution holds (Stand des Beschlusses).

    Void when its vote is (nichtig); repealed or replaced by a later one (aufgehoben, ersetzt).
    """

    valid = "valid"
    void = "void"
    repealed = "repealed"
    replaced = "replaced"


class EndingKind(StrEnum):
    """How a resolution ends an earlier one (Aufhebung, Ersetzung)."""

    repeals = "repeals"
    replaces = "replaces"


class ResponseKind(StrEnum):
    """What a resolution makes of a recommendation (Umgang mit der Empfehlung)."""

    follows = "follows"
    amends = "amends"
    rejects = "rejects"


class ImplementationStand(StrEnum):
    """How far a resolution is carried out (Stand der Umsetzung)."""

    none = "none"
    open = "open"
    overdue = "overdue"
    done = "done"


class NewResponse(Request):
    """What a resolution makes of a recommendation."""

    model_config = example(
        recommendation="familienzentren-2026",
        kind="amends",
        reason="Der Haushalt trägt zwei der drei Standorte.",
    )

    recommendation: Key
    kind: ResponseKind
    reason: Annotated[
        Prose | None,
        Field(validate_default=True, description="Required unless the recommendation is followed."),
    ] = None

    @field_validator("reason")
    @classmethod
    def _said_why(cls, reason: str | None, info: ValidationInfo) -> str | None:
        if reason is None and info.data.get("kind") in (ResponseKind.amends, ResponseKind.rejects):
            raise ValueError("say why the recommendation is not followed as it is")
        return reason


class RecommendationResponse(Answer):
    """What a resolution made of a recommendation."""

    model_config = example(
        recommendation="familienzentren-2026",
        kind="amends",
        reason="Der Haushalt trägt zwei der drei Standorte.",
    )

    recommendation: Key
    kind: ResponseKind
    reason: str | None


class NewEnding(Request):
    """That a resolution ends an earlier one."""

    model_config = example(
        resolution="familienzentren-beschluss-2024", kind="replaces", ends_from=None
    )

    resolution: Key
    kind: EndingKind
    ends_from: Annotated[
        date | None,
        Field(
            description="First day on which the earlier one holds no more; left out, that of the "
            "vote."
        ),
    ] = None


class Ending(Answer):
    """That a resolution ends an earlier one."""

    model_config = example(
        resolution="familienzentren-beschluss-2024", kind="replaces", ends_from="2026-04-14"
    )

    resolution: Key
    kind: EndingKind
    ends_from: date


class Ended(Answer):
    """By what a resolution is ended."""

    model_config = example(
        by="familienzentren-beschluss-2028", kind="repeals", ends_from="2028-03-14"
    )

    by: Key | None = Field(description="The later resolution, if you may see it.")
    kind: EndingKind
    ends_from: date


class NewResolution(Request):
    """A resolution (Beschluss) that a deciding body adopted in a meeting."""

    model_config = example(
        key="familienzentren-beschluss-2026",
        reference="B-0004/2026",
        vote="v-5rj3tq2wxa",
        kind="decision",
        title={"de": "Förderung der Familienzentren"},
        text={"de": "Der Sozialausschuss beschließt, zwei Familienzentren zu fördern."},
        strategy=None,
        responses=[
            {
                "recommendation": "familienzentren-2026",
                "kind": "amends",
                "reason": "Der Haushalt trägt zwei der drei Standorte.",
            }
        ],
        ends=[],
        findings=[],
        evidence=[],
        visibility=None,
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one made of the number.")] = (
        None
    )
    reference: Annotated[
        Line | None,
        Field(
            description="The number of the resolution (Beschlussnummer), one per municipality; "
            "leave it out to get the next one."
        ),
    ] = None
    vote: Annotated[
        Key,
        Field(
            description="The closed vote by which it was adopted, or with kind `refusal` by which "
            "the matter was rejected, for good; one vote each."
        ),
    ]
    kind: ResolutionKind = ResolutionKind.decision
    title: Texts
    text: LongTexts
    strategy: Annotated[
        Key | None,
        Field(
            validate_default=True,
            description="With kind `legitimation`: the strategy of the projects service that the "
            "council legitimises.",
        ),
    ] = None
    responses: Annotated[
        list[NewResponse],
        Field(
            max_length=100,
            description="One for each recommendation given on the same paper, and for others that "
            "the resolution answers; a refusal rejects them.",
        ),
    ] = []
    ends: Annotated[
        list[NewEnding],
        Field(
            max_length=100,
            description="Earlier resolutions of the same body that it repeals or replaces; a "
            "council ends those of every body. A refusal ends none.",
        ),
    ] = []
    findings: Findings = []
    evidence: Evidences = []
    visibility: AsTheItem = None

    @field_validator("strategy")
    @classmethod
    def _named(cls, strategy: str | None, info: ValidationInfo) -> str | None:
        if (strategy is not None) != (info.data.get("kind") == ResolutionKind.legitimation):
            raise ValueError("a resolution on a strategy names it, and no other does")
        return strategy

    @field_validator("responses")
    @classmethod
    def _each_once(cls, responses: list[NewResponse]) -> list[NewResponse]:
        if len({one.recommendation for one in responses}) < len(responses):
            raise ValueError("a recommendation is answered twice")
        return responses

    @field_validator("ends")
    @classmethod
    def _ended_once(cls, ends: list[NewEnding]) -> list[NewEnding]:
        if len({one.resolution for one in ends}) < len(ends):
            raise ValueError("a resolution is ended twice")
        return ends


class Resolution(Stored):
    """A resolution as it is stored."""

    model_config = {
        **Stored.model_config,
        **example(
            key="familienzentren-beschluss-2026",
            reference="B-0004/2026",
            vote="v-5rj3tq2wxa",
            body="sozialausschuss",
            meeting="sozialausschuss-2026-3",
            agenda_item="a-5rj3tq2wxa",
            paper="beirat-lsz-empfehlung-2026",
            consultation="c-7hq4vn2kzd",
            decided_on="2026-04-14",
            kind="decision",
            title={"de": "Förderung der Familienzentren"},
            text={"de": "Der Sozialausschuss beschließt, zwei Familienzentren zu fördern."},
            strategy=None,
            power=None,
            state="valid",
            implementation="none",
            responses=[],
            ends=[],
            ended=None,
            findings=[],
            evidence=[],
            visibility="public",
        ),
        "extra": "ignore",
    }

    key: Key
    reference: str
    vote: Key
    body: Key
    meeting: Key
    agenda_item: Key
    paper: Key | None = Field(description="The paper decided on, if the reader may see it.")
    consultation: Key | None
    decided_on: date
    kind: ResolutionKind
    title: Texts
    text: LongTexts
    strategy: Key | None
    power: Key | None = Field(
        description="With kind `legitimation`: the power of the council that it rests on."
    )
    state: ResolutionState = Field(description="As of today.")
    implementation: ImplementationStand = Field(
        description="Overdue when one of its tasks is; done when all are."
    )
    responses: Sequence[RecommendationResponse]
    ends: Sequence[Ending] = Field(description="Earlier resolutions that it ends.")
    ended: Ended | None = Field(description="By which valid later resolution it is ended.")
    findings: Sequence[AnsweredFinding] = Field(description="Those that you may see.")
    evidence: Sequence[Evidence]
    visibility: Visibility
