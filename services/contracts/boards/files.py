"""Files: documents and pictures that belong to what boards do (Dateien, Anlagen)."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from services.contracts.shared.base import (
    Key,
    Line,
    Link,
    Request,
    Stored,
    Visibility,
    example,
)
from services.contracts.shared.files import FileName


class SubjectKind(StrEnum):
    """What a file belongs to (Bezug)."""

    meeting = "meeting"
    agenda_item = "agenda_item"
    paper = "paper"
    publication = "publication"
    person = "person"
    contribution = "contribution"
    implementation = "implementation"
    body = "body"


class FileRole(StrEnum):
    """What a file is for its subject (Rolle der Datei)."""

    main = "main"
    auxiliary = "auxiliary"
    invitation = "invitation"
    results_protocol = "results_protocol"
    verbatim_protocol = "verbatim_protocol"
    resolution = "resolution"
    image = "image"


class FileTexts(Request):
    """What is said of a file (Angaben zur Datei); its content is for good."""

    model_config = example(
        name="Vorlage zur Sitzung am 12. März 2026",
        file_name="Vorlage 12-2026.pdf",
        role="main",
        dated_on="2026-03-02",
        visibility="public",
    )

    name: Annotated[Line, Field(description="For people, without ending.")]
    file_name: FileName
    role: Annotated[
        FileRole | None, Field(description="What it is for its subject; null without a subject.")
    ] = None
    dated_on: Annotated[date | None, Field(description="The date on the document.")] = None
    visibility: Annotated[
        Visibility,
        Field(
            description="Who may see it, as far as they see what it belongs to. Left out, a new "
            "one that belongs to nothing or to a publication is the administration's; it is opened "
            "with the first version that has it."
        ),
    ] = Visibility.public


class NewFile(FileTexts):
    """A file (Datei) and what it belongs to; its bytes travel beside it.

    Where nothing else is said, who sees what it belongs to sees the file. One that belongs to
    nothing, or to a publication of which no version has it yet, is the administration's: it may be
    the draft of what is not public.
    """

    model_config = example(
        key=None,
        name="Vorlage zur Sitzung am 12. März 2026",
        file_name="Vorlage 12-2026.pdf",
        subject_kind="meeting",
        subject="praeventionsnetz-2026-1",
        role="auxiliary",
        dated_on="2026-03-02",
        visibility="public",
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    subject_kind: Annotated[SubjectKind | None, Field(description="What it belongs to.")] = None
    subject: Annotated[
        Key | None, Field(validate_default=True, description="Key of what it belongs to.")
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _a_draft_is_not_public(cls, said: Any) -> Any:
        if isinstance(said, Mapping) and "visibility" not in said:
            waits = said.get("subject_kind") == SubjectKind.publication
            if waits or said.get("subject") is None:
                return {**said, "visibility": Visibility.administration}
        return said

    @field_validator("subject")
    @classmethod
    def _goes_with_the_others(cls, subject: str | None, info: ValidationInfo) -> str | None:
        if (info.data.get("subject_kind") is None) != (subject is None):
            raise ValueError("subject_kind and subject go together")
        if subject is None and info.data.get("role") is not None:
            raise ValueError("a file has a role only for what it belongs to")
        return subject


class NewLinkedFile(NewFile):
    """A file that is kept elsewhere (verlinkte Datei), as another council system gives it out."""

    model_config = example(
        key=None,
        name="Anlage 1",
        file_name="00608300.pdf",
        subject_kind="paper",
        subject="ds-0012-2026",
        role="auxiliary",
        dated_on="2026-03-02",
        link="https://ris.example.org/files/608300.pdf",
        download_link=None,
        mime_type="application/pdf",
        size=None,
        external_id="https://ris.example.org/oparl/files/608300",
        visibility="public",
    )

    link: Annotated[Link, Field(description="Where it is to be looked at.")]
    download_link: Annotated[Link | None, Field(description="Where it is to be saved from.")] = None
    mime_type: Annotated[
        str,
        StringConstraints(pattern=r"^[a-z]+/[A-Za-z0-9][A-Za-z0-9.+\-]{0,120}$"),
        Field(description="As they say it is."),
    ] = "application/octet-stream"
    size: Annotated[int | None, Field(ge=0, le=2**53, description="As they say it is.")] = None
    external_id: Annotated[
        Link | None, Field(description="What it is called in the OParl of the other system.")
    ] = None


class File(Stored):
    """A file as it is stored; its bytes are at `/content` and `/download` below it.

    Of one whose subject was erased, such as a person, name and file name are null.
    """

    model_config = {
        **Stored.model_config,
        **example(
            key="f-7hq4vn2kzd",
            name="Vorlage zur Sitzung am 12. März 2026",
            file_name="Vorlage 12-2026.pdf",
            mime_type="application/pdf",
            charset=None,
            size=48213,
            sha512="3627909a29c31381a071ec27f7c9ca97726182aed29a7ddd2e54353322cfb30abb9e3a6df2ac2c20"
            "fe23436311d678564d0c8d305930575f60e2d3d048184d79",
            subject_kind="meeting",
            subject="praeventionsnetz-2026-1",
            role="auxiliary",
            dated_on="2026-03-02",
            visibility="public",
            link=None,
            download_link=None,
            external_id=None,
            withdrawn_at=None,
            reason=None,
        ),
        "extra": "ignore",
    }

    key: Key
    name: Line | None = Field(description="For people, without ending.")
    file_name: FileName | None
    subject_kind: SubjectKind | None = Field(description="What it belongs to.")
    subject: Key | None = Field(description="Key of what it belongs to.")
    role: FileRole | None = Field(description="What it is for its subject; null without a subject.")
    dated_on: date | None = Field(description="The date on the document.")
    visibility: Visibility = Field(
        description="Who may see it, as far as they see what it belongs to."
    )
    mime_type: str = Field(description="Found out from the content, if it is kept here.")
    charset: str | None = Field(description="Of a text: `utf-8` or `windows-1252`.")
    size: int | None = Field(description="In bytes; null when it is kept elsewhere.")
    sha512: str | None = Field(
        description="Checksum of the content, hexadecimal; null when it is kept elsewhere."
    )
    link: str | None = Field(description="Where it is kept, if not here.")
    download_link: str | None = Field(description="Where it is to be saved from, if not here.")
    external_id: str | None = Field(description="What it is called where it is kept.")
    withdrawn_at: datetime | None = Field(
        description="Since when it is withdrawn: its content is gone (410)."
    )
    reason: str | None = Field(description="Why it was withdrawn.")
