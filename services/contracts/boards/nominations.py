"""Whom organisations must name for bodies, by when and why (Benennungen)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.boards.organisations import OrganisationKind
from services.contracts.shared.base import Answer, Key, Texts, example


class NominationReason(StrEnum):
    """Why somebody must be named (Grund der Benennung)."""

    vacant = "vacant"
    lapsed = "lapsed"
    carried_over = "carried_over"
    term_ends = "term_ends"
    leaves = "leaves"
    new_place = "new_place"
    substitute = "substitute"


class Nomination(Answer):
    """Somebody whom an organisation must name for a seat (Benennung)."""

    model_config = example(
        body="planungsbeirat-lsz",
        body_name={"de": "Planungsbeirat LSZ"},
        seat="planungsbeirat-lsz-paritaetischer",
        seat_name={"de": "Paritätischer Wohlfahrtsverband"},
        count=1,
        due_on="2026-07-01",
        overdue=False,
        reason="term_ends",
        clause="§ 4 Abs. 1 der Geschäftsordnung",
        text={
            "de": "Für „Paritätischer Wohlfahrtsverband“ (Planungsbeirat LSZ) ist bis zum 30. Juni "
            "2026 jemand zu benennen: Dann endet die Amtszeit."
        },
    )

    body: Key
    body_name: Texts
    seat: Annotated[Key | None, Field(description="Null: a substitute for a member without one.")]
    seat_name: Texts | None
    count: Annotated[int, Field(description="How many people are to be named.")]
    due_on: Annotated[
        date | None,
        Field(description="The day from which somebody is missing; null: nobody knows since when."),
    ]
    overdue: Annotated[bool, Field(description="Somebody is missing on the day that was asked.")]
    reason: NominationReason
    clause: Annotated[str | None, Field(description="Where it is laid down.")]
    text: Annotated[Texts, Field(description="A sentence that says it.")]


class NominationsOf(Answer):
    """What one organisation must name (Benennungen einer Organisation)."""

    model_config = example(
        organisation="paritaetischer",
        name={"de": "Paritätischer Wohlfahrtsverband"},
        organisation_kind="welfare_association",
        nominations=[],
    )

    organisation: Annotated[
        Key | None,
        Field(description="Null: any of this kind, or anybody, or one that you may not see."),
    ]
    name: Texts | None
    organisation_kind: OrganisationKind | None
    nominations: Annotated[Sequence[Nomination], Field(description="What is due first, first.")]


class Nominations(Answer):
    """Whom organisations must name (Benennungsliste)."""

    model_config = example(on="2026-01-15", until="2027-01-15", organisations=[])

    on: date
    until: Annotated[date, Field(description="What falls due up to this day is listed.")]
    organisations: Annotated[Sequence[NominationsOf], Field(description="By their keys.")]
