"""The real files of the statistics offices: delivered, approved, released, and read as printed."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.integration.indicators import roundtrip
from tests.integration.indicators.figures import COUNT, approved
from tests.integration.indicators.territory import LEVELS
from tests.support.towns import Door

SIGNS = {"-": "nothing", ".": "unknown", "x": "not_meaningful", "/": "unreliable"}
MEASURES: dict[str, dict[str, Any]] = {
    "11111:GEM001": {"key": "gemeinden", "unit": {"de": "Anzahl"}},
    "12211:LBFMZ01": {"key": "lebensformen", "unit": {"de": "1000"}, "cases_per_unit": 1000},
    "12411:BEVSTD": {"key": "bevoelkerung", "unit": {"de": "Personen"}},
}
OPEN = {"kind": "none", "reason": "Published by the statistics office, protected there."}


class Printed(NamedTuple):
    """A cell of a file, read here by other means than the service's own."""

    code: str
    label: str
    period: str
    breakdown: str
    value: Decimal | None
    status: str


def _printed(file: Path, point: str) -> Iterator[Printed]:
    text = file.read_text("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";"):
        attribute = row.get("2_variable_attribute_code") or ""
        breakdown = f"{row['2_variable_code']}={attribute}" if attribute else ""
        written = row["value"]
        value = None if written in SIGNS else Decimal(written.replace(point, "."))
        yield Printed(
            row["1_variable_attribute_code"],
            row["1_variable_attribute_label"].strip(),
            row["time"],
            breakdown,
            value,
            "limited" if row.get("value_q") == "()" else SIGNS.get(written, "normal"),
        )


async def _settle(door: Door, cells: list[Printed], start: str) -> dict[str, str]:
    """Areas for every code of the file that begins with `start`, brought in as a map."""
    for key, name, position in LEVELS:
        await door.made("/area-levels", {"key": key, "name": {"de": name}, "position": position})
    labels = {cell.code: cell.label for cell in cells if cell.code.startswith(start)}
    features = [
        {
            "type": "Feature",
            "geometry": None,
            "properties": {"key": f"kreis-{code}", "name": label, "codes": {"ags": code}},
        }
        for code, label in labels.items()
    ]
    sent = {"type": "FeatureCollection", "features": features}
    answer = await door.post("/areas/import?level=kreis&valid_from=1990-01-01", sent)
    assert len(answer.json()["created"]) == len(labels)
    return {code: f"kreis-{code}" for code in labels}


@pytest.mark.parametrize(
    ("name", "measure", "point"),
    [
        ("11111-02-01-4_de_flat.csv", "11111:GEM001", ","),
        ("12211-Z-11_de_flat.csv", "12211:LBFMZ01", ","),
        ("12411-01-01-4_de_flat.csv", "12411:BEVSTD", ","),
        ("12411-01-01-4_en_flat.csv", "12411:BEVSTD", "."),
    ],
)
@pytest.mark.parametrize("start", ["", "16"], ids=["Germany", "Thuringia"])
async def test_jena_and_germany_read_as_they_are_printed(
    indicators: Door, shared_data: Path, name: str, measure: str, point: str, start: str
) -> None:
    file = shared_data / "indicators" / "ffcsv" / name
    cells = list(_printed(file, point))
    keys = await _settle(indicators, cells, start)
    assert "16053" in keys
    indicator: dict[str, Any] = {**COUNT, **MEASURES[measure], "protection": OPEN}
    indicator |= {"name": {"de": measure}, "source_codes": [measure]}
    await indicators.made("/indicators", indicator)
    unknown = "skip" if start else "refuse"
    key = await approved(indicators, file.read_bytes(), unknown_areas=unknown)
    wanted = [cell for cell in cells if cell.code in keys]
    counts = (await indicators.get(f"/deliveries/{key}")).json()["counts"]
    assert counts["figures"] == len(wanted)
    assert counts["figures"] + counts["skipped"] == counts["rows"] == len(cells)
    await indicators.made("/releases", {"title": {"de": name}, "deliveries": [key]})

    answer = await indicators.as_().get(f"/observations?indicator={indicator['key']}&format=csv")
    assert answer.status_code == 200, answer.text
    shown = {
        (row["area"], row["period"], row["breakdown"]): (row["value"], row["status"])
        for row in csv.DictReader(io.StringIO(answer.text, newline=""))
    }
    assert len(shown) == len(wanted)
    signs = {status: sign for sign, status in SIGNS.items()}
    for cell in wanted:
        value, status = shown[keys[cell.code], cell.period, cell.breakdown]
        assert status == cell.status
        if cell.value is None:
            assert value == signs[status]
        else:
            assert Decimal(value) == cell.value
    columns = (await indicators.as_().get(f"/observations?indicator={indicator['key']}")).json()
    nulls = columns["columns"]["value"].count(None)
    assert nulls == sum(cell.value is None for cell in wanted)
    here = indicator["key"]
    await roundtrip.comes_back(
        indicators,
        (
            roundtrip.Printed(
                (here, keys[cell.code], cell.period, cell.breakdown), (cell.value, cell.status)
            )
            for cell in wanted
        ),
    )


async def test_the_population_of_jena_is_the_printed_one(
    indicators: Door, shared_data: Path
) -> None:
    file = shared_data / "indicators" / "ffcsv" / "12411-01-01-4_de_flat.csv"
    await _settle(indicators, list(_printed(file, ",")), "16")
    indicator = {**COUNT, **MEASURES["12411:BEVSTD"], "name": {"de": "Bevölkerung"}}
    await indicators.made("/indicators", {**indicator, "source_codes": ["12411:BEVSTD:Anzahl"]})
    key = await approved(indicators, file.read_bytes(), unknown_areas="skip")
    await indicators.made("/releases", {"title": {"de": "Stand"}, "deliveries": [key]})
    answer = await indicators.as_().get(
        "/observations?indicator=bevoelkerung&breakdown=total&area=kreis-16063,kreis-16056"
    )
    columns = answer.json()["columns"]
    assert columns["value"] == [None, 154957]
    assert columns["status"] == ["nothing", "normal"]
