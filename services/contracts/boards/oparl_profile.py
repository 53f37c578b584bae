"""How a municipality presents itself to other software that reads its council information."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from services.contracts.boards.meetings import Moment
from services.contracts.boards.persons import Email
from services.contracts.shared.base import Line, Link, Request, Stored, Texts, example


class NewOParlProfile(Request):
    """The profile (Steckbrief) of the municipality in OParl: its name, its licence, whom to ask."""

    model_config = example(
        name={"de": "Stadt Jena", "en": "City of Jena"},
        short_name="Jena",
        classification="Kreisfreie Stadt",
        website="https://www.jena.de",
        license="https://www.govdata.de/dl-de/by-2-0",
        license_valid_since="2026-01-01T00:00:00+01:00",
        oparl_since="2026-01-01T00:00:00+01:00",
        contact_name="Büro des Stadtrates",
        contact_email="stadtrat@example.org",
        equivalent=["https://www.wikidata.org/entity/Q3150"],
    )

    name: Annotated[Texts, Field(description="The official name of the municipality.")]
    short_name: Line | None = None
    classification: Annotated[
        Line | None, Field(description="What kind of municipality, such as Landkreis.")
    ] = None
    website: Link | None = None
    license: Annotated[
        Link | None, Field(description="Address of the licence under which all of it stands.")
    ] = None
    license_valid_since: Moment | None = None
    oparl_since: Annotated[
        Moment | None, Field(description="From when on the data are complete.")
    ] = None
    contact_name: Annotated[Line | None, Field(description="An office, never a person.")] = None
    contact_email: Annotated[Email | None, Field(description="Of the office.")] = None
    equivalent: Annotated[
        list[Link],
        Field(max_length=20, description="Other addresses that stand for the same municipality."),
    ] = []


class OParlProfile(Stored, NewOParlProfile):
    """The profile as it is stored."""

    model_config = {**Stored.model_config, **NewOParlProfile.model_config, "extra": "ignore"}

    license_valid_since: datetime | None
    oparl_since: datetime | None
