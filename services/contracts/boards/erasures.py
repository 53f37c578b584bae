"""The rights of people to their data: to know them and to have them erased (Art. 15, 17 GDPR)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from services.contracts.boards.persons import ErasureGround, Person, PersonField
from services.contracts.shared.base import Answer, Key, Request, Revision, Visibility, example


class NewErasure(Request):
    """A request to erase what is kept of a person (Antrag auf Löschung)."""

    model_config = example(ground="consent_withdrawn")

    ground: ErasureGround


class Erasure(Answer):
    """What was erased. That there was somebody, and which seats they held, is kept without name."""

    model_config = example(
        person="p-k4x2m7qa3z",
        ground="consent_withdrawn",
        erased_at="2026-03-01T09:30:00Z",
        states=3,
        memberships=2,
        files=0,
    )

    person: Key
    ground: ErasureGround
    erased_at: datetime
    states: Annotated[int, Field(description="Earlier states of the entry that were redacted.")]
    memberships: Annotated[int, Field(description="Memberships kept as facts without a name.")]
    files: Annotated[int, Field(description="Files that were withdrawn and erased, as a photo.")]


class DeletionState(StrEnum):
    """What is to be done about the data of a person (Stand der Löschung)."""

    due = "due"
    postponed = "postponed"
    unplanned = "unplanned"


class Deletion(Answer):
    """A person whose data are to be erased, or whom nobody needs any longer (Löschliste)."""

    model_config = example(
        person="p-k4x2m7qa3z",
        person_id="0193d3a4-5b6c-7d8e-9f00-112233445566",
        state="postponed",
        delete_on="2025-12-31",
        needed_until="2026-06-30",
    )

    person: Key
    person_id: UUID
    state: DeletionState
    delete_on: date | None
    needed_until: Annotated[
        date | None,
        Field(
            description="Last day of the last membership or of its term; null when there is none, "
            "or no end is known."
        ),
    ]


class StoredRows(Answer):
    """Rows of one kind in which the person stands."""

    model_config = example(
        kind="membership", rows=[{"key": "m-5rj3tq2wxa", "body": "planungsbeirat-lsz"}]
    )

    kind: Annotated[str, Field(examples=["membership"])]
    rows: Sequence[Mapping[str, Any]]


class JournalEntry(Answer):
    """That something happened to the entry of the person, and when. The journal holds no names."""

    model_config = example(
        seq=17, type="boards.person.changed.v1", at="2026-01-15T09:30:00Z", actor="token:clerk"
    )

    seq: int
    type: str
    at: datetime
    actor: Annotated[str, Field(description="Who did it: an identifier, never a name.")]


class PersonData(Answer):
    """Everything that is kept of a person, for the person (Auskunft nach Art. 15 DSGVO)."""

    person: Person
    shown_to: Annotated[
        Mapping[str, Sequence[PersonField]],
        Field(
            description="Who may see which fields today: the recipients (Empfänger).",
            examples=[{"public": ["name"], "members": ["name"], "administration": ["name"]}],
        ),
    ]
    known_to: Annotated[Visibility, Field(description="Who may know that the person is there.")]
    states: Annotated[Sequence[Revision], Field(description="Every state of the entry.")]
    rows: Annotated[
        Sequence[StoredRows],
        Field(description="Memberships and everything else that names the person or one of them."),
    ]
    journal: Sequence[JournalEntry]
