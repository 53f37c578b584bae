"""Contributions from other platforms: all or nothing, and never twice."""

from typing import Any

import asyncpg
import httpx
import pytest

from tests.integration.boards.beside import AREAS, apps
from tests.integration.boards.council import a_body, a_process, day
from tests.support.towns import Door

__all__ = ["apps"]

EXPORT = (
    "id;category/name/de;scope/name/de;title/de;body/de;author/name;published_at\n"
    f"17;Wohnen;Lobeda;Bus am Abend;<p>Fährt zu früh.</p>;plantaperson;{day(-3)} 10:00:00 UTC\n"
    f"18;Bildung;;Kurs;Beginnt zu spät.;plantaperson;{day(-2)} 10:00:00 UTC\n"
)


async def prepared(boards: Door, **more: Any) -> None:
    await boards.made("/bodies", a_body())
    await boards.made("/participation-processes", a_process(areas=AREAS, **more))


async def sent(door: Door, file: str, **query: str) -> httpx.Response:
    params = {"process": "dialog", "consent_version": "1", **query}
    kind = {"Content-Type": "text/csv"}
    return await door.post("/contributions/import", content=file, params=params, headers=kind)


async def test_an_export_is_taken_over_and_waits_for_moderation(boards: Door) -> None:
    await prepared(boards)
    answer = await sent(boards.as_("secretary"), EXPORT)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["rows"], told["new"], told["known"], len(told["keys"])) == (2, 2, 0, 2)
    assert told["columns"]["area"] == ["scope/name/de"]
    items = (await boards.get("/contributions")).json()["items"]
    assert {one["original"] for one in items} == {
        "Bus am Abend\n\nFährt zu früh.",
        "Kurs\n\nBeginnt zu spät.",
    }
    (bus,) = (one for one in items if one["category"] == "wohnen")
    assert (bus["area"], bus["channel"], bus["state"]) == ("lobeda", "imported", "received")
    assert (bus["received_on"], bus["answer_due_on"]) == (day(-3), day(57))
    assert (await boards.as_().get("/contributions")).json()["items"] == []


async def test_the_same_export_twice_adds_nothing_and_brings_nothing_back(boards: Door) -> None:
    await prepared(boards)
    first = (await sent(boards, EXPORT)).json()
    await boards.post(f"/contributions/{first['keys'][0]}/erasure")
    again = (await sent(boards, EXPORT)).json()
    assert (again["new"], again["known"], again["keys"]) == (0, 2, [])
    more = (await sent(boards, f"{EXPORT}19;;;Bank;Am Markt.;x;{day(-1)}\n")).json()
    assert (more["new"], more["known"]) == (1, 2)
    assert len((await boards.get("/contributions")).json()["items"]) == 3


async def test_a_dry_run_says_what_would_be_and_keeps_nothing(boards: Door) -> None:
    await prepared(boards)
    told = (await sent(boards, EXPORT, dry_run="true")).json()
    assert (told["dry_run"], told["new"], told["keys"]) == (True, 2, [])
    assert (await boards.get("/contributions")).json()["items"] == []


async def test_nobody_who_wrote_it_is_taken_over(boards: Door, owner: asyncpg.Connection) -> None:
    await prepared(boards)
    await sent(boards, EXPORT)
    for table in ("contribution", "history", "journal", "idempotency"):
        rows = await owner.fetch(
            f"SELECT t::text FROM boards.{table} AS t WHERE municipality_id = $1",
            boards.municipality.id,
        )
        assert not any("plantaperson" in row[0] for row in rows)


async def test_every_fault_is_told_by_line_and_column_and_nothing_is_kept(boards: Door) -> None:
    await prepared(boards)
    wrong = (
        "id;category/name/de;scope/name/de;title/de;body/de;published_at\n"
        f"1;Verkehr;Lobeda;Bus;Zu früh;{day(-1)}\n"
        f"2;Wohnen;Mond;Bus;Zu früh;{day(1)}\n"
        f"2;Wohnen;;;;{day(-1)}\n"
    )
    refused = await sent(boards, wrong)
    assert refused.status_code == 422, refused.text
    faults = {(one["pointer"], one["code"]) for one in refused.json()["errors"]}
    assert faults == {
        ("/2/category~1name~1de", "unknown"),
        ("/3/scope~1name~1de", "unknown"),
        ("/3/published_at", "day"),
        ("/4/body~1de", "string_too_short"),
        ("/4/id", "repeated"),
    }
    assert (await boards.get("/contributions")).json()["items"] == []
    helped = wrong.splitlines()[:2]
    told = await sent(boards, "\n".join(helped), **{"means[Verkehr]": "wohnen"})
    assert told.json()["new"] == 1


async def test_own_columns_are_read_as_the_request_says(boards: Door) -> None:
    await prepared(boards)
    own = "Nr\tBetreff\tAnliegen\tGruppe\n1\tBus\tFährt zu früh\tFamilien\n"
    columns = {
        "column[id]": "Nr",
        "column[text]": "Betreff|Anliegen",
        "column[target_group]": "Gruppe",
    }
    assert (await sent(boards, own, **columns)).json()["new"] == 1
    (one,) = (await boards.get("/contributions")).json()["items"]
    assert (one["original"], one["target_group"]) == ("Bus\n\nFährt zu früh", "familien")


@pytest.mark.parametrize(
    ("query", "status", "place"),
    [
        ({"process": "nothing"}, 422, {"parameter": "process"}),
        ({"consent_version": "0"}, 422, {"pointer": "/consent_version"}),
        ({"column[text]": "Nowhere"}, 422, {"parameter": "column[text]"}),
        ({"column[author]": "author/name"}, 422, {"parameter": "column[author]"}),
        ({"colour": "red"}, 422, {"parameter": "colour"}),
    ],
)
async def test_what_does_not_fit_the_process_is_refused(
    boards: Door, query: dict[str, str], status: int, place: dict[str, str]
) -> None:
    await prepared(boards)
    refused = await sent(boards, EXPORT, **query)
    assert refused.status_code == status, refused.text
    assert place.items() <= refused.json()["errors"][0].items()
    assert (await boards.get("/contributions")).json()["items"] == []


async def test_only_the_office_imports_and_only_while_it_is_of_use(boards: Door) -> None:
    await prepared(boards, since=-40)
    assert (await sent(boards.as_(), EXPORT)).status_code == 401
    assert (await sent(boards.as_("planner"), EXPORT)).status_code == 403
    assert (await sent(boards, EXPORT)).status_code == 409
    other = await boards.post(
        "/contributions/import", {"a": 1}, params={"process": "dialog", "consent_version": "1"}
    )
    assert other.status_code == 415
