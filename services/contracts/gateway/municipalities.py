"""Municipalities: the towns and counties that plan with this installation (Kommunen, Mandanten)."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from services.contracts.shared.base import (
    Answer,
    Key,
    Language,
    Link,
    LongTexts,
    Request,
    Texts,
    each_once,
    example,
)

RegionalKey = Annotated[
    str,
    StringConstraints(pattern=r"^(0[1-9]|1[0-6])\d{10}$"),
    Field(description="Official regional key, 12 digits (Amtlicher Regionalschlüssel, ARS)."),
]


def _not_an_address(key: str) -> str:
    if key in ("municipalities", "problems"):
        raise ValueError("this word is part of the addresses")
    return key


class MunicipalityKind(StrEnum):
    """What kind of territorial authority it is (Gebietskörperschaft)."""

    independent_city = "independent_city"
    county = "county"
    municipality = "municipality"
    association = "association"


def _with_german(languages: list[Language]) -> list[Language]:
    if "de" not in languages:
        raise ValueError("German (de) is always among them")
    return languages


class MunicipalityDetails(Request):
    """What can change about a municipality (Kommune)."""

    model_config = example(
        name={"de": "Stadt Jena", "en": "City of Jena"},
        kind="independent_city",
        state={"de": "Freistaat Thüringen", "en": "Free State of Thuringia"},
        languages=["de", "en"],
        website="https://www.jena.de",
        description={"de": "Kreisfreie Stadt mit integrierter Sozialplanung."},
    )

    name: Texts
    kind: MunicipalityKind
    state: Texts = Field(description="The federal state (Land).")
    languages: Annotated[
        list[Language], AfterValidator(each_once), AfterValidator(_with_german)
    ] = Field(default=["de"], min_length=1, description="Languages its texts are kept in.")
    website: Link | None = None
    description: LongTexts | None = None


class NewMunicipality(MunicipalityDetails):
    """A municipality (Kommune) that begins to plan here. `key` and `id` are for good."""

    model_config = example(
        key="jena",
        id="160530000000",
        name={"de": "Stadt Jena", "en": "City of Jena"},
        kind="independent_city",
        state={"de": "Freistaat Thüringen", "en": "Free State of Thuringia"},
        languages=["de", "en"],
        website="https://www.jena.de",
        description={"de": "Kreisfreie Stadt mit integrierter Sozialplanung."},
    )

    key: Annotated[Key, AfterValidator(_not_an_address)]
    id: RegionalKey


class RegisteredMunicipality(Answer, NewMunicipality):
    """A municipality as it is registered."""

    model_config = {**Answer.model_config, **NewMunicipality.model_config, "extra": "ignore"}

    revision: int = Field(description="Grows with every change; send it back as If-Match.")
    created_at: datetime
    changed_at: datetime
