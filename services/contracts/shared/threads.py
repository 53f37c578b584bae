"""The red thread: where something comes from and what became of it (roter Faden)."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from services.contracts.shared.base import Answer, Page, Texts, example

Service = Literal["indicators", "boards", "projects"]


class NodeType(StrEnum):
    """What a thread leads through, from cause to consequence (Art des Glieds)."""

    indicator = "indicator"
    observation = "observation"
    finding = "finding"
    publication = "publication"
    paper = "paper"
    recommendation = "recommendation"
    resolution = "resolution"
    strategy = "strategy"
    measure = "measure"
    project = "project"
    grant = "grant"
    position = "position"
    expenditure = "expenditure"
    claim = "claim"
    result = "result"
    target = "target"
    effect = "effect"
    chapter = "chapter"


_BOARDS = {
    NodeType.publication,
    NodeType.chapter,
    NodeType.paper,
    NodeType.recommendation,
    NodeType.resolution,
}
_INDICATORS = {NodeType.indicator, NodeType.observation, NodeType.finding}
FIGURES = frozenset({NodeType.indicator, NodeType.observation})
"""Where a thread begins or ends: it leads to figures and away from them, never through them."""


def owner(kind: NodeType) -> Service:
    """The service that knows all about nodes of this type."""
    if kind in _INDICATORS:
        return "indicators"
    return "boards" if kind in _BOARDS else "projects"


class EdgeKind(StrEnum):
    """How one leads to the other (Art der Verbindung)."""

    of = "of"
    shows = "shows"
    evidence = "evidence"
    cited_in = "cited_in"
    answered_by = "answered_by"
    advised_on = "advised_on"
    follows = "follows"
    amends = "amends"
    rejects = "rejects"
    repeals = "repeals"
    replaces = "replaces"
    legitimises = "legitimises"
    mandates = "mandates"
    names = "names"
    contains = "contains"
    carried_out_in = "carried_out_in"
    funded_by = "funded_by"
    pays_for = "pays_for"
    claimed_by = "claimed_by"
    aims_at = "aims_at"
    measured_by = "measured_by"
    followed_by = "followed_by"
    seen_in = "seen_in"


class ThreadGapKind(StrEnum):
    """What is missing in a thread (Lücke)."""

    finding_unanswered = "finding_unanswered"
    recommendation_undecided = "recommendation_undecided"
    resolution_without_measure = "resolution_without_measure"
    measure_without_money = "measure_without_money"
    money_without_effect = "money_without_effect"
    beyond_mandate = "beyond_mandate"
    mandate_fallen = "mandate_fallen"


class Way(StrEnum):
    """Towards the causes or towards the consequences (Richtung)."""

    up = "up"
    down = "down"


class NodeRef(NamedTuple):
    """A node by its type and key, written `finding:kinderarmut-lobeda-west-r3`.

    A tuple: threads compare and look up thousands of them.
    """

    type: NodeType
    key: str

    def __str__(self) -> str:
        return f"{self.type}:{self.key}"

    @classmethod
    def read(cls, text: str) -> "NodeRef":
        """From its written form; ValueError when it is none."""
        kind, colon, key = text.partition(":")
        if not colon or not key:
            raise ValueError("written as type:key")
        ref = cls(NodeType(kind), key)
        if PERIOD in key and ref.type is not NodeType.observation:
            raise ValueError("only figures have a period")
        return ref


PERIOD = "@"
"""Before the period of a figure; a figure without one is the series of all its periods."""
_WRITTEN = r"^[a-z]+:[A-Za-z0-9][A-Za-z0-9/_.\-]*(@[0-9][0-9A-Z\-]*(/P1Y)?)?$"
Ref = Annotated[
    str,
    StringConstraints(pattern=_WRITTEN, max_length=300),
    Field(description="Type and key: `measure:jobladen-lobeda`."),
]


def _ref(text: str) -> str:
    if text.partition(":")[0] not in set(NodeType) or not re.match(_WRITTEN, text):
        types = ", ".join(NodeType)
        raise ValueError(f"write type:key, such as measure:jobladen-lobeda; types are {types}")
    NodeRef.read(text)
    return text


AskedRef = Annotated[Ref, BeforeValidator(_ref)]
"""What somebody asks for; refused in words rather than by its pattern."""


class InCharge(Answer):
    """The body or organisation in charge (zuständige Stelle)."""

    model_config = example(
        collection="bodies", key="sozialausschuss", name={"de": "Sozialausschuss"}
    )

    collection: Literal["bodies", "organisations"]
    key: str
    name: Texts | None = Field(description="Null while it is not known here.")


class ThreadNode(Answer):
    """One link of the chain (Glied)."""

    model_config = example(
        ref="recommendation:familienzentren-2026",
        type="recommendation",
        key="familienzentren-2026",
        title={"de": "Familienzentren fördern"},
        state="open",
        figure="12.4",
        on="2026-03-12",
        responsible={
            "collection": "bodies",
            "key": "beirat-armutspraevention",
            "name": {"de": "Beirat Armutsprävention"},
        },
        address="/v1/jena/recommendations/familienzentren-2026",
        service="boards",
        lacks=["recommendation_undecided"],
        since="2026-03-12",
        must_act={
            "collection": "bodies",
            "key": "sozialausschuss",
            "name": {"de": "Sozialausschuss"},
        },
    )

    ref: Ref
    type: NodeType
    key: str
    title: Texts
    state: str | None = Field(description="As the resource itself says it.")
    figure: str | None = Field(description="Of a series: the newest published figure, if any.")
    on: date | None = Field(description="The day that matters most: decided, begun, paid.")
    responsible: InCharge | None
    address: str = Field(description="Where it is read.")
    service: Service
    lacks: list[ThreadGapKind] = Field(description="What is missing after it.")
    since: date | None = Field(
        description="Since when the first of what is missing could have been there."
    )
    must_act: InCharge | None = Field(
        description="Who is to see to what is missing; null where nothing is, or nobody is known."
    )


class ThreadEdge(Answer):
    """That one thing led to another (Verbindung)."""

    model_config = ConfigDict(
        **{
            **Answer.model_config,
            **example(
                **{
                    "from": "finding:kinderarmut-ohne-kita-lobeda-west-r3",
                    "to": "recommendation:familienzentren-2026",
                    "kind": "answered_by",
                }
            ),
        },
        populate_by_name=True,
    )

    from_: Annotated[Ref, Field(alias="from", description="The cause.")]
    to: Annotated[Ref, Field(description="The consequence.")]
    kind: EdgeKind


class ThreadGap(Answer):
    """Something that is missing, since when, and who is to see to it (Lücke)."""

    model_config = example(
        kind="recommendation_undecided",
        node="recommendation:familienzentren-2026",
        title={"de": "Familienzentren fördern"},
        address="/v1/jena/recommendations/familienzentren-2026",
        since="2026-03-12",
        age_days=94,
        responsible={
            "collection": "bodies",
            "key": "sozialausschuss",
            "name": {"de": "Sozialausschuss"},
        },
    )

    kind: ThreadGapKind
    node: Ref
    title: Texts
    address: str
    since: date | None = Field(description="Null when nobody knows.")
    age_days: int | None
    responsible: InCharge | None


class GapPage(Page[ThreadGap]):
    """One page of the gaps, and how many are left after it."""

    model_config = example(items=[], next=None, left=37)

    left: int = Field(
        description="How many there are after this page; of what is later than 500 others of its "
        "type also those that somebody may have answered."
    )


class ThreadRest(Answer):
    """How many a node of the thread leads to that are not told here (und weitere)."""

    model_config = example(
        of="strategy:armutspraevention",
        way="down",
        type="measure",
        count=188,
        next="/v1/jena/thread?of=strategy:armutspraevention&skip=12",
    )

    of: Ref = Field(description="The node that leads to them.")
    way: Way
    type: NodeType
    count: int = Field(description="Whoever may see them.")
    next: str = Field(description="Where the next of them are told.")


class Thread(Answer):
    """Where something comes from and what became of it (roter Faden)."""

    model_config = example(
        of="recommendation:familienzentren-2026",
        on="2026-06-14",
        nodes=[],
        edges=[],
        hidden={},
        left_out=[
            {
                "of": "strategy:armutspraevention",
                "way": "down",
                "type": "measure",
                "count": 188,
                "next": "/v1/jena/thread?of=strategy:armutspraevention&skip=12",
            }
        ],
        gaps=[],
    )

    of: Ref
    on: date = Field(description="As of this day.")
    nodes: list[ThreadNode] = Field(description="From the causes to the consequences.")
    edges: list[ThreadEdge]
    hidden: Mapping[NodeType, int] = Field(
        description="Links that are there and not for you to see; nothing behind them is told."
    )
    left_out: list[ThreadRest] = Field(
        description="What was too much to be told, each with the address at which it is told."
    )
    gaps: list[ThreadGap] = Field(description="What is missing after what is told, oldest first.")
