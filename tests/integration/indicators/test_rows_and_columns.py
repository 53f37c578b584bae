"""What a delivery changes and what looks wrong with it is told by row and column."""

from typing import Any

import pytest

from tests.integration.indicators.figures import (
    deliver,
    equip,
    released,
    tidy,
)
from tests.support.towns import Door

BEFORE = tidy(
    *(
        f"{place},{year},bevoelkerung,,{value}"
        for year in (2022, 2023, 2024)
        for place, value in (("jena", 1000), ("lobeda-west", 400), ("winzerla", 600))
    )
)


async def said(door: Door, file: bytes, **query: str) -> tuple[set[Any], set[Any]]:
    """Line and column of each change, and of each sum that is broken."""
    found = (await deliver(door, file, **query)).json()
    assert found["state"] == "checked", found["issues"]
    jumps = {(jump["line"], jump["column"], jump["after"]) for jump in found["diff"]["jumps"]}
    sums = {(i["line"], i["column"]) for i in found["issues"] if i["code"] == "sum_areas"}
    return jumps, sums


async def test_a_table_of_years_names_the_year_that_is_wrong(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, BEFORE)
    file = (
        b"Gebiet;2022;2023;2024\njena;1000;1000;1000\nlobeda-west;400;400;410\nwinzerla;600;650;590"
    )
    jumps, sums = await said(indicators, file + b"\n", indicator="bevoelkerung")
    assert jumps == {(3, "2024", "410"), (4, "2023", "650"), (4, "2024", "590")}
    assert sums == {(2, "2023")}


async def test_a_table_of_measures_names_the_measure(indicators: Door) -> None:
    await equip(indicators)
    codes = {"bevoelkerung": "12411:BEVSTD", "empfaenger": "12411:EMPF"}
    for key, code in codes.items():
        change = await indicators.patch(f"/indicators/{key}", {"source_codes": [code]}, 1)
        assert change.status_code == 200, change.text
    await released(indicators, BEFORE, tidy("jena,2024,empfaenger,,50"))
    head = "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;"
    head += "1_Merkmal_Label;1_Auspraegung_Code;1_Auspraegung_Label;"
    head += "BEVSTD__Bevoelkerungsstand__Anzahl;EMPF__Empfaenger__Anzahl"
    row = "12411;Fortschreibung;JAHR;Jahr;2024;KREISE;Kreise;16053;Jena;1001;51"
    jumps, _ = await said(indicators, f"{head}\n{row}\n".encode("latin-1"))
    assert jumps == {(2, "BEVSTD", "1001"), (2, "EMPF", "51")}


@pytest.mark.parametrize(
    ("file", "column"),
    [
        (tidy("jena,2024,bevoelkerung,,1234"), "value"),
        (
            b"DATAFLOW,ACTION,AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n"
            b"planraum:figures(1.0),M,jena,bevoelkerung,2024,1234\n",
            "OBS_VALUE",
        ),
    ],
)
async def test_a_table_with_one_column_of_figures_names_that(
    indicators: Door, file: bytes, column: str
) -> None:
    await equip(indicators)
    await released(indicators, BEFORE)
    jumps, _ = await said(indicators, file)
    assert jumps == {(2, column, "1234")}
