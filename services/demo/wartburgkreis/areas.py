"""The Wartburgkreis before and after Eisenach joined it; schematic tiles (Gebietsstände)."""

from datetime import date

from services.contracts.indicators.areas import NewArea, NewAreaVersion
from services.contracts.indicators.territory import Move, NewCrosswalk
from services.demo.areas import ABOVE
from services.demo.texts import texts
from services.demo.tiles import tile

INDEPENDENT = date(1998, 1, 1)
"""Eisenach became an independent city."""
JOINED = date(2021, 7, 1)
"""Eisenach joined the Wartburgkreis."""
_CODES = {"ags": "16063", "ars": "160630000000"}

AREAS = [
    *ABOVE,
    NewArea(
        key="wartburgkreis",
        level="kreis",
        kind="Landkreis",
        valid_from=INDEPENDENT,
        name=texts("Wartburgkreis"),
        parent="thueringen",
        codes=_CODES,
        geometry=tile(10, 50.6, 10.4, 50.9),
        geometry_is_schematic=True,
    ),
    NewArea(
        key="eisenach",
        level="kreis",
        kind="Kreisfreie Stadt",
        valid_from=INDEPENDENT,
        valid_to=JOINED,
        name=texts("Eisenach"),
        parent="thueringen",
        codes={"ags": "16056"},
        geometry=tile(10.2, 50.9, 10.4, 51),
        geometry_is_schematic=True,
    ),
]

LATER = {
    "wartburgkreis": NewAreaVersion(
        valid_from=JOINED,
        name=texts("Wartburgkreis"),
        parent="thueringen",
        codes=_CODES,
        geometry=tile(10, 50.6, 10.4, 51),
        geometry_is_schematic=True,
    )
}

CROSSWALKS = [
    NewCrosswalk(
        key="eisenach-2021",
        title=texts("Eingliederung der Stadt Eisenach", "Eisenach joins the Wartburgkreis"),
        valid_from=JOINED,
        source="Amtliche Gebietsänderungen 2021",
        moves=[Move(from_area="eisenach", to_area="wartburgkreis")],
    )
]
