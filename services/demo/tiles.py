"""Schematic geometry: rectangles that show where areas lie to one another, not their shape."""

from typing import Any


def tile(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A rectangle as a GeoJSON polygon, counterclockwise as RFC 7946 asks."""
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def on_grid(column: int, row: int, west: float, south: float, side: float) -> dict[str, Any]:
    """The square at a place of a grid whose lower left corner is at `west`, `south`."""
    left, bottom = round(west + column * side, 4), round(south + row * side, 4)
    return tile(left, bottom, round(left + side, 4), round(bottom + side, 4))
