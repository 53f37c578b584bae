"""What happened in a meeting, as its minutes tell it (Ablauf der Sitzung)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.boards.attendances import Stay
from services.contracts.boards.invitations import Convening
from services.contracts.boards.meetings import MeetingKind
from services.contracts.boards.minutes import MinutesState, MinutesVersion
from services.contracts.boards.procedures import Majority, TieRule
from services.contracts.boards.votes import Choice, VoteMethod, VoteOutcome, VotePurpose
from services.contracts.shared.base import (
    Answer,
    Key,
    LongTexts,
    Texts,
    example,
)

_SOMEBODY = {
    "membership": "m-5rj3tq2wxa",
    "name": "Erika Mustermann",
    "on_behalf_of": {"de": "Der Paritätische"},
}


class Named(Answer):
    """Somebody, by membership; the name for those who may know it."""

    model_config = example(**_SOMEBODY)

    membership: Key
    name: str | None
    on_behalf_of: Texts | None


class Present(Answer):
    """Who was there."""

    model_config = example(person=_SOMEBODY, stays=[], substitutes_for=None)

    person: Named
    stays: Annotated[Sequence[Stay], Field(description="Empty: from beginning to end.")]
    substitutes_for: Named | None


class Absent(Answer):
    """Who was not there, and why; the reason is in the full version only."""

    model_config = example(person=_SOMEBODY, reason=None)

    person: Named
    reason: Texts | None


class Said(Answer):
    """Who said what, of a roll call or on demand."""

    model_config = example(person=_SOMEBODY, choice="yes")

    person: Named
    choice: Choice


class VoteTaken(Answer):
    """A vote, as the minutes tell it."""

    model_config = example(
        vote="v-7hq4vn2kzd",
        question={"de": "Der Beirat empfiehlt, das Familienzentrum weiter zu fördern."},
        purpose="decision",
        method="open",
        yes=9,
        no=2,
        abstain=1,
        invalid=0,
        outcome="adopted",
        present=12,
        needed=8,
        majority={"kind": "simple", "of": "votes"},
        tie="rejected",
        said=[],
    )

    vote: Key
    question: LongTexts
    purpose: VotePurpose
    method: VoteMethod
    yes: int
    no: int
    abstain: int
    invalid: int
    outcome: VoteOutcome
    present: int
    needed: int
    majority: Majority
    tie: TieRule
    said: Sequence[Said]


class MinutedKind(StrEnum):
    """What came of an item (Art der Entscheidung in der Niederschrift)."""

    resolution = "resolution"
    refusal = "refusal"
    recommendation = "recommendation"
    act = "act"


_DECIDED = {
    "kind": "recommendation",
    "key": "r-7hq4vn2kzd",
    "reference": None,
    "vote": "v-7hq4vn2kzd",
    "title": {"de": "Empfehlung zum Familienzentrum"},
    "text": {"de": "Der Beirat empfiehlt, das Familienzentrum weiter zu fördern."},
}


class DecisionTaken(Answer):
    """A resolution, recommendation or act in its words, as the minutes tell it (§ 42 ThürKO)."""

    model_config = example(**_DECIDED)

    kind: MinutedKind
    key: Key
    reference: Annotated[str | None, Field(description="The number of a resolution.")]
    vote: Annotated[Key, Field(description="The vote by which it was adopted or turned down.")]
    title: Texts
    text: LongTexts | None


class ItemDealtWith(Answer):
    """An item of the agenda, as it was dealt with."""

    model_config = example(
        agenda_item="a-7hq4vn2kzd",
        number="3.1",
        title={"de": "Sozialstrukturatlas: Stand der Datensammlung"},
        public=True,
        added=False,
        withdrawn=False,
        text=None,
        note=None,
        result=None,
        excluded=[],
        excluded_count=0,
        votes=[],
        decisions=[_DECIDED],
    )

    agenda_item: Annotated[Key | None, Field(description="Null: the course of the meeting.")]
    number: str
    title: Texts
    public: bool
    added: bool
    withdrawn: bool
    text: LongTexts | None
    note: LongTexts | None
    result: LongTexts | None
    excluded: Annotated[
        Sequence[Named], Field(description="Who took no part for a conflict of interest.")
    ]
    excluded_count: int
    votes: Sequence[VoteTaken]
    decisions: Annotated[
        Sequence[DecisionTaken],
        Field(description="What holds of that which was decided on the item and entered."),
    ] = ()
    """Empty in minutes that were approved before minutes told this."""


class Proceedings(Answer):
    """What happened at a meeting (Inhalt der Niederschrift)."""

    model_config = example(
        meeting="praeventionsnetz-2026-1",
        body="praeventionsnetz",
        body_name={"de": "Präventionsnetz Wartburgkreis"},
        name={"de": "1. Vernetzungstreffen 2026"},
        kind="network_meeting",
        opened_at="2026-03-12T13:05:00+01:00",
        closed_at="2026-03-12T15:40:00+01:00",
        location={"de": "Landratsamt, Erzberger Allee 14, Bad Salzungen"},
        state="draft",
        version="public",
        convening="due",
        clause=None,
        voting_members=15,
        chair=None,
        clerk=None,
        present=[],
        present_count=12,
        absent=[],
        absent_count=3,
        items=[],
        closed_items=1,
        corrections=[],
        approved_at=None,
    )

    meeting: Key
    body: Key
    body_name: Texts
    name: Texts
    kind: MeetingKind
    opened_at: datetime
    closed_at: datetime | None
    location: Texts | None
    state: MinutesState
    version: MinutesVersion
    convening: Convening
    clause: Annotated[str | None, Field(description="On which clause the notice rests.")]
    voting_members: Annotated[int, Field(description="By law, on that day.")]
    chair: Named | None
    clerk: Named | None
    present: Annotated[Sequence[Present], Field(description="Those whom you may know.")]
    present_count: int
    absent: Sequence[Absent]
    absent_count: int
    items: Sequence[ItemDealtWith]
    closed_items: Annotated[int, Field(description="Items of the closed part left out here.")]
    corrections: Sequence[LongTexts]
    approved_at: datetime | None
