"""Persons: members of bodies (Personen). Personal data: kept here and nowhere else, for a purpose,
until a day, and published field by field as the person agreed to."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from services.contracts.shared.base import (
    Key,
    Line,
    LongTexts,
    Request,
    Stored,
    Visibility,
    example,
)


class Purpose(StrEnum):
    """What data of a person are kept for (Zweck, Art. 5(1)(b) GDPR)."""

    board_work = "board_work"
    office = "office"
    participation = "participation"
    contact = "contact"


class PersonField(StrEnum):
    """What of a person can be published, each with a consent of its own."""

    name = "name"
    gender = "gender"
    email = "email"
    phone = "phone"
    address = "address"
    photo = "photo"
    life = "life"


class Audience(StrEnum):
    """To whom a person agreed to show something (Kreis der Empfänger)."""

    public = "public"
    members = "members"


class ErasureGround(StrEnum):
    """Why data of a person were erased: Art. 17(1) GDPR, letters a to e, or the deletion date."""

    expired = "expired"
    not_needed = "not_needed"
    consent_withdrawn = "consent_withdrawn"
    objection = "objection"
    unlawful = "unlawful"
    legal_obligation = "legal_obligation"


class Consent(Request):
    """A person agreed that something is shown (Einwilligung, Art. 7 GDPR)."""

    model_config = example(
        field="name",
        audience="public",
        given_on="2026-01-15",
        withdrawn_on=None,
        text_version="2026-01",
    )

    field: PersonField
    audience: Audience = Audience.public
    given_on: Annotated[date, Field(description="The day on which the person agreed.")]
    withdrawn_on: Annotated[
        date | None,
        Field(description="From this day on it is shown no longer. Not before `given_on`."),
    ] = None
    text_version: Annotated[
        Line, Field(description="Which version of the form the person has signed.")
    ]

    @model_validator(mode="after")
    def _in_order(self) -> "Consent":
        if self.withdrawn_on is not None and self.withdrawn_on < self.given_on:
            raise ValueError("a consent is not withdrawn before it is given")
        return self


def _standing_once(consents: list[Consent]) -> list[Consent]:
    standing = [(one.field, one.audience) for one in consents if one.withdrawn_on is None]
    if len(standing) != len(set(standing)):
        raise ValueError("a field has two consents for the same readers; withdraw one")
    return consents


Email = Annotated[
    str,
    StringConstraints(pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+$", max_length=254),
]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 /()\-]{2,38}[0-9]$")]


class PersonDetails(Request):
    """What is kept of a person (Angaben zur Person); a name that is hidden or erased is null."""

    key: Annotated[
        Key | None,
        Field(
            description="Leave it out to get one that says nothing about the person. It outlives "
            "the name, so it must not hold a part of it."
        ),
    ] = None
    given_name: Annotated[Line | None, Field(description="Vorname.")]
    family_name: Annotated[Line | None, Field(description="Familienname.")]
    form_of_address: Annotated[Line | None, Field(description="Anrede, such as Frau.")] = None
    title: Annotated[Line | None, Field(description="Academic title, such as Dr.")] = None
    affix: Annotated[Line | None, Field(description="Namenszusatz, such as jun. or MdL.")] = None
    gender: Annotated[
        str | None,
        StringConstraints(pattern=r"^[a-z]{2,30}$"),
        Field(description="An English word, such as female; null when not known or not told."),
    ] = None
    organisation: Annotated[
        Key | None, Field(description="Where the person works or whom they represent.")
    ] = None
    email: Annotated[Sequence[Email], Field(max_length=5)] = []
    phone: Annotated[Sequence[Phone], Field(max_length=5)] = []
    address: Annotated[
        Line | None, Field(description="Where letters reach the person (Kontaktanschrift).")
    ] = None
    life: Annotated[LongTexts | None, Field(description="Who the person is, for readers.")] = None
    purpose: Annotated[Purpose, Field(description="What the data are kept for (Zweck).")] = (
        Purpose.board_work
    )
    public_by_law: Annotated[
        Line | None,
        Field(
            description="The provision by which everybody may know the name without a consent, as "
            "for an elected member of the council; null: only with a consent."
        ),
    ] = None
    consents: Annotated[
        list[Consent],
        AfterValidator(_standing_once),
        Field(max_length=50, description="What the person agreed to show, and to whom."),
    ] = []
    delete_on: Annotated[
        date | None,
        Field(
            description="The day on which the data are erased (Löschdatum); null while the person "
            "is needed."
        ),
    ] = None
    visibility: Annotated[
        Visibility,
        Field(
            description="Who may know that somebody is there; the administration if not said. "
            "What of the person they see is a matter of `consents` and `public_by_law`."
        ),
    ] = Visibility.administration


class NewPerson(PersonDetails):
    """A person (Person) who sits in a body or writes its minutes."""

    model_config = example(
        given_name="Erika",
        family_name="Mustermann",
        form_of_address="Frau",
        title="Dr.",
        organisation="paritaetischer",
        email=["erika.mustermann@example.org"],
        purpose="board_work",
        consents=[
            {
                "field": "name",
                "audience": "public",
                "given_on": "2026-01-15",
                "text_version": "2026-01",
            }
        ],
        delete_on="2031-12-31",
        visibility="public",
    )

    given_name: Annotated[Line, Field(description="Vorname.")]
    family_name: Annotated[Line, Field(description="Familienname.")]


class Person(Stored, PersonDetails):
    """A person as the reader may see them: what is not for the reader is null or empty."""

    model_config = {**Stored.model_config, **NewPerson.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["p-k4x2m7qa3z"])]
    email: Sequence[str]
    phone: Sequence[str]
    erased_at: Annotated[
        datetime | None, Field(description="When name and contact were erased; null: they are kept")
    ]
    erasure_ground: ErasureGround | None
