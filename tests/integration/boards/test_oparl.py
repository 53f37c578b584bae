"""OParl 1.1: what the world reads of the boards, and what it never gets to read."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from services.kit.days import today
from tests.integration.boards.council import (
    a_body,
    a_meeting,
    a_membership,
    a_person,
    an_item,
    everything,
    text,
)
from tests.support.oparl import LISTS, Crawl, Reader, Standard
from tests.support.towns import Door

PROFILE = {
    "name": text("Stadt Musterstadt"),
    "license": "https://www.govdata.de/dl-de/by-2-0",
    "oparl_since": "2026-01-01T00:00:00Z",
    "contact_name": "Büro des Stadtrates",
    "contact_email": "stadtrat@example.org",
}


def consent(*fields: str, **more: Any) -> list[dict[str, Any]]:
    given = {"given_on": "2026-01-01", "text_version": "1", **more}
    return [{"field": field, **given} for field in fields]


async def a_town(boards: Door) -> None:
    """A council with its advisory board, people, meetings and what is said in private."""
    await everything(boards)
    await boards.made("/oparl-profile", PROFILE)
    await boards.made(
        "/legislative-terms",
        {"key": "wp", "name": text("Wahlperiode"), "starts_on": "2024-06-01"},
    )
    council = a_body("stadtrat", kind="council", mandates=["decides"], name=text("Stadtrat"))
    await boards.made("/bodies", council)
    known = a_person("p-2", visibility="public", title="Dr.", life=text("Lehrerin"))
    known |= {"email": ["erika@example.org"], "address": "Musterweg 1", "gender": "female"}
    known |= {"consents": consent("name", "gender", "email", "address", "life")}
    await boards.made("/persons", known)
    member = a_membership("p-2", body="stadtrat", on_behalf_of="fraktion-a", voting=True)
    await boards.made("/memberships", {**member, "key": "m-2"})
    meeting = a_meeting("rat-1", body="stadtrat", location=text("Rathaus, Saal"))
    await boards.made("/meetings", meeting)
    for number in range(1, 5):
        item = an_item(str(number), key=f"a-rat-{number}", public=number != 2)
        await boards.made("/meetings/rat-1/agenda-items", item)


async def test_every_object_is_as_the_standard_wants_it(
    boards: Door, world: Reader, standard: Standard
) -> None:
    await a_town(boards)
    crawl = Crawl(world.get)
    await crawl.everything(world.system)
    assert {one["type"].rsplit("/")[-1] for one in crawl.objects.values()} >= {
        "System",
        "Body",
        "LegislativeTerm",
        "Organization",
        "Person",
        "Membership",
        "Meeting",
        "AgendaItem",
        "Location",
    }
    for address, found in crawl.objects.items():
        standard.check(found)
        assert await world.one(address) == found
        for other, wanted in standard.references(found):
            assert crawl.objects[other]["type"].endswith(f"/{wanted}"), other


async def test_the_municipality_introduces_itself(boards: Door, world: Reader) -> None:
    await boards.made("/organisations", {"key": "amt", "name": text("Amt"), "kind": "other"})
    (body,) = await world.data("bodies")
    key, number = boards.municipality.key, f"{boards.municipality.id:012d}"
    assert body["name"] == key.replace("-", " ").capitalize()
    assert (body["rgs"], body["ags"]) == (number, number[:5] + number[9:])
    assert body["legislativeTerm"] == []
    await boards.made("/oparl-profile", PROFILE)
    assert (await boards.post("/oparl-profile", PROFILE)).status_code == 409
    (body,) = await world.data("bodies")
    system = await world.one(world.system)
    for one in (body, system):
        assert one["name"] == "Stadt Musterstadt"
        assert one["license"] == PROFILE["license"]
        assert one["contactEmail"] == "stadtrat@example.org"
    assert body["oparlSince"] == "2026-01-01T01:00:00+01:00"
    assert body["system"] == system["id"] == world.system
    changed = await boards.patch("/oparl-profile", {"name": text("Stadt Beispielstadt")})
    assert changed.headers["etag"] == '"r2"'
    assert (await world.data("bodies"))[0]["name"] == "Stadt Beispielstadt"
    assert (await boards.as_("planner").patch("/oparl-profile", {}, 2)).status_code == 403
    history = (await boards.get("/oparl-profile/history")).json()
    assert [entry["revision"] for entry in history] == [2, 1]


async def test_there_is_a_system_before_anything_was_entered(world: Reader) -> None:
    assert await world.data("meetings") == []
    system = await world.one(world.system)
    (body,) = await world.data(system["body"])
    assert body["legislativeTerm"] == []
    assert await world.data(body["organization"]) == []


async def test_the_council_is_called_parliament(boards: Door, world: Reader) -> None:
    await a_town(boards)
    bodies = {one["name"]: one for one in await world.data("organizations")}
    council = bodies["Stadtrat"]
    assert (council["organizationType"], council["classification"]) == ("Gremium", "Parlament")
    assert bodies["Planungsbeirat LSZ"]["classification"] == "Lenkungsgruppe"
    assert bodies["fraktion-a"]["organizationType"] == "Fraktion"
    assert (await world.data("bodies"))[0]["mainOrganization"] == council["id"]
    assert [one["name"] for one in await world.data(council["meeting"])] == ["1. Sitzung"]
    assert await world.data(bodies["fraktion-a"]["id"] + "/meetings") == []
    stranger = council["id"][:-1] + ("0" if council["id"][-1] != "0" else "1")
    assert (await world.get(f"{stranger}/meetings")).status_code == 404


async def test_items_of_the_closed_part_leave_no_gap(boards: Door, world: Reader) -> None:
    await a_town(boards)
    meeting = next(m for m in await world.data("meetings") if m.get("location"))
    items = meeting["agendaItem"]
    assert [(item["order"], item["number"]) for item in items] == [(0, "1"), (1, "3"), (2, "4")]
    alone = await world.one(items[1]["id"])
    assert alone.pop("meeting") == meeting["id"]
    assert alone == items[1]
    assert meeting["location"]["description"] == "Rathaus, Saal"


async def test_what_is_closed_becomes_a_stub_and_its_meeting_moves(
    boards: Door, world: Reader, standard: Standard
) -> None:
    await a_town(boards)
    before = next(m for m in await world.data("meetings") if m.get("location"))
    first = before["agendaItem"][0]
    await boards.patch("/meetings/rat-1/agenda-items/a-rat-1", {"public": False})
    stub = await world.one(first["id"])
    assert stub == {
        **{name: first[name] for name in ("id", "type", "created")},
        "order": 0,
        "modified": stub["modified"],
        "deleted": True,
    }
    standard.check(stub)
    after = await world.one(before["id"])
    assert after["modified"] >= stub["modified"]
    assert [item["order"] for item in after["agendaItem"]] == [0, 1]
    assert first["id"] not in [item["id"] for item in await world.data("agenda-items")]
    since = before["modified"].replace("+", "%2B")
    told = await world.data(f"agenda-items?modified_since={since}")
    assert stub in told
    await boards.patch("/meetings/rat-1/agenda-items/a-rat-1", {"public": True}, 2)
    again = await world.one(first["id"])
    assert "deleted" not in again
    assert again["created"] == first["created"]


@pytest.mark.parametrize("visibility", ["members", "administration"])
async def test_who_hides_a_body_hides_all_of_it(
    boards: Door, world: Reader, visibility: str
) -> None:
    await a_town(boards)
    council = next(o for o in await world.data("organizations") if o["name"] == "Stadtrat")
    await boards.patch("/bodies/stadtrat", {"visibility": visibility})
    assert (await world.one(council["id"]))["deleted"] is True
    everything_said = ""
    for name in LISTS:
        everything_said += (await world.get(name)).text
    assert "Stadtrat" not in everything_said.replace("Büro des Stadtrates", "")
    assert council["id"] not in everything_said
    assert "Rathaus, Saal" not in everything_said
    assert len(await world.data("agenda-items")) == 1
    assert len(await world.data("memberships")) == 1
    person = next(p for p in await world.data("persons") if "familyName" in p)
    assert "membership" not in person
    stubs = await world.data(council["id"] + "/meetings?modified_since=2026-01-01T00:00:00Z")
    assert [stub.get("deleted") for stub in stubs] == [True]
    await boards.patch("/bodies/stadtrat", {"visibility": "public"}, 2)
    assert (await world.one(council["id"]))["name"] == "Stadtrat"
    assert len(await world.data("agenda-items")) == 4
    assert len(await world.data("memberships")) == 2


async def test_a_person_shows_what_they_agreed_to(boards: Door, world: Reader) -> None:
    await a_town(boards)
    persons = await world.data("persons")
    shown = next(p for p in persons if "familyName" in p)
    assert shown["name"] == "Dr. Erika Mustermann"
    assert (shown["title"], shown["email"]) == (["Dr."], ["erika@example.org"])
    assert shown["locationObject"]["description"] == "Musterweg 1"
    assert shown["location"] == shown["locationObject"]["id"]
    assert shown["membership"][0]["role"] == "Mitglied"
    (unnamed,) = (p for p in persons if p != shown)
    known = {"id", "type", "body", "membership", "created", "modified"}
    assert set(unnamed) == known
    await boards.patch("/persons/p-2", {"consents": consent("name")})
    again = await world.one(shown["id"])
    assert set(again) == known | {"name", "familyName", "givenName", "title"}
    assert "Musterweg" not in (await world.get("locations")).text
    assert (await world.one(shown["location"]))["deleted"] is True
    await boards.patch("/persons/p-2", {"visibility": "members"}, 2)
    assert (await world.one(shown["id"]))["deleted"] is True
    assert (await world.one(shown["membership"][0]["id"]))["deleted"] is True
    assert "Mustermann" not in (await world.get("persons?modified_since=2026-01-01T00:00:00Z")).text


async def test_a_consent_ends_on_its_day_although_nobody_writes(
    boards: Door, world: Reader, apps: dict[str, FastAPI], monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = today() + timedelta(days=1)
    consents = consent("name", withdrawn_on=tomorrow.isoformat())
    await boards.made("/persons", a_person(visibility="public", consents=consents))
    (shown,) = await world.data("persons")
    assert shown["name"] == "Erika Mustermann"
    await on_the_day(
        apps,
        boards,
        "UPDATE boards.person SET consents = replace(consents::text,"
        " $2, $3)::jsonb, revision = revision + 1 WHERE municipality_id = $1",
        tomorrow.isoformat(),
        today().isoformat(),
    )
    (hidden,) = await world.data("persons")
    assert "name" not in hidden
    assert (await world.one(shown["id"])) == hidden


async def on_the_day(apps: dict[str, FastAPI], door: Door, statement: str, *values: Any) -> None:
    """Let the day come: what was to happen tomorrow happens today."""
    connection = await apps["boards"].state.database.connect()
    town = door.municipality.id
    try:
        async with connection.transaction():
            await connection.execute("SELECT set_config('app.municipality', $1, true)", str(town))
            await connection.execute(statement, town, *values)
            await connection.execute(
                "UPDATE boards.oparl_object SET due = due - 1 WHERE municipality_id = $1", town
            )
    finally:
        await connection.close()
