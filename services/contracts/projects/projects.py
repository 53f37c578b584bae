"""Projects: what is done with the money, with whom and where (Vorhaben, Projekte)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, field_validator

from services.contracts.projects.shapes import Several, TextList
from services.contracts.shared.base import (
    Key,
    Keys,
    Line,
    Link,
    LongTexts,
    Request,
    Stored,
    Texts,
    Visibility,
    each_once,
    example,
)
from services.contracts.shared.validity import not_before_start


class ProjectState(StrEnum):
    """How far a project is (Stand)."""

    planned = "planned"
    running = "running"
    completed = "completed"
    cancelled = "cancelled"


class PartnerRole(StrEnum):
    """What an organisation does in a project (Rolle im Projekt)."""

    applicant = "applicant"
    lead = "lead"
    implementing = "implementing"
    cooperating = "cooperating"
    supporting = "supporting"
    funder = "funder"
    other = "other"


class ProjectPartner(Request):
    """An organisation that takes part (Projektpartner)."""

    organisation: Annotated[Key, Field(description="Key of the organisation.")]
    role: PartnerRole
    note: Texts | None = None


class ProjectSite(Request):
    """A place where the project works (Standort)."""

    name: Texts
    area: Annotated[Key | None, Field(description="Key of the area it lies in.")] = None
    address: Line | None = None


class NewProject(Request):
    """A project (Vorhaben)."""

    model_config = example(
        key="biwaq-jena",
        name={
            "de": "Bildung, Wirtschaft, Arbeit im Quartier (BIWAQ)",
            "en": "Education, Business, Work in the Neighbourhood (BIWAQ)",
        },
        programmes=["biwaq"],
        state="running",
        starts_on="2019-01-01",
        ends_on=None,
        partners=[
            {"organisation": "stadt-jena", "role": "applicant", "note": None},
            {"organisation": "jenawirtschaft", "role": "implementing", "note": None},
            {"organisation": "awo-mitte-west-thueringen", "role": "implementing", "note": None},
        ],
        sites=[{"name": {"de": "Jobladen Lobeda"}, "area": "lobeda", "address": None}],
        advising_bodies=["projektbeirat-biwaq"],
        goals=[{"de": "Beschäftigung im Quartier"}],
        tasks=[{"de": "Koordination des Projektteams und der Projektpartner"}],
        description={"de": "Jobläden in Lobeda und Winzerla beraten und vermitteln."},
        website=None,
        visibility="public",
    )

    key: Key
    name: Texts
    programmes: Annotated[Keys, Field(description="Keys of the programmes that fund it.")] = Field(
        default_factory=list
    )
    state: ProjectState = ProjectState.planned
    starts_on: date
    ends_on: Annotated[date | None, Field(description="Last day; null is open.")] = None
    partners: Several[ProjectPartner] = Field(
        default_factory=list, description="Each organisation once in each role."
    )
    sites: Several[ProjectSite] = Field(default_factory=list)
    advising_bodies: Annotated[Keys, Field(description="Keys of the bodies that advise it.")] = (
        Field(default_factory=list)
    )
    goals: TextList = Field(default_factory=list)
    tasks: TextList = Field(default_factory=list)
    description: LongTexts | None = None
    website: Link | None = None
    visibility: Visibility = Visibility.public

    _span = field_validator("ends_on")(not_before_start)

    @field_validator("partners")
    @classmethod
    def _each_role_once(cls, partners: list[ProjectPartner]) -> list[ProjectPartner]:
        each_once([(partner.organisation, partner.role) for partner in partners])
        return partners


class Project(Stored, NewProject):
    """A project as it is stored."""

    model_config = ConfigDict(extra="ignore")
