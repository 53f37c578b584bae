"""Persons: known to the administration alone, and named nowhere else."""

import re
from typing import Any

import pytest

from services.kit.identity import HEADER
from tests.integration.boards.council import (
    a_body,
    a_membership,
    a_person,
    a_seat,
    organisations,
)
from tests.support.towns import Door, actor


async def test_a_person_is_hidden_unless_said_otherwise(boards: Door) -> None:
    made = await boards.made("/persons", {"given_name": "Erika", "family_name": "Mustermann"})
    assert made["visibility"] == "administration"
    assert re.fullmatch(r"p-[a-z2-7]{10}", made["key"])
    for door in (boards.as_(), boards.as_("member"), boards.as_("supplier")):
        assert (await door.get(f"/persons/{made['key']}")).status_code == 404
        assert (await door.get("/persons")).json()["items"] == []
    assert (await boards.as_("secretary").get(f"/persons/{made['key']}")).json() == made


async def test_two_persons_get_two_keys(boards: Door) -> None:
    nameless = {"given_name": "Erika", "family_name": "Mustermann", "key": None}
    keys = {(await boards.made("/persons", nameless))["key"] for _ in range(3)}
    assert len(keys) == 3


async def test_neither_name_nor_key_of_a_person_enters_the_journal(boards: Door) -> None:
    person = await boards.made("/persons", a_person("secret-1"))
    await boards.patch("/persons/secret-1", {"family_name": "Musterfrau"})
    await boards.made("/bodies", a_body())
    await boards.made(
        "/memberships",
        {
            "key": "secret-2",
            "person": "secret-1",
            "body": "planungsbeirat",
            "voting": True,
            "starts_on": "2024-07-01",
        },
    )
    service = actor(boards.municipality, ["administrator"], "service:test", kind="service")
    journal = await boards.client.get(
        f"/internal/journal/{boards.municipality.key}",
        headers={HEADER: boards.signer.sign(service)},
    )
    entries = journal.json()
    assert [entry["type"] for entry in entries] == [
        "boards.person.created.v1",
        "boards.person.changed.v1",
        "boards.body.created.v1",
        "boards.membership.created.v1",
    ]
    assert entries[0]["subject"] == f"persons/{person['id']}"
    assert entries[1]["data"]["fields"] == ["family_name"]
    assert not re.search("muster|erika|secret", journal.text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"given_name": ""}, "/given_name"),
        ({"family_name": None}, "/family_name"),
        ({"organisation": "nobody"}, "/organisation"),
        ({"birthday": "1970-01-01"}, "/birthday"),
        ({"visibility": "friends"}, "/visibility"),
        ({"email": ["nowhere"]}, "/email/0"),
        ({"consents": [{"field": "name", "text_version": "1"}]}, "/consents/0/given_on"),
        ({"key": "frau-mustermann"}, "/key"),
    ],
)
async def test_a_person_that_cannot_be_is_refused(
    boards: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await boards.post("/persons", a_person(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert "Mustermann" not in refused.text


async def test_persons_of_an_organisation_are_listed(boards: Door) -> None:
    await organisations(boards)
    await boards.made("/persons", a_person("p-1", organisation="universitaet"))
    await boards.made("/persons", a_person("p-2"))
    listed = (await boards.get("/persons?organisation=universitaet")).json()["items"]
    assert [item["key"] for item in listed] == ["p-1"]


AGREED = [{"field": "name", "given_on": "2026-01-15", "text_version": "2026-01"}]
CONTACT = {"email": ["erika@example.org"], "phone": ["+49 3641 000000"], "title": "Dr."}


async def test_the_public_sees_of_a_person_what_the_person_agreed_to(boards: Door) -> None:
    await boards.made("/persons", a_person(visibility="public", **CONTACT))
    stranger = boards.as_()
    before = (await stranger.get("/persons/p-1")).json()
    assert (before["family_name"], before["title"], before["email"]) == (None, None, [])
    await boards.patch("/persons/p-1", {"consents": AGREED})
    after = (await stranger.get("/persons/p-1")).json()
    assert (after["family_name"], after["title"]) == ("Mustermann", "Dr.")
    assert (after["email"], after["phone"], after["consents"]) == ([], [], [])
    assert (await stranger.get("/persons")).json()["items"] == [after]
    withdrawn = [{**AGREED[0], "withdrawn_on": "2026-02-01"}]
    await boards.patch("/persons/p-1", {"consents": withdrawn}, 2)
    assert (await stranger.get("/persons/p-1")).json()["family_name"] is None


async def test_who_keeps_the_register_reaches_people_and_other_offices_do_not(
    boards: Door,
) -> None:
    await boards.made("/persons", a_person(**CONTACT))
    await boards.patch("/persons/p-1", {"email": ["frau@example.org"]})
    secretary = (await boards.as_("secretary").get("/persons/p-1/history")).text
    planner = (await boards.as_("planner").get("/persons/p-1/history")).text
    assert "frau@example.org" in secretary
    assert "erika@example.org" in secretary
    assert "example.org" not in planner
    assert "Mustermann" in planner


async def test_an_old_consent_shows_nothing_of_the_past(boards: Door) -> None:
    consents = [{**AGREED[0], "field": "email"}]
    await boards.made("/persons", a_person(consents=consents, **CONTACT))
    assert "erika@" in (await boards.as_("planner").get("/persons/p-1")).text
    await boards.patch(
        "/persons/p-1", {"consents": [{**consents[0], "withdrawn_on": "2026-02-01"}]}
    )
    assert "erika@" not in (await boards.as_("planner").get("/persons/p-1/history")).text


async def test_people_read_all_that_is_kept_about_themselves(boards: Door) -> None:
    made = await boards.made("/persons", a_person(visibility="members", **CONTACT))
    other = await boards.made("/persons", a_person("p-2", visibility="members", **CONTACT))
    me = boards.as_("member", person=made["id"])
    assert (await me.get("/persons/p-1")).json()["email"] == ["erika@example.org"]
    assert (await me.get(f"/persons/{other['id']}")).json()["email"] == []


async def test_a_seat_is_seen_to_be_filled_without_a_name(boards: Door) -> None:
    await boards.made("/bodies", a_body())
    await boards.made("/seats", a_seat())
    await boards.made("/persons", a_person(visibility="public"))
    await boards.made("/memberships", a_membership(seat="sitz"))
    for reader, name in ((boards.as_(), None), (boards.as_("member"), "Mustermann")):
        body = (await reader.get("/bodies/planungsbeirat/composition")).json()
        assert body["seats"][0]["holders"][0]["family_name"] == name


async def test_a_membership_does_not_name_its_person_in_its_key(boards: Door) -> None:
    await boards.made("/bodies", a_body())
    await boards.made("/persons", a_person())
    refused = await boards.post("/memberships", a_membership(key="m-mustermann"))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/key"
    assert (await boards.get("/memberships")).json()["items"] == []
