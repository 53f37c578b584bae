"""Updates: what was reached, and who says so (Fortschrittsmeldungen)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, field_validator, model_validator

from services.contracts.projects.shapes import Several
from services.contracts.projects.targets import Number, Part, each_part_once
from services.contracts.shared.base import (
    Key,
    Line,
    Link,
    LongTexts,
    Prose,
    Request,
    Stored,
    Visibility,
    example,
)
from services.contracts.shared.files import Sha512


class UpdateState(StrEnum):
    """How far an update is (Stand der Meldung). Only what is approved counts."""

    draft = "draft"
    submitted = "submitted"
    approved = "approved"
    returned = "returned"


class Proof(Request):
    """What shows that a figure is right (Beleg): an evidence file that is kept here, which the
    administration alone is told of, or by its digest, address or file reference."""

    file: Annotated[Key | None, Field(description="Key of the evidence file.")] = None
    title: Annotated[
        Line | None, Field(description="Needed unless `file` is named: then it is its name.")
    ] = None
    sha512: Annotated[
        Sha512 | None,
        Field(description="SHA-512 of the file; that of `file` where it is named."),
    ] = None
    digest: Annotated[
        Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None,
        Field(description="SHA-256 of the file."),
    ] = None
    url: Link | None = None
    reference: Annotated[Line | None, Field(description="File reference (Aktenzeichen).")] = None

    @model_validator(mode="after")
    def _can_be_found(self) -> "Proof":
        found = (self.file, self.sha512, self.digest, self.url, self.reference)
        if not any(found):
            raise ValueError("say how the proof is found: file, sha512, digest, url or reference")
        if self.file is None and self.title is None:
            raise ValueError("say what the proof is called")
        return self


class NewTargetUpdate(Request):
    """What was reached in a period (Fortschrittsmeldung)."""

    model_config = example(
        key="fachplanungen-2024-h1",
        period="fachplanungen-2024",
        reported_on="2024-06-30",
        value="2",
        parts=[
            {"dimension": "feld", "value": "jugend", "amount": "1"},
            {"dimension": "feld", "value": "alter", "amount": "1"},
        ],
        comment={"de": "Die Altenhilfeplanung berichtet erstmals mit."},
        evidence=[
            {
                "file": None,
                "title": "Gemeinsamer Bericht",
                "sha512": None,
                "digest": None,
                "url": None,
                "reference": "51.3-2024/17",
            }
        ],
        visibility="public",
    )

    key: Key
    period: Annotated[Key, Field(description="Key of the period.")]
    reported_on: Annotated[date, Field(description="The day up to which it tells.")]
    value: Annotated[
        Number | None, Field(description="Null: the sum of the parts, once all are known.")
    ] = None
    parts: Several[Part] = Field(default_factory=list)
    comment: LongTexts | None = None
    evidence: Several[Proof] = Field(default_factory=list)
    visibility: Visibility = Visibility.public

    _once = field_validator("parts")(each_part_once)


class TargetUpdate(Stored, NewTargetUpdate):
    """An update as it is stored."""

    model_config = ConfigDict(extra="ignore")

    state: UpdateState
    submitted_by: str | None = Field(
        description="An identifier, never a name; null for others than the administration."
    )
    submitted_at: datetime | None
    decided_at: datetime | None
    returned_because: str | None = Field(
        description="What is to be put right; for the administration."
    )


class Returning(Request):
    """Why an update goes back (Rückgabe)."""

    model_config = example(reason="Der Beleg für die Altenhilfe fehlt.")

    reason: Prose
