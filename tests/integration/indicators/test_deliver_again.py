"""What the service gives out it takes in again, and finds nothing changed."""

import io
from typing import Any

import openpyxl
import pytest

from tests.integration.indicators.figures import (
    POPULATION,
    columns,
    deliver,
    equip,
    released,
    second,
    tidy,
)
from tests.support.copies import copied
from tests.support.towns import Door

SEX = {
    "key": "geschlecht",
    "code": "GES",
    "name": {"de": "Gebiet", "en": "=Sex"},
    "role": "sex",
    "attributes": [
        {"code": "GESW", "name": {"de": "weiblich"}},
        {"code": "GESM", "name": {"de": "=männlich"}},
    ],
}
HEADER = "area,period,indicator,breakdown,value,status,provisional"
ROWS = (
    "jena,2024,bevoelkerung,,109725,,",
    "jena,2024,bevoelkerung,GES=GESW,55927,,true",
    "jena,2024,bevoelkerung,GES=GESW&STATUS=A,27000,,",
    "jena,2024,bevoelkerung,GES=GESM,2,,",
    "jena,2024-12-31,bevoelkerung,,109726,,",
    "jena,2023-08-01/P1Y,bevoelkerung,,123456789012345.1234567891,,",
    "jena,2023,bevoelkerung,GES=GESW,55000,limited,",
    "jena,2022,bevoelkerung,,,pending,",
    "jena,2021,bevoelkerung,,,nothing,",
    "jena,2020,bevoelkerung,,x,,",
    "jena,2019,bevoelkerung,,/,,",
    "winzerla,2024,bevoelkerung,,-7.5,,",
    "lobeda-west,2024,bevoelkerung,,12000,,",
)
PLACES = "/observations?indicator=bevoelkerung"


@pytest.fixture
@copied
async def door(indicators: Door) -> Door:
    """A town where the label of a district is the key of another."""
    await equip(indicators)
    await indicators.made("/dimensions", SEX)
    for key, name in (("winzerla", "lobeda-west"), ("lobeda-west", "winzerla")):
        await indicators.patch(f"/areas/{key}", {"name": {"de": name}}, 1)
    await released(indicators, tidy(*ROWS, header=HEADER))
    return indicators


@pytest.mark.parametrize(
    "form",
    [
        "csv",
        "csv&lang=en",
        "xlsx&lang=de",
        "xlsx&lang=en",
        "xlsx&lang=it",
        "sdmx-csv",
        "sdmx-csv&labels=name",
        "sdmx-csv&labels=both&keys=both",
        "sdmx-csv&time_format=normalized",
    ],
)
async def test_figures_that_are_delivered_as_they_were_shown_change_nothing(
    door: Door, form: str
) -> None:
    answer = await door.get(f"{PLACES}&format={form}")
    assert answer.status_code == 200, answer.text
    again = await deliver(door, answer.content)
    assert again.status_code == 201, again.text
    found: dict[str, Any] = again.json()
    assert found["state"] == "checked", found["issues"]
    assert found["unknown_areas_found"] == []
    diff = found["diff"]
    assert (diff["unchanged"], diff["new"], diff["changed"]) == (len(ROWS), 0, 0), diff
    assert (diff["vanished"], diff["taken_back"]) == (0, 0)


@pytest.mark.parametrize("form", ["csv", "xlsx", "sdmx-csv"])
async def test_what_is_hidden_in_our_file_is_not_lost_when_it_comes_back(
    door: Door, form: str
) -> None:
    file = (await door.as_().get(f"{PLACES}&period=2024&format={form}")).content
    delivery = (await deliver(door, file)).json()
    assert delivery["issue_counts"]["hidden"] == 1
    assert delivery["counts"]["figures"] == 5
    assert (await second(door).post(f"/deliveries/{delivery['key']}/approval")).status_code == 200
    await door.made("/releases", {"title": {"de": "Neu"}, "deliveries": [delivery["key"]]})
    query = "indicator=bevoelkerung&breakdown=GES:GESM"
    (kept,) = await columns(second(door), query, "/observations/raw")
    assert kept[3:] == (2, "normal")


async def test_a_figure_is_corrected_in_our_workbook_by_its_keys(door: Door) -> None:
    content = (await door.get(f"{PLACES}&period=2024&format=xlsx")).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    head = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, head["Gebiet (Schlüssel)"]).value == "winzerla":
            assert sheet.cell(row, head["Gebiet"]).value == "lobeda-west"
            sheet.cell(row, head["Wert"]).value = 1.234
    out = io.BytesIO()
    book.save(out)
    found = (await deliver(door, out.getvalue())).json()
    (jump,) = found["diff"]["jumps"]
    assert (jump["area"], jump["before"], jump["after"]) == ("winzerla", "-7.5", "1.234")
    assert (found["diff"]["changed"], found["diff"]["new"]) == (1, 0)


async def test_values_of_three_decimals_alone_are_no_thousands(door: Door) -> None:
    file = tidy("jena,2015,9.234,", header="area,period,value,breakdown")
    await released(door, file, indicator="bevoelkerung")
    for form in ("csv", "xlsx"):
        file = (await door.get(f"{PLACES}&period=2015&format={form}")).content
        found = (await deliver(door, file)).json()
        assert found["state"] == "checked", found["issues"]
        assert found["diff"]["unchanged"] == 1


QUOTE = "share({bevoelkerung|GES=GESW}, {bevoelkerung})"


@pytest.fixture
@copied
async def computing(indicators: Door) -> Door:
    """A town with a share that is computed at release."""
    await equip(indicators)
    await indicators.made("/dimensions", SEX)
    quote = {**POPULATION, "source_codes": [], "key": "anteil", "name": {"de": "Anteil"}}
    quote |= {"unit": {"de": "Prozent"}, "kind": "index", "decimals": 1}
    await indicators.made("/indicators", {**quote, "formula": QUOTE, "computed": True})
    rows = (
        f"{place},{year},bevoelkerung,{breakdown},{value},,"
        for place, everybody, women in (("jena", 9000, 4700), ("winzerla", 300, 100))
        for year in (2023, 2024)
        for breakdown, value in (("", everybody), ("GES=GESW", women))
    )
    await released(indicators, tidy(*rows, header=HEADER))
    return indicators


@pytest.mark.parametrize("form", ["csv", "xlsx&lang=de", "sdmx-csv", "sdmx-csv&labels=both"])
async def test_what_is_computed_is_left_out_beside_what_it_is_computed_from(
    computing: Door, form: str
) -> None:
    query = f"/observations?indicator=bevoelkerung,anteil&format={form}"
    answer = await computing.get(query)
    assert answer.status_code == 200, answer.text
    again = await deliver(computing, answer.content)
    found: dict[str, Any] = again.json()
    assert (again.status_code, found["state"]) == (201, "checked"), found["issues"]
    assert found["issue_counts"] == {"computed": 1}
    (issue,) = found["issues"]
    assert (issue["severity"], issue["detail"][:25]) == ("warning", "4 rows of anteil are left")
    diff, counts = found["diff"], found["counts"]
    assert (diff["unchanged"], diff["new"], diff["changed"], diff["vanished"]) == (8, 0, 0, 0)
    assert (counts["rows"], counts["figures"], counts["skipped"]) == (12, 8, 4)


async def test_a_computed_figure_that_somebody_corrected_is_named(computing: Door) -> None:
    header = "area,period,indicator,breakdown,value,status,provisional"
    file = tidy(
        "jena,2024,bevoelkerung,,9000,,",
        "jena,2024,anteil,,52.2222,,",
        "winzerla,2024,anteil,,33.9,,",
        "winzerla,2025,anteil,,50,,",
        header=header,
    )
    found = (await deliver(computing, file)).json()
    assert found["issue_counts"] == {"computed": 1, "computed_differs": 1}, found["issues"]
    (differs,) = [issue for issue in found["issues"] if issue["code"] == "computed_differs"]
    assert (differs["line"], differs["place"]["area"]) == (4, "winzerla")
    assert differs["numbers"] == {"value": "33.9", "shown": "33.3333333333"}


async def test_a_message_that_takes_back_what_is_computed_takes_back_the_rest(
    computing: Door,
) -> None:
    query = "/observations?indicator=bevoelkerung,anteil&period=2024&format=sdmx-csv"
    message = (await computing.get(query)).text
    assert message.count(",M,") == 6
    found = (await deliver(computing, message.replace(",M,", ",D,").encode())).json()
    assert found["state"] == "checked", found["issues"]
    assert (found["counts"]["taken_back"], found["diff"]["taken_back"]) == (4, 4)


async def test_a_file_of_computed_figures_alone_is_refused(computing: Door) -> None:
    file = (await computing.get("/observations?indicator=anteil&format=csv")).content
    found = (await deliver(computing, file)).json()
    assert (found["state"], found["issues"][0]["code"]) == ("refused", "computed")
