"""What the service gives out it takes in again, and finds nothing changed."""

from typing import Any

import pytest

from tests.integration.indicators.figures import deliver, equip, released, tidy
from tests.support.towns import Door

ROWS = (
    "jena,2024,bevoelkerung,,109725,",
    "jena,2024,bevoelkerung,GESW,55927,",
    "jena,2023,bevoelkerung,GESW,55000,limited",
    "jena,2022,bevoelkerung,,,pending",
    "jena,2021,bevoelkerung,,,nothing",
    "jena,2020,bevoelkerung,,x,",
    "jena,2019,bevoelkerung,,/,",
)


@pytest.mark.parametrize("form", ["csv", "sdmx-csv"])
async def test_figures_that_are_delivered_as_they_were_shown_change_nothing(
    indicators: Door, form: str
) -> None:
    await equip(indicators)
    await released(indicators, tidy(*ROWS, header="area,period,indicator,GES,value,status"))
    answer = await indicators.get(f"/observations?indicator=bevoelkerung&format={form}")
    assert answer.status_code == 200, answer.text
    again = await deliver(indicators, answer.content)
    assert again.status_code == 201, again.text
    found: dict[str, Any] = again.json()
    assert found["state"] == "checked", found["issues"]
    diff = found["diff"]
    assert (diff["unchanged"], diff["new"], diff["changed"]) == (len(ROWS), 0, 0), diff
