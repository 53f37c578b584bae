"""Deliveries of a few figures are looked at as well: with what is stored beside them."""

from typing import Any

import pytest

from tests.integration.indicators.figures import equip, released, tidy
from tests.integration.indicators.test_delivery_checks import delivered, issues, parts, strict
from tests.support.towns import Door


def years(*values: object, indicator: str = "bevoelkerung") -> list[str]:
    """A series of Jena, the last of them in 2023."""
    first = 2024 - len(values)
    return [f"jena,{first + n},{indicator},,{value}" for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ((1000,), []),
        ((1000, 1900), []),
        ((1000, 2000), [3]),
        ((1000, 500), [3]),
        ((1000, 501), []),
        ((1000, 0), [3]),
        ((0, 1000), [3]),
        ((1000, 1010, 10100), [4]),
        ((1000, 10000, 1010), [3]),
        ((1000, 990, 1020, 100), [5]),
        ((1000, 1500, 1000, 1900), []),
        ((2, 6), []),
        ((0, 9), []),
        ((0, 10), [3]),
        ((1000, "."), []),
    ],
)
async def test_a_jump_in_a_short_series_is_named(
    indicators: Door, values: tuple[object, ...], lines: list[int]
) -> None:
    await equip(indicators)
    body = await delivered(indicators, tidy(*years(*values)))
    found = issues(body, "implausible")
    # The way back from a jump is one as well; the first is what is asked for here.
    assert [issue["line"] for issue in found][: len(lines) or None] == lines
    if lines:
        assert found[0]["severity"] == "warning"
        assert found[0]["numbers"]["z_score"] is None
        assert "many times" in found[0]["detail"]


@pytest.mark.parametrize(("value", "jumps"), [("9.9", False), ("10", True), ("0", False)])
async def test_a_rate_jumps_without_cases(indicators: Door, value: str, jumps: bool) -> None:
    await equip(indicators)
    body = await delivered(indicators, tidy(*years("5", value, indicator="quote")))
    assert bool(issues(body, "implausible")) is jumps


async def test_the_last_period_of_a_short_series_may_be_the_one_that_is_shown(
    indicators: Door,
) -> None:
    await equip(indicators)
    await released(indicators, tidy("jena,2022,bevoelkerung,,1000"))
    (jump,) = issues(await delivered(indicators, tidy(*years(3000))), "implausible")
    assert (jump["line"], jump["numbers"]["before"]) == (2, "1000")
    assert issues(await delivered(indicators, tidy(*years(1100))), "implausible") == []


async def test_an_indicator_says_how_much_a_short_series_may_change(indicators: Door) -> None:
    await equip(indicators)
    await strict(indicators, ratio="4")
    assert issues(await delivered(indicators, tidy(*years(1000, 3900))), "implausible") == []
    assert len(issues(await delivered(indicators, tidy(*years(1000, 4000))), "implausible")) == 1
    refused = await indicators.patch("/indicators/bevoelkerung", {"checks": {"ratio": "1"}}, 2)
    assert refused.json()["errors"][0]["pointer"] == "/checks/ratio"


@pytest.mark.parametrize(
    ("word", "state", "severity"),
    [
        ("warn", "checked", ["warning"]),
        ("strict", "refused", ["error"]),
        ("off", "checked", []),
    ],
)
async def test_nobody_counts_fewer_than_none(
    indicators: Door, word: str, state: str, severity: list[str]
) -> None:
    await equip(indicators)
    await strict(indicators, negative=word)
    rows = ["jena,2023,bevoelkerung,,5", "winzerla,2023,bevoelkerung,,-3"]
    body = await delivered(indicators, tidy(*rows))
    found = issues(body, "negative")
    assert (body["state"], [issue["severity"] for issue in found]) == (state, severity)
    for issue in found:
        assert (issue["line"], issue["place"]["area"]) == (3, "winzerla")
        assert issue["numbers"] == {"value": "-3"}
        assert "-3" not in issue["detail"]


async def test_a_rate_may_be_below_zero(indicators: Door) -> None:
    await equip(indicators)
    body = await delivered(indicators, tidy("jena,2023,quote,,-3"))
    assert issues(body, "negative") == []


@pytest.mark.parametrize(("total", "broken"), [(300, False), (301, True), (".", False)])
async def test_a_total_alone_is_compared_with_the_parts_that_are_shown(
    indicators: Door, total: object, broken: bool
) -> None:
    await equip(indicators)
    await strict(indicators, sums="strict")
    await released(indicators, tidy(*parts(300, 100, 200)))
    body = await delivered(indicators, tidy(f"jena,2023,bevoelkerung,,{total}"))
    found = issues(body, "sum_areas_stored")
    assert (body["state"], bool(found)) == ("checked", broken), "the parts may follow"
    if broken:
        (issue,) = found
        assert (issue["line"], issue["severity"], issue["place"]["area"]) == (2, "warning", "jena")
        assert issue["numbers"] == {"total": "301", "sum": "300", "parts": "2", "tolerance": "0"}
        assert "as they are shown" in issue["detail"]


@pytest.mark.parametrize(("south", "broken"), [(200, False), (250, True)])
async def test_parts_are_compared_with_the_total_that_is_shown(
    indicators: Door, south: int, broken: bool
) -> None:
    await equip(indicators)
    await released(indicators, tidy(*parts(300, 100, 200)))
    alone = await delivered(indicators, tidy(parts(0, 100, south)[2]))
    both = await delivered(indicators, tidy(*parts(0, 100, south)[1:]))
    for body, line in ((alone, 2), (both, 2)):
        found = issues(body, "sum_areas_stored")
        assert [issue["line"] for issue in found] == [line] * broken
        assert [issue["place"]["area"] for issue in found] == ["jena"] * broken


async def test_a_sum_that_is_whole_in_the_file_is_said_once(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(*parts(300, 100, 200), "eisenach,2023,bevoelkerung,,9"))
    body = await delivered(indicators, tidy(*parts(301, 100, 200)))
    assert (len(issues(body, "sum_areas")), issues(body, "sum_areas_stored")) == (1, [])


async def test_a_part_that_is_hidden_or_missing_makes_no_sum(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(*parts(300, 2, 298)))
    hidden = await delivered(indicators, tidy("jena,2023,bevoelkerung,,999"))
    assert issues(hidden, "sum_areas_stored") == [], "it would tell what is hidden"
    await released(indicators, tidy(*parts(300, 100, 200, year=2022)[:2]))
    missing = await delivered(indicators, tidy("jena,2022,bevoelkerung,,999"))
    assert issues(missing, "sum_areas_stored") == []


SEXES = ("jena,2023,bevoelkerung,M,49", "jena,2023,bevoelkerung,W,51")


@pytest.mark.parametrize(
    ("before", "rows", "line", "numbers"),
    [
        (SEXES, ["jena,2023,bevoelkerung,,101"], 2, {"total": "101", "sum": "100"}),
        (SEXES, ["jena,2023,bevoelkerung,,100"], None, {}),
        (
            ("jena,2023,bevoelkerung,,100",),
            ["jena,2023,bevoelkerung,M,49", "jena,2023,bevoelkerung,W,52"],
            2,
            {"total": "100", "sum": "101"},
        ),
        (
            (*SEXES, "jena,2023,bevoelkerung,,100"),
            ["jena,2023,bevoelkerung,W,60"],
            2,
            {"total": "100", "sum": "109"},
        ),
    ],
)
async def test_categories_are_compared_with_what_is_shown(
    indicators: Door,
    before: tuple[str, ...],
    rows: list[str],
    line: int | None,
    numbers: dict[str, Any],
) -> None:
    await equip(indicators)
    await released(indicators, tidy(*before))
    found = issues(await delivered(indicators, tidy(*rows)), "sum_categories_stored")
    assert [issue["line"] for issue in found] == ([] if line is None else [line])
    for issue in found:
        assert numbers.items() <= issue["numbers"].items()
        assert issue["place"]["breakdown"] == ""


async def test_what_a_message_replaces_is_no_part_of_a_sum(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(*parts(300, 100, 200)))
    head = "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE"
    row = "dataflow,A:B(1.0.0),{},bevoelkerung,jena,2023,999"
    for action, many in (("R", 0), ("M", 1)):
        body = await delivered(indicators, f"{head}\n{row.format(action)}\n".encode())
        assert body["state"] == "checked"
        assert len(issues(body, "sum_areas_stored")) == many, action
