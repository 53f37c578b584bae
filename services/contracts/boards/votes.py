"""Votes: what is asked, who may answer, and what follows (Abstimmungen)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.boards.meetings import Moment
from services.contracts.boards.procedures import Majority, Quorum, TieRule
from services.contracts.shared.base import (
    Answer,
    Key,
    LongTexts,
    Request,
    Stored,
    Visibility,
    example,
)


class VotePurpose(StrEnum):
    """What is voted on: the matter, a person, urgency, the course of the meeting, minutes."""

    decision = "decision"
    election = "election"
    urgency = "urgency"
    procedural = "procedural"
    minutes = "minutes"


class VoteMethod(StrEnum):
    """How people vote (offen, namentlich, geheim)."""

    open = "open"
    roll_call = "roll_call"
    secret = "secret"  # noqa: S105 - a way to vote, no password


class VoteState(StrEnum):
    """How far a vote has come (eröffnet, geschlossen, zurückgenommen)."""

    open = "open"
    closed = "closed"
    withdrawn = "withdrawn"


class Choice(StrEnum):
    """What somebody says (ja, nein, Enthaltung, ungültig)."""

    yes = "yes"
    no = "no"
    abstain = "abstain"
    invalid = "invalid"


class VoteOutcome(StrEnum):
    """What follows; computed, never entered (angenommen, abgelehnt, nicht beschlussfähig, nichtig).

    `void`: somebody took part, or was kept from it, who should not have, and it may have decided;
    or the body was not duly convened after all.
    """

    adopted = "adopted"
    rejected = "rejected"
    not_quorate = "not_quorate"
    void = "void"


class VotingStanding(StrEnum):
    """How a voting member stood when the vote was taken."""

    present = "present"
    represented = "represented"
    excluded = "excluded"
    absent = "absent"


class IrregularityKind(StrEnum):
    """What later turned out not to have been right with a vote (Mangel der Abstimmung)."""

    excluded_took_part = "excluded_took_part"
    not_entitled_took_part = "not_entitled_took_part"
    wrongly_excluded = "wrongly_excluded"
    not_convened = "not_convened"
    membership_changed = "membership_changed"


class NewVote(Request):
    """A question put to the vote (Abstimmung)."""

    model_config = example(
        meeting="planungsbeirat-lsz-2026-1",
        agenda_item="a-7hq4vn2kzd",
        purpose="decision",
        question={"de": "Der Beirat empfiehlt, das Familienzentrum weiter zu fördern."},
        method="open",
        majority=None,
        tie=None,
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    meeting: Key
    agenda_item: Annotated[
        Key | None,
        Field(
            description="The item it belongs to; null only for the urgency of the whole meeting "
            "and for its course."
        ),
    ] = None
    purpose: VotePurpose = VotePurpose.decision
    question: LongTexts
    method: VoteMethod = VoteMethod.open
    majority: Annotated[
        Majority | None, Field(description="Null: as the procedure of the body says.")
    ] = None
    tie: Annotated[
        TieRule | None, Field(description="Null: as the procedure of the body says.")
    ] = None


class Counts(Request):
    """How many said what (Stimmenzahlen)."""

    model_config = example(yes=9, no=2, abstain=1, invalid=0)

    yes: Annotated[int, Field(ge=0, le=10_000)]
    no: Annotated[int, Field(ge=0, le=10_000)]
    abstain: Annotated[int, Field(ge=0, le=10_000)] = 0
    invalid: Annotated[int, Field(ge=0, le=10_000)] = 0


class Ballot(Request):
    """Who said what (Stimmabgabe)."""

    model_config = example(membership="m-5rj3tq2wxa", choice="yes")

    membership: Annotated[Key, Field(description="Who votes; a substitute by the own membership.")]
    choice: Choice


class VoteClosing(Request):
    """The votes that were cast (Abstimmungsergebnis)."""

    model_config = example(
        at="2026-03-12T14:05:00+01:00",
        counts={"yes": 9, "no": 2, "abstain": 1, "invalid": 0},
        ballots=[],
        casting=None,
    )

    at: Annotated[
        Moment | None,
        Field(description="When it was taken; null: now, while the meeting is running."),
    ] = None
    counts: Annotated[
        Counts | None, Field(description="For an open or secret vote; a roll call is counted.")
    ] = None
    ballots: Annotated[
        list[Ballot],
        Field(
            max_length=1000,
            description="Of a roll call all ballots; of an open vote those whose members wish them "
            "recorded; of a secret vote none.",
        ),
    ] = []
    casting: Annotated[
        Choice | None,
        Field(description="Yes or no of the chair, in case of a tie that the chair decides."),
    ] = None


class StandingOf(Answer):
    """How one voting member stood when the vote was taken."""

    model_config = example(membership="m-5rj3tq2wxa", standing="present", votes="m-5rj3tq2wxa")

    membership: Key
    standing: VotingStanding
    votes: Annotated[
        Key | None, Field(description="Who has the vote: the member, a substitute, or nobody.")
    ]


class Snapshot(Answer):
    """On what the outcome rests, frozen when the vote was closed."""

    model_config = example(
        at="2026-03-12T14:05:00+01:00",
        voting_members=15,
        in_office=14,
        present=12,
        excluded=1,
        needed=8,
        quorate=True,
        again=False,
        quorum={"share": "1/2", "more_than": True, "of": "members"},
        majority={"kind": "simple", "of": "votes"},
        tie="rejected",
        chair=None,
        outcome="adopted",
        attendance_visibility="members",
        members=None,
    )

    at: datetime
    voting_members: Annotated[int, Field(description="By law (gesetzliche Mitgliederzahl).")]
    in_office: int
    present: Annotated[int, Field(description="Who could vote: present or represented.")]
    excluded: int
    needed: int
    quorate: bool
    again: Annotated[bool, Field(description="Whether the meeting was called for the second time.")]
    quorum: Quorum
    majority: Majority
    tie: TieRule
    chair: Annotated[Key | None, Field(description="Who chaired, if that person could vote.")]
    outcome: VoteOutcome
    attendance_visibility: Annotated[
        Visibility, Field(description="Who besides the body may see who was present.")
    ]
    members: Annotated[
        Sequence[StandingOf] | None,
        Field(description="Each voting member; null for those who may not see who was present."),
    ]


class Irregularity(Answer):
    """What later turned out not to have been right."""

    model_config = example(kind="excluded_took_part", memberships=[], count=1, decisive=True)

    kind: IrregularityKind
    count: int
    decisive: Annotated[
        bool,
        Field(
            description="Whether it may have decided the vote; it is void then, unless only "
            "memberships or seats were changed since."
        ),
    ]
    memberships: Annotated[
        Sequence[Key] | None, Field(description="Whose; null as for `members` of the snapshot.")
    ]


class Vote(Stored, NewVote):
    """A vote as it is stored."""

    model_config = {**Stored.model_config, **NewVote.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["v-7hq4vn2kzd"])]
    body: Annotated[Key, Field(examples=["planungsbeirat-lsz"])]
    state: VoteState
    majority: Majority
    tie: TieRule
    yes: int | None
    no: int | None
    abstain: int | None
    invalid: int | None
    ballots: Annotated[
        Sequence[Ballot],
        Field(description="Who said what, of those whom you may see; none of a secret vote."),
    ]
    casting: Choice | None
    snapshot: Snapshot | None
    outcome: VoteOutcome | None
    irregularities: Sequence[Irregularity]
    visibility: Visibility
