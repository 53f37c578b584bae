"""Areas and their levels: the territory in versions (Gebiete, Sozialräume, Gebietsebenen)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, WithJsonSchema, field_validator

from services.contracts.shared.base import (
    Answer,
    Code,
    Key,
    Line,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


def _shape(name: str, depth: int) -> dict[str, Any]:
    """The schema of a GeoJSON geometry whose positions lie so many lists deep."""
    coordinates: dict[str, Any] = {"type": "number"}
    for _ in range(depth):
        coordinates = {"type": "array", "items": coordinates}
    return {
        "type": "object",
        "title": name,
        "properties": {"type": {"const": name}, "coordinates": coordinates},
        "required": ["type", "coordinates"],
    }


SHAPE: dict[str, Any] = {
    "description": "GeoJSON Point, Polygon or MultiPolygon in WGS84 (RFC 7946).",
    "oneOf": [_shape("Point", 1), _shape("Polygon", 3), _shape("MultiPolygon", 4)],
}
Geometry = Annotated[dict[str, Any], WithJsonSchema(SHAPE)]
Codes = Annotated[
    dict[Code, Code],
    Field(
        max_length=20,
        description=(
            "Codes by which deliveries and other registers name the area, by scheme: `ags`, "
            "`ars`, `nuts`, `dg` (Germany in official tables), `statbez`, ..."
        ),
    ),
]
Schematic = Annotated[
    bool, Field(description="True for a drawn tile that is not the area's real shape.")
]
TILE: Mapping[str, Any] = {
    "type": "Polygon",
    "coordinates": [[[11.58, 50.88], [11.61, 50.88], [11.61, 50.9], [11.58, 50.9], [11.58, 50.88]]],
}


def _after_its_start(end: date | None, info: ValidationInfo) -> date | None:
    start = info.data.get("valid_from")
    if end is not None and start is not None and end <= start:
        raise ValueError("the validity ends before it starts")
    return end


class NewAreaLevel(Request):
    """A level of areas (Gebietsebene): state, district, municipality, social space, block."""

    model_config = example(
        key="sozialraum",
        name={"de": "Sozialraum", "en": "Social space"},
        position=4,
        visibility="public",
    )

    key: Key
    name: Texts
    position: int = Field(
        ge=0, le=99, description="Rank from the top: 0 is the highest. A parent's is smaller."
    )
    visibility: Visibility = Visibility.public


class AreaLevel(Stored, NewAreaLevel):
    """A level of areas as it is stored."""

    model_config = {**Stored.model_config, **NewAreaLevel.model_config, "extra": "ignore"}


class NewAreaVersion(Request):
    """How an area is from a day on (Gebietsstand): its name, its parent, its shape."""

    model_config = example(
        valid_from="2021-07-01",
        valid_to=None,
        name={"de": "Wartburgkreis", "en": "Wartburgkreis"},
        parent="thueringen",
        codes={"ags": "16063"},
        geometry=None,
        geometry_is_schematic=False,
    )

    valid_from: date = Field(description="First day.")
    valid_to: Annotated[
        date | None, Field(description="The day on which it is no longer valid; open if null.")
    ] = None
    name: Texts
    parent: Annotated[
        Key | None, Field(description="The area it is part of, of a higher level.")
    ] = None
    codes: Codes = {}
    geometry: Geometry | None = None
    geometry_is_schematic: Schematic = False

    _ends_after_its_start = field_validator("valid_to")(_after_its_start)


class NewArea(NewAreaVersion):
    """An area (Gebiet) with its first version."""

    model_config = example(
        key="lobeda-west",
        level="statistischer-bezirk",
        kind="Großwohnsiedlung",
        visibility="public",
        valid_from="1990-01-01",
        valid_to=None,
        name={"de": "Lobeda-West", "en": "Lobeda West"},
        parent="jena",
        codes={"statbez": "23"},
        geometry=TILE,
        geometry_is_schematic=True,
    )

    key: Key
    level: Annotated[Key, Field(description="Key of its level.")]
    kind: Annotated[
        Line | None, Field(description="What kind of area it is, such as a large housing estate.")
    ] = None
    visibility: Visibility = Visibility.public


class Area(Stored, NewArea):
    """An area in the version that is valid on the day asked for."""

    model_config = {**Stored.model_config, **NewArea.model_config, "extra": "ignore"}

    has_geometry: bool = Field(
        description="Whether there is a shape; lists leave it out unless `geometry=true`."
    )


class AreaVersion(Answer):
    """One version of an area."""

    model_config = {
        **Answer.model_config,
        **example(
            revision=2,
            valid_from="2021-07-01",
            valid_to=None,
            name={"de": "Wartburgkreis", "en": "Wartburgkreis"},
            parent="thueringen",
            codes={"ags": "16063"},
            geometry=None,
            geometry_is_schematic=False,
        ),
    }

    revision: int = Field(description="The area's revision with which the version last changed.")
    valid_from: date
    valid_to: date | None = Field(description="The day on which it is no longer valid.")
    name: Texts
    parent: Key | None
    codes: Codes
    geometry: Geometry | None
    geometry_is_schematic: bool


class AreaProperties(Request):
    """Properties of one feature of an import; others, such as those of a GIS, are ignored."""

    model_config = {"extra": "ignore"}

    key: Key
    name: Annotated[Texts | Line, Field(description="Texts by language, or the German name.")]
    level: Annotated[Key | None, Field(description="Required for an area that is new.")] = None
    parent: Key | None = None
    codes: Codes = {}
    kind: Line | None = None
    visibility: Visibility = Visibility.public
    valid_from: Annotated[
        date | None,
        Field(description="Required for a new area, here or as the parameter `valid_from`."),
    ] = None
    valid_to: date | None = None
    geometry_is_schematic: Schematic = False

    _ends_after_its_start = field_validator("valid_to")(_after_its_start)


class AreaFeature(Request):
    """One area of an import."""

    model_config = {"extra": "ignore"}

    type: Literal["Feature"]
    geometry: Geometry | None
    properties: Annotated[
        dict[str, Any],
        Field(
            description="`key` and `name`; if you like `level`, `parent`, `codes`, `kind`, "
            "`visibility`, `valid_from`, `valid_to`, `geometry_is_schematic`. Or those of a "
            "portal, which the parameters explain."
        ),
    ]


class AreaCollection(Request):
    """A GeoJSON FeatureCollection of areas."""

    model_config = {
        "extra": "ignore",
        **example(
            type="FeatureCollection",
            features=[
                {
                    "type": "Feature",
                    "geometry": dict(TILE),
                    "properties": {
                        "key": "winzerla",
                        "name": "Winzerla",
                        "level": "statistischer-bezirk",
                        "parent": "jena",
                        "codes": {"statbez": "18"},
                        "valid_from": "1990-01-01",
                    },
                }
            ],
        ),
    }

    type: Literal["FeatureCollection"]
    crs: Annotated[
        Any,
        Field(
            description="WGS84 where nothing is said; metres of ETRS89/UTM (EPSG:25832, 25833, "
            "4647, 5650) are turned into degrees."
        ),
    ] = None
    features: list[AreaFeature] = Field(min_length=1, max_length=10_000)


class Imported(Answer):
    """What an import did."""

    model_config = example(created=["winzerla"], changed=["lobeda-west"], unchanged=[])

    created: list[str]
    changed: list[str]
    unchanged: list[str]
