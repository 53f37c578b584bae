"""Who may: roles per municipality and what each of them is allowed to do."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Role(StrEnum):
    """What somebody is in one municipality (Rolle)."""

    public = "public"
    member = "member"
    supplier = "supplier"
    planner = "planner"
    secretary = "secretary"
    controller = "controller"
    statistician = "statistician"
    case_worker = "case_worker"
    administrator = "administrator"


_READ = ("*:read", "boards.contributions:submit")
"""What everybody may: read what is public, and have a say where it is asked for."""
_STAFF = (
    *_READ,
    "*:history",
    "indicators.deliveries:inspect",
    "projects.figures:inspect",
    "projects.positions:inspect",
    "boards.coordinated_reports:inspect",
    "gateway.deadline-feeds:write",
)

GRANTS: Mapping[Role, tuple[str, ...]] = {
    Role.public: _READ,
    Role.member: _READ,
    Role.supplier: (
        *_READ,
        "indicators.deliveries:inspect",
        "indicators.deliveries:deliver",
        "gateway.webhooks:own",
    ),
    Role.planner: (
        *_STAFF,
        "indicators.areas:write",
        "indicators.catalogue:write",
        "indicators.territory:write",
        "indicators.indices:write",
        "indicators.facilities:write",
        "indicators.needs:write",
        "indicators.reports:write",
        "indicators.deliveries:deliver",
        "projects.planning:write",
        "projects.measures:write",
        "projects.targets:write",
        "projects.targets:approve",
        "projects.participation:write",
        "projects.participation:inspect",
        "projects.money:inspect",
        "projects.evidence_files:write",
        "boards.publications:write",
        "boards.files:write",
        "boards.coordinated_reports:write",
        "boards.coordinated_reports:approve",
    ),
    Role.secretary: (
        *_STAFF,
        "boards.*:write",
        "boards.coordinated_reports:approve",
        "boards.persons:data",
        "boards.persons:erase",
    ),
    Role.controller: (
        *_STAFF,
        "projects.*:write",
        "boards.coordinated_reports:approve",
        "projects.targets:approve",
        "projects.participation:write",
        "projects.participation:inspect",
        "projects.targets:lock",
        "projects.money:inspect",
    ),
    Role.statistician: (*_STAFF, "indicators.*", "gateway.webhooks:own"),
    Role.case_worker: (*_READ, "projects.participants:*"),
    Role.administrator: ("*",),
}
"""Patterns of permissions; a permission is `service.resource:verb`. Default is no."""

SECLUDED = ("projects.participants:",)
"""Data of persons of which special categories are part (Art. 9 GDPR): a pattern gives such a
permission only if it begins like this, so that neither `*` nor `*:read` does."""

SEES_EVERYTHING = frozenset(
    {Role.planner, Role.secretary, Role.controller, Role.statistician, Role.administrator}
)
"""Roles of the administration: they see rows of every visibility."""


class Municipality(BaseModel):
    """The municipality a request is about (Kommune); `id` is the official regional key (ARS)."""

    model_config = ConfigDict(frozen=True)

    key: str
    id: int


class Actor(BaseModel):
    """Who acts, in which municipality, as what. Signed by the gateway, verified by each service."""

    model_config = ConfigDict(frozen=True)

    subject: str = Field(description="Identifier of issuer and person, key or token; never a name.")
    kind: Literal["anonymous", "person", "machine", "service"]
    roles: frozenset[Role]
    municipality: Municipality | None = None
    supplier: str | None = Field(
        default=None, description="Key of the organisation a machine delivers for."
    )
    person: UUID | None = Field(
        default=None, description="The person in the boards service this account belongs to."
    )

    @property
    def sees_everything(self) -> bool:
        return bool(self.roles & SEES_EVERYTHING)
