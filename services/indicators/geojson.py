"""Whether what can also be had as GeoJSON (RFC 7946) is asked for as such."""

from typing import Annotated, Literal

from fastapi import Depends, Header, Query

GEOJSON = "application/geo+json"


async def _asked(
    format: Annotated[
        Literal["json", "geojson"] | None, Query(description="Or by the header `Accept`.")
    ] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> bool:
    return format == "geojson" or (format is None and GEOJSON in accept)


AsGeoJson = Annotated[bool, Depends(_asked)]
