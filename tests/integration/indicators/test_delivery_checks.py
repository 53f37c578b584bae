"""What looks wrong in delivered figures is said before anybody sees them."""

from typing import Any

import pytest

from tests.integration.indicators.figures import (
    columns,
    deliver,
    equip,
    released,
    second,
    tidy,
)
from tests.integration.indicators.territory import area
from tests.support.towns import Door
from tests.unit.indicators.samples import flat_file, flat_row

YEARS = range(2010, 2022)


async def delivered(door: Door, file: bytes, **query: str) -> dict[str, Any]:
    answer = await deliver(door, file, **query)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def issues(body: dict[str, Any], code: str) -> list[dict[str, Any]]:
    """The issues of one kind; their number is that of `issue_counts` as long as all are listed."""
    found = [issue for issue in body["issues"] if issue["code"] == code]
    assert len(found) == min(body["issue_counts"].get(code, 0), 50)
    return found


async def strict(door: Door, **checks: object) -> None:
    """Let the population be checked more sternly."""
    answer = await door.patch("/indicators/bevoelkerung", {"checks": checks}, 1)
    assert answer.status_code == 200, answer.text


def parts(jena: int | str, west: int | str, south: int | str, year: int = 2023) -> list[str]:
    return [
        f"jena,{year},bevoelkerung,,{jena}",
        f"lobeda-west,{year},bevoelkerung,,{west}",
        f"winzerla,{year},bevoelkerung,,{south}",
    ]


@pytest.mark.parametrize(
    ("total", "broken"), [(300, False), (301, True), (299, True), ("300.0", False), (".", False)]
)
async def test_areas_add_up_to_what_they_are_part_of(
    indicators: Door, total: int | str, broken: bool
) -> None:
    await equip(indicators)
    body = await delivered(indicators, tidy(*parts(total, 100, 200)))
    found = issues(body, "sum_areas")
    assert (body["state"], bool(found)) == ("checked", broken)
    if broken:
        assert (found[0]["line"], found[0]["severity"]) == (2, "warning")
        assert found[0]["place"] == {
            "indicator": "bevoelkerung",
            "area": "jena",
            "period": "2023",
            "breakdown": "",
        }
        assert found[0]["numbers"] == {
            "total": str(total),
            "sum": "300",
            "parts": "2",
            "tolerance": "0",
        }
        assert str(total) not in found[0]["detail"]


async def test_sums_are_looked_at_only_where_all_parts_are_there(indicators: Door) -> None:
    await equip(indicators)
    two = await delivered(indicators, tidy(*parts(300, 100, 1)[:2]))
    unknown = await delivered(indicators, tidy(*parts(300, ".", 1)))
    nothing = await delivered(indicators, tidy(*parts(300, "-", 1)))
    assert [issues(body, "sum_areas") for body in (two, unknown)] == [[], []]
    assert len(issues(nothing, "sum_areas")) == 1


async def test_parts_of_another_time_are_other_parts(indicators: Door) -> None:
    """Eisenach was a part of Thuringia beside the Wartburgkreis until 2021."""
    await equip(indicators)
    rows = [f"{key},2019,bevoelkerung,,10" for key in ("jena", "eisenach", "wartburgkreis")]
    rows += [f"{key},2023,bevoelkerung,,15" for key in ("jena", "wartburgkreis")]
    rows += [f"thueringen,{year},bevoelkerung,,30" for year in (2019, 2023)]
    assert issues(await delivered(indicators, tidy(*rows)), "sum_areas") == []
    rows[-1] = "thueringen,2023,bevoelkerung,,45"
    found = issues(await delivered(indicators, tidy(*rows)), "sum_areas")
    assert [issue["place"]["period"] for issue in found] == ["2023"]


async def test_a_strict_indicator_refuses_what_does_not_add_up(indicators: Door) -> None:
    await equip(indicators)
    await strict(indicators, sums="strict")
    body = await delivered(indicators, tidy(*parts(301, 100, 200)))
    assert (body["state"], body["counts"]["errors"]) == ("refused", 1)
    assert (await delivered(indicators, tidy(*parts(300, 100, 200))))["state"] == "checked"


@pytest.mark.parametrize(("off", "broken"), [(4, False), (5, True)])
async def test_an_indicator_may_say_by_how_much_sums_may_be_off(
    indicators: Door, off: int, broken: bool
) -> None:
    await equip(indicators)
    await strict(indicators, tolerance="1.5")
    body = await delivered(indicators, tidy(*parts(300 + off, 100, 200)))
    assert bool(issues(body, "sum_areas")) is broken


async def test_sums_that_nobody_wants_are_not_looked_at(indicators: Door) -> None:
    await equip(indicators)
    await strict(indicators, sums="off")
    assert issues(await delivered(indicators, tidy(*parts(1, 100, 200))), "sum_areas") == []


async def test_rates_are_never_summed(indicators: Door) -> None:
    await equip(indicators)
    rows = [row.replace("bevoelkerung", "quote") for row in parts(5, 10, 20)]
    assert issues(await delivered(indicators, tidy(*rows)), "sum_areas") == []


async def test_thousands_with_a_digit_are_rounded_and_may_be_off(indicators: Door) -> None:
    await equip(indicators)
    for total, broken in (("30.1", False), ("30.3", True)):
        body = await delivered(indicators, tidy(*parts(total, "10.0", "20.0")))
        assert bool(issues(body, "sum_areas")) is broken, total


async def test_categories_add_up_to_their_total(indicators: Door) -> None:
    await equip(indicators)
    rows = [
        "jena,2023,bevoelkerung,,,100",
        "jena,2023,bevoelkerung,M,,49",
        "jena,2023,bevoelkerung,W,,50",
        "jena,2023,bevoelkerung,M,u18,9",
        "jena,2023,bevoelkerung,M,o18,40",
        "jena,2023,bevoelkerung,,u18,20",
    ]
    file = tidy(*rows, header="area,period,indicator,GES,ALT,value")
    found = issues(await delivered(indicators, file), "sum_categories")
    assert [(issue["line"], issue["numbers"]["sum"]) for issue in found] == [(2, "99")]
    assert "GES" in found[0]["detail"]


async def test_what_is_no_partition_is_said_once(indicators: Door) -> None:
    await equip(indicators)
    rows = [
        row
        for year in range(2000, 2020)
        for row in (
            f"jena,{year},bevoelkerung,,100",
            f"jena,{year},bevoelkerung,u3,3",
            f"jena,{year},bevoelkerung,u6,6",
        )
    ]
    body = await delivered(indicators, tidy(*rows))
    assert issues(body, "sum_categories") == []
    assert len(issues(body, "sum_categories_differ")) == 1


def series(last: object, area: str = "jena") -> list[str]:
    rows = [f"{area},{year},bevoelkerung,,{1000 + year % 7}" for year in YEARS]
    return [*rows[:-1], f"{area},{YEARS[-1]},bevoelkerung,,{last}"]


@pytest.mark.parametrize(
    ("last", "jumps"),
    [(1004, False), (1020, False), (10050, True), (105, True), (1200, True), ("-", False)],
)
async def test_a_figure_that_jumps_out_of_its_series_is_named(
    indicators: Door, last: object, jumps: bool
) -> None:
    await equip(indicators)
    body = await delivered(indicators, tidy(*series(last)))
    found = issues(body, "implausible")
    assert (body["state"], [issue["line"] for issue in found]) == ("checked", [13] * jumps)
    if jumps:
        numbers = found[0]["numbers"]
        assert (numbers["value"], numbers["before"]) == (str(last), str(1000 + 2020 % 7))
        assert abs(float(numbers["modified_z_score"])) > 3.5
        assert found[0]["severity"] == "warning"


@pytest.mark.parametrize(("last", "jumps"), [(1, False), (9, False), (12, True)])
async def test_a_few_cases_more_are_chance(indicators: Door, last: int, jumps: bool) -> None:
    await equip(indicators)
    rows = [f"winzerla,{year},bevoelkerung,,0" for year in YEARS]
    rows[-1] = f"winzerla,{YEARS[-1]},bevoelkerung,,{last}"
    body = await delivered(indicators, tidy(*rows))
    found = issues(body, "implausible")
    assert bool(found) is jumps
    if jumps:
        assert found[0]["numbers"]["z_score"] is None, "all others are equal"


async def test_the_past_of_a_series_is_what_is_shown(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(*series(1005)[:-1]))
    fine = await delivered(indicators, tidy("jena,2021,bevoelkerung,,1002"))
    assert issues(fine, "implausible") == []
    wrong = await delivered(indicators, tidy("jena,2021,bevoelkerung,,10020"))
    assert [issue["place"]["area"] for issue in issues(wrong, "implausible")] == ["jena"]


async def test_what_is_shown_like_this_already_is_not_complained_of(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(*series(10050)))
    again = await delivered(indicators, tidy(*series(10050), "winzerla,2021,bevoelkerung,,1"))
    assert issues(again, "implausible") == []


async def test_an_indicator_sets_its_own_limits(indicators: Door) -> None:
    await equip(indicators)
    await strict(indicators, z_score="100", modified_z_score="100")
    assert issues(await delivered(indicators, tidy(*series(1150))), "implausible") == []
    await indicators.patch("/indicators/bevoelkerung", {"checks": {"least_change": "20"}}, 2)
    assert issues(await delivered(indicators, tidy(*series(1200))), "implausible") == []


async def test_areas_that_had_a_figure_are_missed(indicators: Door) -> None:
    await equip(indicators)
    rows = [f"{key},2019,bevoelkerung,,5" for key in ("jena", "eisenach", "wartburgkreis")]
    await released(indicators, tidy(*rows, "winzerla,2019,bevoelkerung,,5"))
    body = await delivered(indicators, tidy("jena,2020,bevoelkerung,,6"))
    missing = [issue["place"]["area"] for issue in issues(body, "area_missing")]
    assert missing == ["eisenach", "wartburgkreis"]
    later = await delivered(indicators, tidy("jena,2022,bevoelkerung,,6"))
    missing = [issue["place"]["area"] for issue in issues(later, "area_missing")]
    assert missing == ["wartburgkreis"], "Eisenach is a part of the Wartburgkreis since 2021"


async def test_areas_are_missed_within_a_file_too(indicators: Door) -> None:
    await equip(indicators)
    rows = ["jena,2020,bevoelkerung,,5", "wartburgkreis,2020,bevoelkerung,,5"]
    body = await delivered(indicators, tidy(*rows, "jena,2021,bevoelkerung,,5"))
    missing = [issue["place"] for issue in issues(body, "area_missing")]
    assert [(place["area"], place["period"]) for place in missing] == [("wartburgkreis", "2021")]


async def test_eisenach_has_no_figures_of_its_own_after_2021(indicators: Door) -> None:
    await equip(indicators)
    file = flat_file(
        flat_row("42000", area="16056", time="2020-12-31"),
        flat_row("-", area="16056", time="2021-12-31"),
        flat_row("41000", area="16056", time="2022-12-31"),
    )
    found = issues(await delivered(indicators, file), "area_not_valid")
    assert [(issue["line"], issue["place"]["period"]) for issue in found] == [(4, "2022-12-31")]


@pytest.mark.parametrize(
    ("unit", "own", "differs"),
    [
        ("Anzahl", {}, False),
        ("1000", {}, True),
        ("%", {}, True),
        ("1000", {"cases_per_unit": 1000}, False),
        ("Anzahl", {"cases_per_unit": 1000}, True),
        ("Haushalte", {}, False),
    ],
)
async def test_another_unit_is_noticed(
    indicators: Door, unit: str, own: dict[str, object], differs: bool
) -> None:
    await equip(indicators)
    change = {**own, "source_codes": ["12411:BEVSTD"]}
    assert (await indicators.patch("/indicators/bevoelkerung", change, 1)).status_code == 200
    body = await delivered(indicators, flat_file(flat_row("5", unit=unit)))
    assert [issue["line"] for issue in issues(body, "unit_differs")] == [2] * differs


async def test_what_is_computed_is_not_delivered(indicators: Door) -> None:
    await equip(indicators)
    derived = {
        "key": "doppelt",
        "name": {"de": "Doppelt"},
        "unit": {"de": "Personen"},
        "kind": "count",
        "source": {"publisher": "Statistikstelle"},
        "formula": "{bevoelkerung} * 2",
        "computed": True,
    }
    made = await indicators.post("/indicators", derived)
    assert made.status_code == 201, made.text
    body = await delivered(indicators, tidy("jena,2023,doppelt,,5"))
    assert (body["state"], [issue["line"] for issue in issues(body, "computed")]) == (
        "refused",
        [2],
    )


async def test_what_has_not_happened_yet_has_no_figures(indicators: Door) -> None:
    await equip(indicators)
    file = tidy(
        "jena,2023,bevoelkerung,,5", "jena,2190,bevoelkerung,,5", "jena,2191,bevoelkerung,,."
    )
    found = issues(await delivered(indicators, file), "period_in_future")
    assert [issue["line"] for issue in found] == [3]


async def test_provisional_figures_are_counted_and_stay_so(indicators: Door) -> None:
    await equip(indicators)
    file = flat_file(flat_row("5", quality="p"), flat_row("6", sex="GESM", quality="e"))
    body = await delivered(indicators, file)
    assert body["counts"]["provisional"] == len(issues(body, "provisional")) == 1


async def test_a_mapping_that_says_rounded_makes_sums_tolerant(indicators: Door) -> None:
    await equip(indicators)
    file = b"Nr;Einwohner\n16053;303\n23;99\n18;201\n"
    headers = {"Content-Type": "text/csv"}
    seen = await indicators("POST", "/mappings/proposals", content=file, headers=headers)
    assert seen.status_code == 200, seen.text
    new = {
        "key": "gerundet",
        "title": {"de": "Gerundet"},
        "source": "Statistikstelle",
        "fingerprint": seen.json()["fingerprint"],
        "columns": [
            {"name": "Nr", "role": "area"},
            {"name": "Einwohner", "role": "value", "measure": "bevoelkerung"},
        ],
        "default_period": "2023",
        "protection_method": "rounded",
        "protection_base": 3,
    }
    exact = {**new, "protection_method": "none", "protection_base": None}
    created = await indicators.made("/mappings", exact)
    body = await delivered(indicators, file)
    assert (body["mapping"], len(issues(body, "sum_areas"))) == ("gerundet", 1)
    changed = await indicators.patch(
        "/mappings/gerundet",
        {"protection_method": "rounded", "protection_base": 3},
        created["revision"],
    )
    assert changed.status_code == 200, changed.text
    body = await delivered(indicators, file + b"\n")
    assert issues(body, "sum_areas") == []


async def test_only_those_who_may_see_raw_figures_see_the_numbers(indicators: Door) -> None:
    await equip(indicators)
    planner = indicators.as_("planner", subject="test:planner")
    body = await delivered(planner, tidy(*parts(301, 100, 200)))
    path = f"/deliveries/{body['key']}"
    colleague = indicators.as_("controller", subject="test:controller")
    for door, sees in ((planner, True), (second(indicators), True), (colleague, False)):
        found = issues((await door.get(path)).json(), "sum_areas")
        assert (found[0]["numbers"] is not None) is sees
        listed = (await door.get("/deliveries")).json()["items"][0]
        assert (listed["issues"][0]["numbers"] is not None) is sees
    for door, sees in ((second(indicators), True), (colleague, False)):
        past = (await door.get(f"{path}/history")).json()[0]["row"]
        assert (past["issues"][0]["numbers"] is not None) is sees


async def test_many_issues_of_a_kind_are_counted_and_few_are_listed(indicators: Door) -> None:
    await equip(indicators)
    rows = [f"nowhere-{n},2023,bevoelkerung,,1" for n in range(120)]
    rows += [f"jena,{n + 1900},bevoelkerung,,x1" for n in range(90)]
    body = await delivered(indicators, tidy(*rows))
    assert body["issue_counts"] == {"area_unknown": 120, "number_unreadable": 90}
    assert (body["counts"]["errors"], len(body["issues"])) == (210, 100)


SDMX = "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,GES,TIME_PERIOD,OBS_VALUE"


def message(*rows: str) -> bytes:
    return "\n".join([SDMX, *(f"dataflow,PLANRAUM:F(1.0.0),{row}" for row in rows), ""]).encode()


async def stand(door: Door) -> dict[tuple[str, str, str], object]:
    rows = await columns(door.as_(), "indicator=bevoelkerung")
    return {(area, period, breakdown): value for area, period, breakdown, value, _ in rows}


async def ready(door: Door) -> None:
    await equip(door)
    rows = [
        f"{key},{year},bevoelkerung,,{year - 2000}"
        for key in ("jena", "winzerla")
        for year in (2022, 2023)
    ]
    await released(door, tidy(*rows, "jena,2023,bevoelkerung,M,11"))


async def test_a_message_that_replaces_takes_back_what_it_leaves_out(indicators: Door) -> None:
    await ready(indicators)
    body = await delivered(indicators, message("R,bevoelkerung,jena,,2023,30"))
    assert body["state"] == "checked", body["issues"]
    assert (body["counts"]["figures"], body["counts"]["taken_back"]) == (1, 2)
    diff = body["diff"]
    assert (diff["changed"], diff["taken_back"], diff["vanished"]) == (1, 2, 0)
    await second(indicators).post(f"/deliveries/{body['key']}/approval")
    await indicators.made("/releases", {"title": {"de": "Stand"}, "deliveries": [body["key"]]})
    assert await stand(indicators) == {
        ("jena", "2022", ""): 22,
        ("winzerla", "2022", ""): 22,
        ("jena", "2023", ""): 30,
    }
    third = indicators.as_("statistician", subject="test:third-person")
    back = await third.post(f"/deliveries/{body['key']}/withdrawal", {"reason": "Falsch"})
    assert back.status_code == 200, back.text
    assert await stand(indicators) == {
        ("jena", "2022", ""): 22,
        ("winzerla", "2022", ""): 22,
        ("jena", "2023", ""): 23,
        ("jena", "2023", "GES=M"): 11,
        ("winzerla", "2023", ""): 23,
    }


async def test_a_message_that_deletes_by_a_key_with_gaps(indicators: Door) -> None:
    await ready(indicators)
    body = await delivered(indicators, message("D,bevoelkerung,,,2023,"))
    assert body["state"] == "checked", body["issues"]
    assert (body["counts"]["figures"], body["counts"]["taken_back"]) == (0, 3)
    await second(indicators).post(f"/deliveries/{body['key']}/approval")
    await indicators.made("/releases", {"title": {"de": "Stand"}, "deliveries": [body["key"]]})
    assert await stand(indicators) == {("jena", "2022", ""): 22, ("winzerla", "2022", ""): 22}


async def test_a_message_counts_as_a_whole(indicators: Door) -> None:
    await ready(indicators)
    rows = ("M,bevoelkerung,jena,,2023,30", "M,bevoelkerung,nowhere,,2023,1")
    body = await delivered(indicators, message(*rows), unknown_areas="skip")
    assert (body["state"], body["counts"]["figures"]) == ("refused", 0)
    gone = await delivered(indicators, message("D,bevoelkerung,nowhere,,2023,"))
    assert (gone["state"], gone["counts"]["errors"]) == ("refused", 1)


async def test_a_new_district_is_no_gap(indicators: Door) -> None:
    await equip(indicators)
    new = area("lobeda-ost", "statistischer-bezirk", "jena", valid_from="2022-01-01")
    await indicators.made("/areas", new)
    rows = [f"{key},2020,bevoelkerung,,5" for key in ("lobeda-west", "winzerla")]
    rows += [f"{key},2023,bevoelkerung,,5" for key in ("lobeda-west", "winzerla", "lobeda-ost")]
    body = await delivered(indicators, tidy(*rows, "lobeda-ost,2020,bevoelkerung,,1"))
    assert [i["place"]["period"] for i in issues(body, "area_not_valid")] == ["2020"]
    assert issues(body, "area_missing") == []
