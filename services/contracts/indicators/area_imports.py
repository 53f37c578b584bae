"""Maps that are brought into the territory: how a portal names what they hold (Gebietsimport)."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from services.contracts.shared.base import Answer, example

CoordinateSystem = Literal["EPSG:4326", "EPSG:25832", "EPSG:25833", "EPSG:4647", "EPSG:5650"]
"""Coordinates that are taken: degrees (WGS84), or metres of ETRS89/UTM as the offices keep them."""


class PropertyRole(StrEnum):
    """What a property of a foreign map is taken for."""

    key = "key"
    name = "name"
    code = "code"


class PropertySeen(Answer):
    """A property as it was seen: what it is taken for and why; without a role it is dropped."""

    name: str
    roles: list[PropertyRole]
    different: int = Field(description="How many different values there are.")
    because: str
    examples: list[str]


class AreaToBe(Answer):
    """An area as the import would enter or correct it."""

    feature: int = Field(description="Its number in the file, from 0.")
    key: str
    name: str
    code: str | None
    is_known: bool = Field(description="Whether the town has this area already.")


class AreaImportProposal(Answer):
    """How a map could be read (Zuordnungsvorschlag)."""

    model_config = {
        **Answer.model_config,
        **example(
            features=41,
            parameters={
                "key_property": "statbez_name",
                "name_property": "statbez_name",
                "code_property": "id",
                "code_scheme": "statistischer-bezirk",
            },
            properties=[
                {
                    "name": "id",
                    "roles": ["code"],
                    "different": 41,
                    "because": "one for each area",
                    "examples": ["12", "152", "151"],
                },
                {
                    "name": "the_geom",
                    "roles": [],
                    "different": 0,
                    "because": "a shape in another coding; the geometry of the feature counts",
                    "examples": [],
                },
                {
                    "name": "statbez_name",
                    "roles": ["name", "key"],
                    "different": 41,
                    "because": "tells the areas apart",
                    "examples": ["Beutenberg / Winzerlaer Straße", "Remderoda"],
                },
            ],
            areas=[
                {
                    "feature": 1,
                    "key": "remderoda",
                    "name": "Remderoda",
                    "code": "152",
                    "is_known": False,
                }
            ],
        ),
    }

    features: int
    parameters: dict[str, str] | None = Field(
        description="To be sent with the import; empty where the map needs none, null where no "
        "property can be a name."
    )
    properties: list[PropertySeen]
    areas: list[AreaToBe] = Field(description="The first twenty.")
