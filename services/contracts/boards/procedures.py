"""Procedures: by which rules a body invites, meets and votes (Geschäftsordnungen)."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from services.contracts.boards.bodies import BodyKind
from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)
from services.contracts.shared.validity import EndsOn, StartsOn

Share = Literal["1/4", "1/3", "1/2", "2/3", "3/4", "1"]


class MajorityKind(StrEnum):
    """How large a majority must be (einfache, absolute, Zweidrittelmehrheit)."""

    simple = "simple"
    absolute = "absolute"
    two_thirds = "two_thirds"


class MajorityBase(StrEnum):
    """Of what: of the votes that were cast, or of the members."""

    votes = "votes"
    members = "members"


class TieRule(StrEnum):
    """What holds when as many say yes as no (Stimmengleichheit)."""

    rejected = "rejected"
    chair_decides = "chair_decides"


class QuorumBase(StrEnum):
    """Of what the quorum is a share: of the voting members by law, or of those in office."""

    members = "members"
    in_office = "in_office"


class MinutesApproval(StrEnum):
    """Who approves minutes (Genehmigung der Niederschrift): the body later on, or the chair."""

    later_meeting = "later_meeting"
    chair = "chair"


class ProcedureSubject(StrEnum):
    """What a clause is about (Regelungsgegenstand)."""

    notice = "notice"
    urgency = "urgency"
    healing = "healing"
    agenda = "agenda"
    publicness = "publicness"
    exclusion = "exclusion"
    quorum = "quorum"
    majority = "majority"
    tie = "tie"
    attendance = "attendance"
    minutes = "minutes"


class ProcedurePreset(StrEnum):
    """A ready procedure: for councils, for their committees, for advisory boards and networks."""

    council = "council"
    committee = "committee"
    advisory = "advisory"


class Majority(Request):
    """A majority rule (Mehrheitsregel).

    `simple`: of `votes`, more yes than no; of `members`, more than half of those present who may
    vote. `absolute`: more than half, `two_thirds`: at least two thirds, of the votes cast or of the
    voting members by law.
    """

    model_config = example(kind="simple", of="votes", abstentions_count=False)

    kind: MajorityKind = MajorityKind.simple
    of: MajorityBase = MajorityBase.votes
    abstentions_count: Annotated[
        bool,
        Field(description="Whether an abstention is a vote cast; it matters `of` votes only."),
    ] = False


class Quorum(Request):
    """How many must be there (Beschlussfähigkeit): present, entitled to vote, not excluded."""

    model_config = example(
        share="1/2", more_than=True, of="members", minimum=0, if_excluded="1/3", again=True
    )

    share: Share = "1/2"
    more_than: Annotated[
        bool, Field(description="More than this share; otherwise at least this share.")
    ] = True
    of: QuorumBase = QuorumBase.members
    minimum: Annotated[int, Field(ge=0, le=1000, description="Never fewer than this many.")] = 0
    if_excluded: Annotated[
        Share | None,
        Field(
            description="At least this share is enough when more than half are excluded for a "
            "conflict of interest; null: no such rule."
        ),
    ] = None
    again: Annotated[
        bool,
        Field(
            description="Whether a meeting called again, because the first was not quorate, is "
            "quorate whoever comes."
        ),
    ] = False


class Clause(Request):
    """On what a rule rests (Rechtsgrundlage)."""

    model_config = example(subject="notice", text="§ 35 Abs. 2 Satz 2 ThürKO", verified=True)

    subject: ProcedureSubject
    text: Line
    verified: Annotated[
        bool,
        Field(description="Whether somebody has held the rule against the wording of the clause."),
    ] = False


class ProcedureRules(Request):
    """The rules by which a body meets."""

    notice_days: Annotated[
        int,
        Field(
            ge=0,
            le=60,
            description="Full calendar days between the receipt of the invitation and the meeting, "
            "at least (Einladungsfrist).",
        ),
    ] = 4
    urgent_days: Annotated[
        int | None,
        Field(
            ge=0,
            le=60,
            description="The same in urgent cases (Dringlichkeit); null: it is never shortened.",
        ),
    ] = 1
    urgency_statement: Annotated[
        bool, Field(description="Whether the invitation must say that the notice is shortened.")
    ] = True
    urgency_finding: Annotated[
        bool, Field(description="Whether the body must first establish the urgency by a vote.")
    ] = True
    healed_by_appearance: Annotated[
        bool,
        Field(
            description="Whether a late invitation is healed when all who were invited appear and "
            "nobody objects."
        ),
    ] = True
    exclusions: Annotated[
        bool, Field(description="Whether a conflict of interest excludes from an item.")
    ] = True
    quorum: Quorum = Quorum()
    majority: Majority = Majority()
    tie: TieRule = TieRule.rejected
    items_public: Annotated[
        bool, Field(description="Whether an agenda item is public when nothing else is said.")
    ] = True
    attendance_visibility: Annotated[
        Visibility, Field(description="Who may see who was present.")
    ] = Visibility.public
    minutes_approval: MinutesApproval = MinutesApproval.later_meeting
    clauses: Annotated[list[Clause], Field(max_length=50)] = []

    @field_validator("urgent_days")
    @classmethod
    def _shorter(cls, urgent_days: int | None, info: ValidationInfo) -> int | None:
        notice = info.data.get("notice_days")
        if urgent_days is not None and notice is not None and urgent_days > notice:
            raise ValueError("the notice in urgent cases is longer than the usual one")
        return urgent_days


class NewProcedure(ProcedureRules):
    """The procedure of a body for a time (Geschäftsordnung)."""

    model_config = example(
        key="go-planungsbeirat-lsz-2024",
        body="planungsbeirat-lsz",
        name={"de": "Geschäftsordnung des Planungsbeirats LSZ"},
        starts_on="2024-07-01",
        ends_on=None,
        notice_days=7,
        urgent_days=2,
        urgency_finding=False,
        attendance_visibility="members",
        clauses=[{"subject": "notice", "text": "§ 3 Geschäftsordnung", "verified": True}],
        visibility="public",
    )

    key: Key
    body: Annotated[Key, Field(description="The body it is for, for good.")]
    name: Texts
    starts_on: StartsOn = None
    ends_on: EndsOn = None
    visibility: Visibility = Visibility.public


class Procedure(Stored, NewProcedure):
    """A procedure as it is stored."""

    model_config = {**Stored.model_config, **NewProcedure.model_config, "extra": "ignore"}


_RULES = {
    "notice_days": 4,
    "urgent_days": 1,
    "clauses": [{"subject": "notice", "text": "§ 35 Abs. 2 Satz 2 ThürKO", "verified": True}],
}


class PresetProcedure(Answer):
    """A ready procedure, and for which bodies it holds as long as they have none of their own."""

    model_config = example(
        preset="council",
        name={"de": "Kommunale Vertretung nach ThürKO"},
        bodies=["council"],
        rules=_RULES,
    )

    preset: ProcedurePreset
    name: Texts
    bodies: list[BodyKind]
    rules: ProcedureRules


class ProcedureInForce(Answer):
    """The rules that hold for a body on a day."""

    model_config = example(body="kreistag", key=None, preset="council", rules=_RULES)

    body: Key
    key: Annotated[Key | None, Field(description="The body's own procedure; null: the preset.")]
    preset: ProcedurePreset | None
    rules: ProcedureRules
