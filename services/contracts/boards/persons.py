"""Persons: members of bodies (Personen). Personal data: to be seen by the administration alone
unless a person agreed to more."""

from typing import Annotated

from pydantic import Field

from services.contracts.shared.base import Key, Line, Request, Stored, Visibility, example


class NewPerson(Request):
    """A person (Person) who sits in a body or writes its minutes."""

    model_config = example(
        given_name="Erika",
        family_name="Mustermann",
        form_of_address="Frau",
        title="Dr.",
        organisation="paritaetischer",
        visibility="administration",
    )

    key: Annotated[
        Key | None,
        Field(description="Leave it out to get one that says nothing about the person."),
    ] = None
    given_name: Annotated[Line, Field(description="Vorname.")]
    family_name: Annotated[Line, Field(description="Familienname.")]
    form_of_address: Annotated[Line | None, Field(description="Anrede, such as Frau.")] = None
    title: Annotated[Line | None, Field(description="Academic title, such as Dr.")] = None
    organisation: Annotated[
        Key | None, Field(description="Where the person works or whom they represent.")
    ] = None
    visibility: Annotated[
        Visibility,
        Field(description="Who may know that this person is there; the administration if not said"),
    ] = Visibility.administration


class Person(Stored, NewPerson):
    """A person as stored."""

    model_config = {**Stored.model_config, **NewPerson.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["p-k4x2m7qa3z"])]
