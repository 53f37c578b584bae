"""The same bytes are one delivery as long as they mean the same, and another as soon as not."""

import asyncio
from typing import Any

import httpx
import pytest
from alembic import command

from tests.integration.indicators.figures import columns, deliver, equip, second, tidy
from tests.support import history
from tests.support.towns import Door

FILE = b"Nr;Einwohner\n16053;303\n23;99\n18;204\n"
MEANT = {"period": "2023", "indicator": "bevoelkerung"}


async def key_of(door: Door, status: int, file: bytes = FILE, **query: str) -> str:
    """The key of a delivery, which is new (201) or known (200)."""
    answer: httpx.Response = await deliver(door, file, **query)
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    assert body["state"] != "refused", body["issues"]
    key: str = body["key"]
    return key


async def test_the_same_table_of_another_year_is_another_delivery(indicators: Door) -> None:
    await equip(indicators)
    keys = [await key_of(indicators, 201, **{**MEANT, "period": y}) for y in ("2022", "2023")]
    assert keys == ["delivery-1", "delivery-2"]
    assert await key_of(indicators, 200, **MEANT) == "delivery-2"
    assert await key_of(indicators, 200, **{**MEANT, "period": "2022"}) == "delivery-1"
    for key in keys:
        assert (await second(indicators).post(f"/deliveries/{key}/approval")).status_code == 200
    await indicators.made("/releases", {"title": {"de": "Stand"}, "deliveries": keys})
    found = await columns(indicators, "indicator=bevoelkerung&area=jena")
    assert [row[1:4] for row in found] == [("2022", "", 303), ("2023", "", 303)]
    assert await key_of(indicators, 200, **MEANT) == "delivery-2", "also when it is released"


@pytest.mark.parametrize(
    "other",
    [
        {"period": "2023-12-31"},
        {"indicator": "empfaenger"},
    ],
)
async def test_whatever_makes_other_figures_makes_another_delivery(
    indicators: Door, other: dict[str, str]
) -> None:
    await equip(indicators)
    assert await key_of(indicators, 201, **MEANT) == "delivery-1"
    assert await key_of(indicators, 201, **{**MEANT, **other}) == "delivery-2"
    assert await key_of(indicators, 200, **MEANT) == "delivery-1"


@pytest.mark.parametrize(
    "alike",
    [
        {"note": "another note"},
        {"source": "another source"},
        {"unknown_areas": "skip"},
        {"unknown_measures": "skip"},
        {"period": " 2023 "},
    ],
)
async def test_what_makes_no_other_figures_is_the_same_delivery(
    indicators: Door, alike: dict[str, str]
) -> None:
    await equip(indicators)
    assert await key_of(indicators, 201, **MEANT) == "delivery-1"
    assert await key_of(indicators, 200, **{**MEANT, **alike}) == "delivery-1"


async def test_one_day_may_be_written_in_two_ways(indicators: Door) -> None:
    await equip(indicators)
    assert await key_of(indicators, 201, **{**MEANT, "period": "31.12.2023"}) == "delivery-1"
    assert await key_of(indicators, 200, **{**MEANT, "period": "2023-12-31"}) == "delivery-1"
    assert (await indicators.get("/deliveries/delivery-1")).json()["period"] == "2023-12-31"


async def test_rows_that_were_skipped_make_a_difference(indicators: Door) -> None:
    await equip(indicators)
    file = tidy("jena,2023,bevoelkerung,,5", "nowhere,2023,bevoelkerung,,5")
    assert await key_of(indicators, 201, file, unknown_areas="skip") == "delivery-1"
    refused = (await deliver(indicators, file)).json()
    assert (refused["key"], refused["state"]) == ("delivery-2", "refused")


async def test_a_mapping_that_was_corrected_reads_the_same_bytes_anew(indicators: Door) -> None:
    await equip(indicators)
    headers = {"Content-Type": "text/csv"}
    seen = await indicators("POST", "/mappings/proposals", content=FILE, headers=headers)
    new = {
        "key": "einwohner",
        "title": {"de": "Einwohner"},
        "source": "Statistikstelle",
        "fingerprint": seen.json()["fingerprint"],
        "columns": [
            {"name": "Nr", "role": "area"},
            {"name": "Einwohner", "role": "value", "measure": "empfaenger"},
        ],
        "default_period": "2023",
    }
    made = await indicators.made("/mappings", new)
    assert await key_of(indicators, 201) == "delivery-1"
    assert await key_of(indicators, 200, mapping="einwohner") == "delivery-1"
    right = [new["columns"][0], {**new["columns"][1], "measure": "bevoelkerung"}]
    await indicators.patch("/mappings/einwohner", {"columns": right}, made["revision"])
    assert await key_of(indicators, 201) == "delivery-2"
    assert await key_of(indicators, 200, mapping="einwohner") == "delivery-2"
    told = (await indicators.get("/deliveries/delivery-2")).json()
    assert (told["mapping"], told["mapping_revision"]) == ("einwohner", 2)


async def test_what_is_still_being_checked_is_known_by_what_was_said(indicators: Door) -> None:
    await equip(indicators)
    later = {"Content-Type": "text/csv", "Prefer": "respond-async"}

    async def sent(**query: str) -> tuple[int, str]:
        said = {"source": "x", **MEANT, **query}
        answer = await indicators("POST", "/deliveries", content=FILE, headers=later, params=said)
        return answer.status_code, answer.json()["key"]

    assert await sent() == (202, "delivery-1")
    assert (await sent(period="2022"))[1] == "delivery-2"
    assert (await sent())[1] == "delivery-1"


async def test_somebody_elses_file_of_another_year_is_no_conflict(indicators: Door) -> None:
    await equip(indicators)
    await key_of(indicators, 201, **MEANT)
    other = indicators.as_("supplier", subject="test:supplier", supplier="jobcenter")
    assert (await deliver(other, FILE, **MEANT)).status_code == 409
    assert (await deliver(other, FILE, **{**MEANT, "period": "2022"})).status_code == 201


@pytest.mark.parametrize("period", ["yesterday", "2023-13", "23", ""])
async def test_a_period_that_is_none_is_refused_before_anything_is_read(
    indicators: Door, period: str
) -> None:
    await equip(indicators)
    refused = await deliver(indicators, FILE, **{**MEANT, "period": period})
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["parameter"] == "period"
    assert (await indicators.get("/deliveries")).json()["items"] == []


def test_deliveries_of_the_same_bytes_survive_a_way_back() -> None:
    url = history.fresh()
    step = history.step(url, "indicators", "same_bytes_may_mean")
    asyncio.run(_enter(url))
    command.downgrade(step.config, step.before)
    assert asyncio.run(_digests(url)) == [("delivery-1", "ab"), ("delivery-2", "ab:delivery-2")]
    command.upgrade(step.config, "head")
    assert asyncio.run(_digests(url)) == [("delivery-1", "ab"), ("delivery-2", "ab")]


async def _enter(url: str) -> None:
    async with history.town(url, "indicators") as connection:
        await connection.execute("INSERT INTO indicators.edition VALUES (16053, 0, 0)")
        for key in ("delivery-1", "delivery-2"):
            await connection.execute(
                """INSERT INTO indicators.delivery (municipality_id, id, key, visibility, revision,
                       state, source, sha256, size, unknown_areas, unknown_measures, period,
                       delivered_by, counts, issues, unknown_areas_found, unknown_measures_found,
                       created_at)
                   VALUES (16053, gen_random_uuid(), $1, 'administration', 1, 'checked', 'x', 'ab',
                           1, 'refuse', 'refuse', $1, 'test:office', '{}', '[]', '[]', '[]',
                           clock_timestamp())""",
                key,
            )


async def _digests(url: str) -> list[tuple[str, str]]:
    async with history.town(url, "indicators") as connection:
        rows = await connection.fetch("SELECT key, sha256 FROM indicators.delivery ORDER BY key")
    return [tuple(row) for row in rows]
