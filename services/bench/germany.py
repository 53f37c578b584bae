"""All counties of Germany, as a genuine cross table of the statistics offices names them."""

import re
from pathlib import Path
from typing import Any

import httpx

from services.bench import quarters

TOWN = "deutschland"
FILE = Path("../shared/data/indicators/genesis/12411-04-02-4_00.csv")
_LEVELS = ("bund", "land", "kreis", "region")
_OF_LENGTH = {2: "land", 3: "region", 8: "region"}
_ROW = re.compile(r'^[^;]*;(DG|\d{2,8});"?\s*([^;"]+)', re.MULTILINE)


def found(client: httpx.Client) -> None:
    """Enter a town that has every area of the table, and the indicator that the table is about."""
    town = {
        "key": TOWN,
        "id": "169999999997",
        "name": {"de": "Deutschland"},
        "kind": "independent_city",
        "state": {"de": "Thüringen"},
    }
    quarters.send(client, "/v1/municipalities", town)
    for place, level in enumerate(_LEVELS):
        body = {"key": level, "name": {"de": level.title()}, "position": place}
        quarters.send(client, f"/v1/{TOWN}/area-levels", body)
    codes = dict(_ROW.findall(FILE.read_text("utf-8")))
    ordered = sorted(codes.items(), key=lambda area: (area[0] != "DG", len(area[0])))
    areas = {"type": "FeatureCollection", "features": [_area(*area) for area in ordered]}
    quarters.send(client, f"/v1/{TOWN}/areas/import", areas)
    indicator = quarters.indicator("bevoelkerung")
    indicator["source_codes"] = ["12411:bevoelkerungsstand"]
    quarters.send(client, f"/v1/{TOWN}/indicators", indicator)


def _area(code: str, label: str) -> dict[str, Any]:
    """An area of the table; a region or a county is part of its state, a state of Germany."""
    level = "bund" if code == "DG" else _OF_LENGTH.get(len(code), "kreis")
    parent = {"bund": None, "land": "g-dg"}.get(level, f"g-{code[:2]}")
    properties = {
        "key": f"g-{code.lower()}",
        "name": label.strip(),
        "level": level,
        "parent": None if len(code) == 8 else parent,
        "codes": {"dg" if code == "DG" else "ags": code},
        "valid_from": "1990-01-01",
    }
    return {"type": "Feature", "geometry": None, "properties": properties}
