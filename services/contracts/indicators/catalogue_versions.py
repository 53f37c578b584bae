"""Frozen states of the catalogue, as a board approves them (Katalogstände)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from services.contracts.shared.base import Answer, Key, Line, Prose, Request, Stored, Texts, example


class ApprovalResource(StrEnum):
    """Where the decision of the board stands."""

    acts = "acts"
    resolutions = "resolutions"


class CatalogueVersionTexts(Request):
    """What is said of a version; its definitions are for good."""

    model_config = example(
        title={"de": "Indikatorenkatalog 2026", "en": "Catalogue of indicators 2026"},
        note="With the basic indicators of integrated social reporting.",
    )

    title: Texts
    note: Prose | None = None


class NewApproval(Request):
    """The decision by which a board approves a version (Beschluss)."""

    model_config = example(
        resource="acts",
        key="indikatorenkatalog-2026",
        decided_on=None,
        note=None,
    )

    resource: Annotated[
        ApprovalResource,
        Field(
            description="An act by which a body that sets the indicators approved this very "
            "version, or a valid resolution: each rests on a vote."
        ),
    ] = ApprovalResource.acts
    key: Annotated[Key, Field(description="Key of the act or the resolution.")]
    decided_on: Annotated[
        date | None, Field(description="Null: the day of the act or resolution.")
    ] = None
    note: Line | None = None


class Approval(Answer):
    """The decision by which a board approved a version."""

    model_config = example(
        resource="acts",
        key="indikatorenkatalog-2026",
        decided_on="2026-03-12",
        note=None,
        entered_by="token:planner",
        entered_at="2026-03-13T08:00:00Z",
    )

    resource: ApprovalResource
    key: str
    decided_on: date
    note: str | None
    entered_by: str = Field(description="Identifier of who entered it, never a name.")
    entered_at: datetime


class FrozenDefinition(Answer):
    """An indicator or topic as it was defined."""

    model_config = example(
        key="bevoelkerung",
        revision=2,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        definition={"name": {"de": "Bevölkerung"}, "kind": "count"},
    )

    key: str
    revision: int
    sha256: str = Field(description="Of the definition, in canonical JSON.")
    definition: Mapping[str, Any]


class CatalogueVersionInBrief(Stored):
    """A version of the catalogue without its definitions."""

    model_config = {
        **Stored.model_config,
        **example(
            key="catalogue-1",
            number=1,
            title={"de": "Indikatorenkatalog 2026"},
            note=None,
            sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            frozen_by="token:planner",
            approval=None,
        ),
    }

    key: str
    number: int
    title: Texts
    note: Prose | None
    sha256: str = Field(description="Of all definitions: the same hash is the same catalogue.")
    frozen_by: str = Field(description="Identifier of who froze it, never a name.")
    approval: Approval | None


class CatalogueVersion(CatalogueVersionInBrief):
    """A version of the catalogue (Katalogstand)."""

    model_config = {
        **Stored.model_config,
        **example(
            key="catalogue-1",
            number=1,
            title={"de": "Indikatorenkatalog 2026"},
            note=None,
            sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            frozen_by="token:planner",
            approval=None,
            topics=[],
            indicators=[],
        ),
    }

    topics: Sequence[FrozenDefinition]
    indicators: Sequence[FrozenDefinition] = Field(description="Those that you may see.")


class ChangedDefinition(Answer):
    """What is different in a definition."""

    model_config = example(key="sgb2-quote", fields={"decimals": {"before": 1, "after": 2}})

    key: str
    fields: Mapping[str, Any] = Field(description="Of each field that differs: before and after.")


class DefinitionDifference(Answer):
    """What came, went and changed between two versions."""

    added: list[str]
    removed: list[str]
    changed: list[ChangedDefinition]


class CatalogueDifference(Answer):
    """The difference between two versions of the catalogue."""

    model_config = example(
        before="catalogue-1",
        after="catalogue-2",
        topics={"added": [], "removed": [], "changed": []},
        indicators={"added": ["mindestsicherungsquote"], "removed": [], "changed": []},
    )

    before: str
    after: str
    topics: DefinitionDifference
    indicators: DefinitionDifference
