"""The levels and the areas above a municipality, alike in both (Gebietsebenen, Gebiete)."""

from datetime import date

from services.contracts.indicators.areas import NewArea, NewAreaLevel
from services.demo.texts import texts
from services.demo.tiles import tile

UNITY = date(1990, 10, 3)

LEVELS = [
    NewAreaLevel(key=key, name=name, position=position)
    for position, (key, name) in enumerate(
        (
            ("bund", texts("Deutschland", "Germany", "Germania")),
            ("land", texts("Land", "Federal state", "Stato federato")),
            ("kreis", texts("Landkreise und kreisfreie Städte", "Counties and independent cities")),
            ("stadtteil", texts("Stadtteil (Planungsraum)", "Part of the town (planning area)")),
            ("statistischer-bezirk", texts("Statistischer Bezirk", "Statistical district")),
        )
    )
]

ABOVE = [
    NewArea(
        key="deutschland",
        level="bund",
        valid_from=UNITY,
        name=texts("Deutschland", "Germany", "Germania"),
        codes={"dg": "DG"},
        geometry=tile(6, 47.5, 15, 55),
        geometry_is_schematic=True,
    ),
    NewArea(
        key="thueringen",
        level="land",
        valid_from=UNITY,
        name=texts("Thüringen", "Thuringia", "Turingia"),
        parent="deutschland",
        codes={"ags": "16"},
        geometry=tile(10, 50.25, 12.5, 51.5),
        geometry_is_schematic=True,
    ),
]
