"""Organisations: who sends members, runs offers, advises, funds (Organisationen, Träger)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.boards.external import ExternalId
from services.contracts.shared.base import (
    Key,
    Link,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)
from services.contracts.shared.validity import EndsOn, StartsOn


class OrganisationKind(StrEnum):
    """What an organisation is; the categories by which boards are composed."""

    administration = "administration"
    council_group = "council_group"
    welfare_association = "welfare_association"
    association = "association"
    science = "science"
    business = "business"
    jobcentre = "jobcentre"
    employment_agency = "employment_agency"
    religious_community = "religious_community"
    municipal_enterprise = "municipal_enterprise"
    network = "network"
    funder = "funder"
    other = "other"


class NewOrganisation(Request):
    """An organisation (Organisation): an association, a department, a council group.

    A council group lasts from `starts_on` to `ends_on`: only then is a place owed to it.
    """

    model_config = example(
        key="jenarbeit",
        name={"de": "jenarbeit - Jobcenter der Stadt Jena", "en": "jenarbeit - Jena job centre"},
        kind="jobcentre",
        parent=None,
        starts_on=None,
        ends_on=None,
        description=None,
        website=None,
        external_id=None,
        visibility="public",
    )

    key: Key
    name: Texts
    kind: OrganisationKind
    parent: Annotated[
        Key | None, Field(description="The organisation this one is part of, such as a department.")
    ] = None
    starts_on: StartsOn = None
    ends_on: EndsOn = None
    description: LongTexts | None = None
    website: Link | None = None
    external_id: ExternalId = None
    visibility: Visibility = Visibility.public


class Organisation(Stored, NewOrganisation):
    """An organisation as it is stored."""

    model_config = {**Stored.model_config, **NewOrganisation.model_config, "extra": "ignore"}
