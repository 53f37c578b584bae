"""Funding programmes: their funders, periods and successors."""

import asyncio
from typing import Any

import pytest

from tests.integration.projects.samples import GRANT, PROGRAMME
from tests.support.towns import Door

PERIOD = {"starts_on": "2023-01-01", "ends_on": "2025-12-31"}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"periods": [{**PERIOD, "ends_on": "2022-12-31"}]}, "/periods/0/ends_on"),
        ({"periods": [{**PERIOD, "max_rate": 101}]}, "/periods/0/max_rate"),
        ({"periods": [{**PERIOD, "max_positions": "NaN"}]}, "/periods/0/max_positions"),
        (
            {"periods": [PERIOD, {"starts_on": "2017-06-01", "ends_on": "2023-01-01"}]},
            "/periods/0/starts_on",
        ),
        (
            {"periods": [{"starts_on": "2017-06-01"}, {"starts_on": "2030-01-01"}]},
            "/periods/1/starts_on",
        ),
        ({"funders": [{"organisation": "esf", "level": "planet"}]}, "/funders/0/level"),
        (
            {"funders": [{"organisation": "nowhere", "level": "eu"}]},
            "/funders/0/organisation",
        ),
        ({"successor_of": "sozialstrategierichtlinie-2-1"}, "/successor_of"),
        ({"successor_of": "not-there"}, "/successor_of"),
        ({"legal_basis": [""]}, "/legal_basis/0"),
    ],
)
async def test_a_wrong_programme_is_pointed_at(
    projects: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await projects.post("/programmes", {**PROGRAMME, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert (await projects.get("/programmes")).json()["items"] == []


async def test_programmes_are_found_by_the_day_and_by_whose_money_it_is(projects: Door) -> None:
    await projects.made("/programmes", PROGRAMME)
    federal = [{"organisation": "bund", "level": "federal"}]
    open_end = {"funders": federal, "periods": [{"starts_on": "2019-01-01"}]}
    await projects.made("/programmes", {**PROGRAMME, **open_end, "key": "biwaq"})
    await projects.made("/programmes", {**PROGRAMME, "periods": [], "key": "lsz"})
    for query, keys in {
        "on=2022-12-31": ["biwaq"],
        "on=2025-12-31": ["biwaq", PROGRAMME["key"]],
        "on=2018-12-31": [],
        "level=federal": ["biwaq"],
        "level=eu": ["lsz", PROGRAMME["key"]],
        "level=eu&on=2024-01-01": [PROGRAMME["key"]],
    }.items():
        found = (await projects.get(f"/programmes?{query}")).json()["items"]
        assert [programme["key"] for programme in found] == keys, query


async def test_what_follows_what_is_never_a_circle(projects: Door) -> None:
    keys = ["erste", "zweite", "dritte"]
    for key in keys:
        await projects.made("/programmes", {**PROGRAMME, "key": key})
    answers = await asyncio.gather(
        *(
            projects.patch(f"/programmes/{key}", {"successor_of": before}, 1)
            for key, before in zip(keys, [*keys[1:], keys[0]], strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 422]
    refused = max(answers, key=lambda answer: answer.status_code)
    assert refused.json()["errors"][0]["pointer"] == "/successor_of"


async def test_numbers_have_one_written_form(projects: Door) -> None:
    period = {"starts_on": "2023-01-01", "max_rate": 80.50, "max_positions": "4.00"}
    created = await projects.made("/programmes", {**PROGRAMME, "periods": [period]})
    assert created["periods"][0]["max_rate"] == "80.5"
    assert created["periods"][0]["max_positions"] == "4"
    read = (await projects.get(f"/programmes/{PROGRAMME['key']}")).json()
    assert read == created


async def test_a_line_of_programmes_shows_ten_years_and_their_gaps(settled: Door) -> None:
    before = {**PROGRAMME, "key": "armutspraevention", "periods": []}
    await settled.made("/programmes", before)
    key = "sozialstrategierichtlinie-2-1"
    await settled.patch(f"/programmes/{key}", {"successor_of": "armutspraevention"}, 1)
    first = {
        **GRANT,
        "key": "jena-2016",
        "programme": "armutspraevention",
        "starts_on": "2016-06-01",
        "ends_on": "2018-12-31",
        "amount": None,
    }
    await settled.made("/grants", first)
    await settled.made("/grants", {**first, "key": "nie", "state": "applied"})
    hidden = {**first, "key": "intern", "visibility": "administration", "starts_on": "2015-01-01"}
    await settled.made("/grants", hidden)
    told = (await settled.as_().get(f"/programmes/{key}/succession")).json()
    older, newer = told["programmes"]
    assert (older["programme"], newer["programme"]) == ("armutspraevention", key)
    assert [grant["key"] for grant in older["grants"]] == ["jena-2016", "nie"]
    assert (older["amount"], older["unknown"]) == ("0.00", 1)
    assert (newer["amount"], newer["unknown"]) == ("108016.32", 0)
    assert {year["year"]: year["grants"] for year in told["years"]} == {
        **{year: ["jena-2016"] for year in (2016, 2017, 2018)},
        **{year: [] for year in (2019, 2020, 2021, 2022)},
        **{year: ["bescheid-2023"] for year in (2023, 2024, 2025)},
    }
    same = (await settled.as_().get("/programmes/armutspraevention/succession")).json()
    assert same == told
    inside = (await settled.as_("planner").get(f"/programmes/{key}/succession")).json()
    assert inside["years"][0]["year"] == 2015
    assert (await settled.get("/programmes/unheard/succession")).status_code == 404
