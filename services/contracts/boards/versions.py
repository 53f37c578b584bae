"""Versions of papers, amendments and what is different between them (Fassungen, Änderungen)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.shared.base import (
    Answer,
    Key,
    Keys,
    Language,
    LongTexts,
    Prose,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)

Pointed = Annotated[Key, Field(description="The paper, for good.")]


class PaperVersionShown(Request):
    """Who may see a version; its words are for good."""

    model_config = example(visibility="administration")

    visibility: Visibility


class PaperVersion(Stored):
    """The words of a paper as they once stood (Fassung)."""

    model_config = {
        **Stored.model_config,
        **example(
            key="beirat-lsz-empfehlung-2026-v2",
            paper="beirat-lsz-empfehlung-2026",
            number=2,
            title={"de": "Familienzentren im Landesprogramm"},
            text={"de": "Der Sozialausschuss beschließt, drei Familienzentren zu fördern."},
            amendment=None,
            instead_of=None,
            visibility="public",
        ),
        "extra": "ignore",
    }

    key: str
    paper: Key
    number: int = Field(description="Counts from 1; the highest number is in force.")
    title: Texts
    text: LongTexts | None
    amendment: Key | None = Field(description="The amendment that made it, if one did.")
    instead_of: Key | None = Field(
        description="The amendment whose words it takes back, because the vote on it is void."
    )
    visibility: Visibility


class AmendmentState(StrEnum):
    """What has become of an amendment (Stand des Änderungsantrags)."""

    proposed = "proposed"
    adopted = "adopted"
    void = "void"
    rejected = "rejected"
    withdrawn = "withdrawn"


class NewAmendment(Request):
    """Other words for a paper (Änderungsantrag)."""

    model_config = example(
        paper="beirat-lsz-empfehlung-2026",
        title=None,
        text={"de": "Der Sozialausschuss beschließt, drei Familienzentren zu fördern."},
        originator_organisations=[],
        originator_bodies=["planungsbeirat-lsz"],
        originator_persons=[],
        reasons={"de": "Der Bedarf ist für drei Standorte belegt."},
        visibility="public",
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    paper: Pointed
    title: Annotated[Texts | None, Field(description="Null: the title stays as it is.")] = None
    text: Annotated[LongTexts, Field(description="The whole text as it would then read.")]
    originator_organisations: Annotated[
        Keys, Field(description="Organisations it comes from, such as council groups.")
    ] = []
    originator_bodies: Annotated[Keys, Field(description="Bodies it comes from.")] = []
    originator_persons: Annotated[
        Keys, Field(description="Persons it comes from; shown to those who may see the person.")
    ] = []
    reasons: LongTexts | None = None
    visibility: Annotated[Visibility | None, Field(description="Null: as the paper's.")] = None


class Amendment(Stored, NewAmendment):
    """An amendment as it is stored."""

    model_config = {**Stored.model_config, **NewAmendment.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["am-5rj3tq2wxa"])]
    based_on: Annotated[
        int, Field(description="Number of the version that it changes.", examples=[1])
    ]
    state: Annotated[AmendmentState, Field(examples=["proposed"])]
    reason: Annotated[
        str | None, Field(description="Why it was rejected or withdrawn.", examples=[None])
    ]
    vote: Annotated[
        Key | None,
        Field(
            description="The vote that adopted it, if you may see it; it is void when that is.",
            examples=[None],
        ),
    ]
    decided_at: Annotated[datetime | None, Field(examples=[None])]
    visibility: Visibility


class AmendmentAdoption(Request):
    """How an amendment came into the paper (Annahme, Übernahme)."""

    model_config = example(vote="v-5rj3tq2wxa")

    vote: Annotated[
        Key | None,
        Field(
            description="The closed vote on the paper by which a body adopted it; null when whom "
            "the paper comes from took it over (Übernahme)."
        ),
    ]


class AmendmentRefusal(Request):
    """Why an amendment comes to nothing (Ablehnung, Rücknahme)."""

    model_config = example(reason="Der Antrag ist durch die neue Fassung erledigt.")

    reason: Prose


class PieceKind(StrEnum):
    """What happened to a piece of text (Art der Änderung)."""

    same = "same"
    inserted = "inserted"
    deleted = "deleted"


class Piece(Answer):
    """A piece of text; all that are not inserted make the text before, all that are not deleted
    the text after."""

    model_config = example(kind="inserted", text="drei ")

    kind: PieceKind
    text: str


class Difference(Answer):
    """What is different between two wordings, word by word (Textvergleich)."""

    model_config = example(
        paper="beirat-lsz-empfehlung-2026",
        before=1,
        after=2,
        amendment=None,
        title={"de": [{"kind": "same", "text": "Familienzentren"}]},
        text={
            "de": [
                {"kind": "same", "text": "Der Ausschuss fördert "},
                {"kind": "inserted", "text": "drei "},
                {"kind": "same", "text": "Familienzentren."},
            ]
        },
        inserted=1,
        deleted=0,
    )

    paper: Key
    before: int = Field(description="Number of the version.")
    after: int | None = Field(description="Number of the version; null for an amendment.")
    amendment: Key | None
    title: Mapping[Language, Sequence[Piece]]
    text: Mapping[Language, Sequence[Piece]]
    inserted: int = Field(description="Number of words.")
    deleted: int = Field(description="Number of words.")
