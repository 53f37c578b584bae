"""A cross table of all counties, by age and sex: every sum in it holds, as it was printed."""

import re
from pathlib import Path
from typing import Any

from tests.integration.indicators.figures import COUNT, deliver
from tests.integration.indicators.territory import LEVELS
from tests.support.towns import Door

LEVEL = {2: "land", 3: "statistischer-bezirk", 8: "statistischer-bezirk"}
_ROW = re.compile(r'^[^;]*;(DG|\d{2,8});"?\s*([^;"]+)', re.MULTILINE)


def _feature(code: str, label: str) -> dict[str, Any]:
    """An area of the table; a region or a county is a part of its state, a state of Germany."""
    level = LEVEL.get(len(code), "kreis") if code != "DG" else "bund"
    above = {"bund": None, "land": "g-dg"}.get(level, f"g-{code[:2]}")
    above = None if len(code) == 8 else above
    return {
        "type": "Feature",
        "geometry": None,
        "properties": {
            "key": f"g-{code.lower()}",
            "name": label.strip(),
            "level": level,
            "parent": above,
            "codes": {"dg" if code == "DG" else "ags": code},
            "valid_from": "1990-01-01",
        },
    }


async def test_states_add_up_to_germany_and_ages_to_everybody(
    indicators: Door, shared_data: Path
) -> None:
    file = next((shared_data / "indicators" / "genesis").glob("12411-04-02-4*.csv")).read_bytes()
    codes = dict(_ROW.findall(file.decode("utf-8")))
    for key, name, position in LEVELS:
        await indicators.made(
            "/area-levels", {"key": key, "name": {"de": name}, "position": position}
        )
    features = [
        _feature(*item) for item in sorted(codes.items(), key=lambda i: (i[0] != "DG", len(i[0])))
    ]
    areas = {"type": "FeatureCollection", "features": features}
    assert (await indicators.post("/areas/import", areas)).status_code == 200
    indicator = {**COUNT, "key": "bevoelkerung", "name": {"de": "Bevölkerung"}}
    source = {"source_codes": ["12411:bevoelkerungsstand"]}
    await indicators.made("/indicators", {**indicator, **source})
    body = (await deliver(indicators, file)).json()
    assert (body["state"], body["format"]) == ("checked", "genesis")
    assert (body["counts"]["figures"], body["counts"]["skipped"]) == (126_240, 0)
    assert body["issue_counts"] == {}
    wrong = file.replace(b"382551", b"382661", 1)
    body = (await deliver(indicators, wrong)).json()
    found = {issue["code"] for issue in body["issues"]}
    assert found == {"sum_areas", "sum_categories"}
    assert all(i["place"]["area"] == "g-dg" for i in body["issues"])
