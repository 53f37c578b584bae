"""GeoJSON (RFC 7946): whether it is asked for, and how the database makes it."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Query
from sqlalchemy import ColumnElement, Text, cast, func
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col

GEOJSON = "application/geo+json"


async def _asked(
    format: Annotated[
        Literal["json", "geojson"] | None, Query(description="Or by the header `Accept`.")
    ] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> bool:
    return format == "geojson" or (format is None and GEOJSON in accept)


AsGeoJson = Annotated[bool, Depends(_asked)]


def collected(key: Any, geometry: Any, properties: Mapping[str, Any]) -> ColumnElement[str]:
    """The rows as the text of a FeatureCollection, in the order of their keys."""
    feature = _object(type="Feature", id=key, geometry=geometry, properties=_object(**properties))
    features = func.json_agg(aggregate_order_by(feature, col(key)))
    collection = _object(
        type="FeatureCollection", features=func.coalesce(features, func.json_build_array())
    )
    return cast(collection, Text)


def _object(**parts: Any) -> ColumnElement[Any]:
    return func.json_build_object(*(part for pair in parts.items() for part in pair))
