"""Persons: known to the administration alone, and named nowhere else."""

import re
from typing import Any

import pytest

from services.kit.identity import HEADER
from tests.integration.boards.council import a_body, a_person, organisations
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
    person = await boards.made("/persons", a_person("mustermann-erika"))
    await boards.patch("/persons/mustermann-erika", {"family_name": "Musterfrau"})
    await boards.made("/bodies", a_body())
    await boards.made(
        "/memberships",
        {
            "key": "m-mustermann",
            "person": "mustermann-erika",
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
    assert not re.search("muster|erika", journal.text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"given_name": ""}, "/given_name"),
        ({"family_name": None}, "/family_name"),
        ({"organisation": "nobody"}, "/organisation"),
        ({"birthday": "1970-01-01"}, "/birthday"),
        ({"visibility": "friends"}, "/visibility"),
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
