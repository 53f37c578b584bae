"""How lists of OParl are read: pages, filters, what was deleted, and one address for each thing."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

import pytest
from fastapi import FastAPI

from services.boards.oparl import rules
from services.boards.oparl.rules import Asked
from tests.integration.boards.council import a_body, a_meeting, an_item, text
from tests.support.oparl import BASE, LISTS, Crawl, Reader
from tests.support.towns import Door, new_town

each_list = pytest.mark.parametrize("name", LISTS)


async def seven_meetings(boards: Door) -> None:
    await boards.made("/bodies", a_body())
    for number in range(7):
        await boards.made("/meetings", a_meeting(f"sitzung-{number}"))


async def aged(apps: dict[str, FastAPI], door: Door, days: str) -> None:
    """Let what is there have been made so long ago."""
    connection = await apps["boards"].state.database.connect()
    try:
        await connection.execute(
            "UPDATE boards.oparl_object SET created = created - $2::text::interval,"
            " modified = modified - $2::text::interval WHERE municipality_id = $1",
            door.municipality.id,
            days,
        )
    finally:
        await connection.close()


@each_list
async def test_every_list_has_a_frame_and_takes_every_filter(
    boards: Door, world: Reader, name: str
) -> None:
    await seven_meetings(boards)
    page = await world.one(name)
    assert set(page) == {"data", "pagination", "links"}
    assert page["links"]["self"] == page["links"]["first"] == f"{world.system}/{name}"
    for parameter in ("created_since", "created_until", "modified_since", "modified_until"):
        asked = f"{name}?{parameter}=2001-01-01T00%3A00%3A00%2B01%3A00&limit=1"
        links = (await world.one(asked))["links"]
        for link in links.values():
            kept = parse_qs(urlsplit(link).query)
            assert kept[parameter] == ["2001-01-01T00:00:00+01:00"]
            assert kept["limit"] == ["1"]
        refused = await world.get(f"{name}?{parameter}=2001-01-01")
        assert refused.status_code == 422


async def test_pages_have_one_size_and_only_the_last_has_no_next(
    boards: Door, world: Reader
) -> None:
    await seven_meetings(boards)
    pages: list[dict[str, Any]] = []
    following: str | None = "meetings?limit=3"
    while following:
        pages.append(await world.one(following))
        following = pages[-1]["links"].get("next")
    assert [len(page["data"]) for page in pages] == [3, 3, 1]
    assert [page["pagination"] for page in pages] == [
        {"totalElements": 7, "elementsPerPage": 3, "currentPage": n, "totalPages": 3}
        for n in (1, 2, 3)
    ]
    assert ["prev" in page["links"] for page in pages] == [False, True, True]
    for number, page in enumerate(pages):
        links = page["links"]
        assert await world.one(links["self"]) == page
        assert await world.one(links["first"]) == pages[0]
        assert await world.one(links["last"]) == pages[2]
        if number:
            assert (await world.one(links["prev"]))["data"] == pages[number - 1]["data"]


async def test_a_last_page_may_be_full(boards: Door, world: Reader) -> None:
    await seven_meetings(boards)
    page = await world.one("meetings?limit=7")
    assert len(page["data"]) == 7
    assert "next" not in page["links"]
    assert page["links"]["last"] == page["links"]["self"]


async def test_pages_stay_right_while_others_write(boards: Door, world: Reader) -> None:
    await seven_meetings(boards)
    first = await world.one("meetings?limit=3")
    await boards.patch("/meetings/sitzung-0", {"visibility": "members"})
    await boards.made("/meetings", a_meeting("sitzung-8"))
    rest = await world.one(first["links"]["next"])
    last = await world.one(rest["links"]["next"])
    seen = [one["id"] for page in (first, rest, last) for one in page["data"]]
    assert len(seen) == len(set(seen)) == 8


async def test_a_page_is_as_large_as_asked_for_up_to_a_bound(boards: Door, world: Reader) -> None:
    await seven_meetings(boards)
    assert (await world.one("meetings"))["pagination"]["elementsPerPage"] == 100
    assert (await world.one("meetings?limit=5000"))["pagination"]["elementsPerPage"] == 1000
    for wrong in ("0", "-1", "many"):
        assert (await world.get(f"meetings?limit={wrong}")).status_code == 422


async def test_filters_ask_for_a_time_with_its_offset(
    boards: Door, world: Reader, apps: dict[str, FastAPI]
) -> None:
    await seven_meetings(boards)
    await aged(apps, boards, "10 days")
    await boards.patch("/meetings/sitzung-3", {"name": text("Sondersitzung")})
    await boards.made("/meetings", a_meeting("sitzung-8", name=text("Neu")))
    all_of_them = await world.data("meetings")
    created = sorted(one["created"] for one in all_of_them if one["name"] != "Neu")
    first, last = created[0], created[-1]
    assert len(all_of_them) == 8

    async def names(query: str) -> set[str]:
        return {one["name"] for one in await world.data(f"meetings?{query}")}

    for written in (lambda moment: moment, quote):
        between = f"created_since={written(first)}&created_until={written(last)}"
        assert await names(between) == {"1. Sitzung", "Sondersitzung"}
        assert await names(f"modified_until={written(last)}") == {"1. Sitzung"}
    next_day = quote((datetime.fromisoformat(last) + timedelta(days=1)).isoformat())
    assert await names(f"created_since={next_day}") == {"Neu"}
    assert await names(f"modified_since={next_day}") == {"Neu", "Sondersitzung"}
    assert await names("modified_since=2090-01-01T00:00:00Z") == set()


async def test_what_is_deleted_is_told_only_to_who_asks_what_changed(
    boards: Door, world: Reader
) -> None:
    await seven_meetings(boards)
    gone = (await world.data("meetings"))[2]
    await boards.patch("/meetings/sitzung-2", {"visibility": "administration"})
    since = "2026-01-01T00%3A00%3A00%2B01%3A00"
    assert gone["id"] not in {one["id"] for one in await world.data("meetings")}
    for other, year in (("created_since", 2001), ("created_until", 2099), ("modified_until", 2099)):
        told = await world.data(f"meetings?{other}={year}-01-01T00:00:00Z")
        assert len(told) == 6
        assert gone["id"] not in {one["id"] for one in told}
    stub = next(
        one
        for one in await world.data(f"meetings?modified_since={since}")
        if one["id"] == gone["id"]
    )
    assert set(stub) == {"id", "type", "created", "modified", "deleted"}
    response = await world.get(gone["id"])
    assert (response.status_code, response.json()) == (200, stub)


async def test_embedded_objects_can_be_left_out(boards: Door, world: Reader) -> None:
    await seven_meetings(boards)
    await boards.made("/meetings/sitzung-0/agenda-items", an_item())
    await boards.made("/legislative-terms", {"key": "wp", "name": text("Wahlperiode")})
    full, lean = await world.data("meetings"), await world.data("meetings?omit_internal=true")
    assert "agendaItem" in full[0]
    full[0].pop("agendaItem")
    assert lean == full
    assert "legislativeTerm" not in (await world.data("bodies?omit_internal=true"))[0]
    links = (await world.one("meetings?limit=2&omit_internal=true"))["links"]
    assert "omit_internal=true" in links["next"]


async def test_what_nobody_knows_is_refused_in_the_words_of_the_standard(
    boards: Door, world: Reader
) -> None:
    await seven_meetings(boards)
    known = (await world.data("meetings"))[0]["id"]
    for address, status in (
        ("meetings/0193d3a4-5b6c-7d8e-9f00-112233445566", 404),
        ("meetings/sitzung-1", 404),
        ("nothing", 404),
        ("meetings?modified_sinse=2026-01-01T00:00:00Z", 422),
        ("meetings?after=nobody", 422),
        ("meetings?modified_until=9999-12-31T23:59:59Z", 422),
        (f"{known}?colour=red", 422),
    ):
        response = await world.get(address)
        assert response.status_code == status, address
        assert response.headers["content-type"] == "application/json"
        told = response.json()
        assert set(told) == {"type", "message", "debug"}
        assert told["type"] == "https://schema.oparl.org/1.1/Error"
        assert told["debug"].startswith("urn:uuid:")


async def test_each_thing_has_one_address(boards: Door, world: Reader) -> None:
    await seven_meetings(boards)
    known = (await world.data("meetings"))[0]["id"]
    path = known.removeprefix(BASE)
    system = world.system.removeprefix(BASE)
    for other, right in (
        (f"{path}/", known),
        (path.upper().replace("/OPARL/V1.1/", "/oparl/v1.1/"), known),
        (path.replace("/meetings/", "/Meetings/"), known),
        (f"{system}/", world.system),
        (f"{system}/meetings/?limit=2", f"{world.system}/meetings?limit=2"),
    ):
        response = await world.door("GET", other)
        assert (response.status_code, response.headers.get("location")) == (301, right), other


async def test_texts_arrive_as_they_were_written(boards: Door, world: Reader) -> None:
    name = 'Grüne & "Bunte" <Liste> \\u0001/x \u00a7 35 ThürKO 🌱'
    await boards.made("/bodies", a_body(name=text(name)))
    response = await world.get("organizations")
    assert response.json()["data"][0]["name"] == name
    assert response.content.startswith(b'{"data":[{"id":"http://127.0.0.1:8000/oparl/v1.1/')
    assert "Grüne & ".encode() in response.content
    assert response.headers["content-type"] == "application/json"


async def test_what_did_not_change_is_not_sent_again(boards: Door, world: Reader) -> None:
    await seven_meetings(boards)
    first = await world.get("meetings")
    again = await world.get("meetings", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"


async def test_another_town_reads_its_own(boards: Door, world: Reader, doors: Any) -> None:
    await seven_meetings(boards)
    elsewhere = Reader(doors("boards", new_town()))
    known = (await world.data("meetings"))[0]["id"]
    assert await elsewhere.data("meetings") == []
    theirs = known.replace(world.system, elsewhere.system)
    assert (await elsewhere.get(theirs)).status_code == 404
    assert (await elsewhere.get(known)).status_code == 404


async def test_a_crawl_finds_everything_once(boards: Door, world: Reader) -> None:
    await seven_meetings(boards)
    crawl = Crawl(world.get)
    await crawl.everything(world.system)
    assert len(crawl.lists[f"{world.system}/meetings"]) == 7


def test_parameters_are_always_in_the_same_order() -> None:
    moment = rules.moment("2026-01-31T00:00:00 01:00")
    asked = Asked("/x", modified_since=moment, created_since=moment, limit=5)
    since = "2026-01-31T00%3A00%3A00%2B01%3A00"
    assert asked.address(None) == f"/x?created_since={since}&limit=5&modified_since={since}"


def test_the_next_page_asks_for_the_same_moment() -> None:
    """To the microsecond: a later page of a wider list would show what the first left out."""
    exact = rules.moment("2026-01-31T00:00:00.250001+01:00")
    given = {"created_until": exact, "modified_since": exact, "modified_until": exact}
    asked = Asked("/x", omit_internal=True, limit=5, **given)
    told = dict(parse_qsl(urlsplit(asked.address(None)).query))
    assert {name: rules.moment(told[name]) for name in given} == given
    assert (told["limit"], told["omit_internal"]) == ("5", "true")


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:30:00Z"])
def test_a_time_that_no_calendar_here_has_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="out of range"):
        rules.moment(text)
    assert rules.moment("9999-12-31T22:30:00Z").year == 9999


@pytest.mark.parametrize("text", ["2026-01-31", "2026-01-31T00:00:00", "yesterday", "", "2026"])
def test_a_time_without_its_offset_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        rules.moment(text)
