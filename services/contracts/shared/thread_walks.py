"""What services ask one another of threads and gaps; between the services alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pydantic import Field

from services.contracts.shared.base import Answer, Key, Request, Texts, example
from services.contracts.shared.threads import (
    EdgeKind,
    InCharge,
    NodeRef,
    NodeType,
    ThreadGapKind,
    ThreadNode,
    Way,
)


class ThreadStart(Request):
    """From where one service is to walk on, and which ways; without a way it is only told."""

    model_config = example(
        ref=["finding", "kinderarmut-ohne-kita-lobeda-west-r3"], ways=["down"], skip=0
    )

    ref: NodeRef
    ways: frozenset[Way] = frozenset()
    skip: int = Field(0, ge=0, description="Of each type so many that it leads to are passed over.")


class ToldNode(ThreadNode):
    """A node as its service tells it; between the services alone."""

    topics: Sequence[Key] = Field(
        (), description="Of a finding: its topic and those it is part of, the nearest first."
    )
    sinces: Mapping[ThreadGapKind, date | None] = Field(
        {}, description="Since when each thing that is missing could have been there."
    )


class ChargeQuestion(Request):
    """Who has these topics, and what these organisations are called, which the boards alone know;
    between the services alone."""

    model_config = example(topics=["haushalte-familien"], organisations=["jugendamt"])

    topics: Sequence[Key]
    organisations: Sequence[Key]


class Charge(Answer):
    """Who is in charge of each topic, and the name of each organisation that were asked for; null
    is nobody whom the actor may see. Between the services alone."""

    model_config = example(
        topics={
            "haushalte-familien": {
                "collection": "bodies",
                "key": "planungsbeirat-lsz",
                "name": {"de": "Planungsbeirat LSZ"},
            }
        },
        organisations={"jugendamt": {"de": "Jugendamt"}},
    )

    topics: Mapping[Key, InCharge | None]
    organisations: Mapping[Key, Texts | None]


class ThreadQuestion(Request):
    """What one service is asked for a thread; between the services alone."""

    model_config = example(
        starts=[
            {
                "ref": ["finding", "kinderarmut-ohne-kita-lobeda-west-r3"],
                "ways": ["down"],
            }
        ]
    )

    starts: list[ThreadStart] = Field(max_length=5_000)
    charge: ChargeQuestion | None = None


class Link(NamedTuple):
    """An edge as it was walked; between the services alone."""

    way: Way
    cause: NodeRef
    consequence: NodeRef
    kind: EdgeKind

    @property
    def end(self) -> NodeRef:
        """Where it leads, in the direction in which it was walked."""
        return self.consequence if self.way is Way.down else self.cause

    @property
    def start(self) -> NodeRef:
        """Where it was entered."""
        return self.cause if self.way is Way.down else self.consequence


class LeftOut(NamedTuple):
    """How many nodes of one type a node leads to beyond those that were walked to."""

    of: NodeRef
    way: Way
    type: NodeType
    number: int


class ThreadPart(Answer):
    """What one service knows of a thread; between the services alone.

    `links` also lead to nodes of other services, which alone can say whether they may be seen, and
    to those that are `hidden` here: they are never told, and nothing behind them was walked.
    """

    model_config = example(nodes=[], links=[], hidden=[], left_out=[])

    nodes: list[ToldNode]
    links: list[Link]
    hidden: list[NodeRef]
    left_out: list[LeftOut]
    charge: Charge | None = None


class GapQuestion(Request):
    """Which gaps one service is asked for; between the services alone."""

    model_config = example(kinds=["recommendation_undecided"], since="2026-01-31")

    kinds: frozenset[ThreadGapKind]
    since: date | None = Field(None, description="Only what is missing since this day or later.")


class Lacking(Answer):
    """The nodes of one service after which something is missing; between the services alone.

    What others may have answered is among them: ask whether it is followed.
    """

    model_config = example(nodes=[], later=0, until="2026-03-12")

    nodes: Sequence[ToldNode]
    later: int = Field(description="How many more there are, all after `until`.")
    until: date | None = Field(
        description="Up to this day these are all; null when there are none after them."
    )


class FollowedQuestion(Request):
    """Which of these are followed by something that one service knows."""

    model_config = example(refs=[["finding", "kinderarmut-lobeda-west-r3"]])

    refs: list[NodeRef] = Field(max_length=5_000)
    charge: ChargeQuestion | None = None


class Followed(Answer):
    """Those that are followed by something, whoever may see it."""

    model_config = example(refs=[["finding", "kinderarmut-lobeda-west-r3"]])

    refs: Sequence[NodeRef]
    charge: Charge | None = None
