"""Jena and those of its parts that the demo speaks of; schematic tiles (Gebiete)."""

from datetime import date

from services.contracts.indicators.areas import NewArea
from services.demo.areas import ABOVE
from services.demo.texts import texts
from services.demo.tiles import on_grid, tile

REFORM = date(1994, 7, 1)
"""Since then the villages around belong to the city."""
_WEST, _SOUTH, _SIDE = 11.5, 50.86, 0.03
_PARTS = (("lobeda", "Lobeda", 3, 0), ("winzerla", "Winzerla", 1, 0))
_DISTRICTS = (
    ("jena-zentrum", "Jena-Zentrum", "41", "jena", 2, 3),
    ("jena-west", "Jena-West", "42", "jena", 1, 3),
    ("jena-nord", "Jena-Nord", "43", "jena", 2, 4),
    ("jena-sued", "Jena-Süd", "44", "jena", 1, 2),
    ("lobeda-altstadt", "Lobeda-Altstadt", "61", "lobeda", 3, 1),
    ("lobeda-west", "Lobeda-West", "62", "lobeda", 3, 0),
    ("lobeda-ost", "Lobeda-Ost", "63", "lobeda", 4, 0),
    ("statbez-winzerla", "Winzerla", "90", "winzerla", 1, 0),
)

AREAS = [
    *ABOVE,
    NewArea(
        key="jena",
        level="kreis",
        kind="Kreisfreie Stadt",
        valid_from=REFORM,
        name=texts("Jena"),
        parent="thueringen",
        codes={"ags": "16053", "ars": "160530000000"},
        geometry=tile(11.5, 50.86, 11.68, 51.01),
        geometry_is_schematic=True,
    ),
    *(
        NewArea(
            key=key,
            level="stadtteil",
            valid_from=REFORM,
            name=texts(name),
            parent="jena",
            geometry=on_grid(column, row, _WEST, _SOUTH, _SIDE),
            geometry_is_schematic=True,
        )
        for key, name, column, row in _PARTS
    ),
    *(
        NewArea(
            key=key,
            level="statistischer-bezirk",
            valid_from=REFORM,
            name=texts(name),
            parent=parent,
            codes={"statbez": code},
            geometry=on_grid(column, row, _WEST, _SOUTH, _SIDE),
            geometry_is_schematic=True,
        )
        for key, name, code, parent, column, row in _DISTRICTS
    ),
]
