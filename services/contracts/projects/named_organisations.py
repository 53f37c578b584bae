"""Which organisations are named in a project or measure, for whoever decides on it."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import Field

from services.contracts.shared.base import Answer, example


class NamedRole(StrEnum):
    """In which way an organisation is named (Rolle)."""

    partner = "partner"
    funder = "funder"
    grantee = "grantee"
    recipient = "recipient"
    employer = "employer"
    supplier = "supplier"
    responsible = "responsible"


class NamedOrganisation(Answer):
    """An organisation and what it is in the project."""

    organisation: str
    roles: list[NamedRole]


class NamedOrganisations(Answer):
    """The organisations that a decision on a project or measure concerns (genannte Träger)."""

    model_config = example(
        organisations=[
            {"organisation": "awo-mitte-west-thueringen", "roles": ["partner", "recipient"]},
            {"organisation": "stadt-jena", "roles": ["partner", "grantee"]},
        ]
    )

    organisations: Sequence[NamedOrganisation] = Field(description="In the order of their keys.")
