"""What all kinds of resources of the projects service promise alike."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from services.contracts.shared.access import Municipality
from services.kit.paging import encode
from tests.integration.projects.samples import ALL, LATER, settle
from tests.support.towns import Door, new_town

BODIES = ALL | LATER
EVERY = pytest.mark.parametrize("collection", BODIES)
WRITERS = {
    "target-groups": "planner",
    "strategies": "planner",
    "fields-of-action": "planner",
    "goals": "planner",
    "measures": "planner",
    "planning-fields": "planner",
    "planning-tasks": "planner",
    "results": "planner",
    "target-indicators": "planner",
    "target-periods": "planner",
    "monitorings": "planner",
}

NEXT = {"notices": {"kind": "amendment"}}
"""What can follow on the first of its kind."""


@pytest.fixture
async def settled(projects: Door, collection: str) -> Door:
    """A town with one of each kind, this one among them."""
    await settle(projects)
    if collection in LATER:
        await projects.made(f"/{collection}", LATER[collection])
    return projects


def renamed(collection: str, text: str) -> dict[str, Any]:
    """A change that every kind takes."""
    if collection in ("grants", "notices"):
        return {"reference": text}
    if collection == "funding-rules":
        return {"clause": text}
    if collection == "target-periods":
        return {"kind": "target"}
    if collection == "monitorings":
        return {"legal_basis": text}
    if collection == "grant-disclosures":
        return {"fund": text}
    return {"title" if "title" in BODIES[collection] else "name": {"de": text}}


@EVERY
async def test_what_an_office_enters_everybody_reads(projects: Door, collection: str) -> None:
    await settle(projects, until=collection)
    writer = projects.as_(WRITERS.get(collection, "controller"))
    created = await writer.post(f"/{collection}", BODIES[collection])
    assert created.status_code == 201, created.text
    assert created.headers["etag"] == '"r1"'
    read = await projects.as_().get(created.headers["location"])
    assert read.json() == created.json()
    by_id = await projects.as_().get(f"/{collection}/{created.json()['id']}")
    assert by_id.json() == created.json()
    listed = (await projects.as_().get(f"/{collection}")).json()
    assert listed == {"items": [created.json()], "next": None}


@EVERY
async def test_a_change_is_made_once_and_its_past_is_kept(settled: Door, collection: str) -> None:
    address = f"/{collection}/{BODIES[collection]['key']}"
    answers = await asyncio.gather(
        *(settled.patch(address, renamed(collection, f"Neu {n}"), 1) for n in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
    won = next(answer.json() for answer in answers if answer.status_code == 200)
    field = next(iter(renamed(collection, "")))
    same = await settled.patch(address, {field: won[field]}, 2)
    assert same.json() == won
    history = (await settled.get(f"{address}/history")).json()
    assert [state["revision"] for state in history] == [2, 1]
    assert history[0]["row"][field] == won[field]
    assert history[1]["row"][field] == BODIES[collection].get(field)
    assert (await settled.as_().get(f"{address}/history")).status_code == 401


@EVERY
async def test_another_town_finds_nothing_by_key_or_by_uuid(
    settled: Door,
    doors: Callable[[str, Municipality], Door],
    collection: str,
) -> None:
    elsewhere = doors("projects", new_town())
    key = BODIES[collection]["key"]
    stored = (await settled.get(f"/{collection}/{key}")).json()
    for name in (key, stored["id"]):
        address = f"/{collection}/{name}"
        assert (await elsewhere.get(address)).status_code == 404
        assert (await elsewhere.get(f"{address}/history")).status_code == 404
        changed = await elsewhere.patch(address, renamed(collection, "fremd"), 1)
        assert changed.status_code == 404
    assert (await elsewhere.get(f"/{collection}")).json()["items"] == []
    assert (await settled.get(f"/{collection}/{key}")).json() == stored


@EVERY
async def test_what_is_for_the_administration_is_not_there_for_others(
    projects: Door, collection: str
) -> None:
    await settle(projects, until=collection)
    body = {**BODIES[collection], "visibility": "administration"}
    await projects.made(f"/{collection}", body)
    for door in (projects.as_(), projects.as_("member"), projects.as_("supplier")):
        assert (await door.get(f"/{collection}/{body['key']}")).status_code == 404
        assert (await door.get(f"/{collection}")).json()["items"] == []
    assert len((await projects.as_("planner").get(f"/{collection}")).json()["items"]) == 1


@EVERY
@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"key": "Kein Schlüssel"}, "/key"),
        ({"unknown": 1}, "/unknown"),
        ({"visibility": "secret"}, "/visibility"),
    ],
)
async def test_wrong_input_is_pointed_at_and_not_stored(
    projects: Door, collection: str, wrong: dict[str, Any], pointer: str
) -> None:
    await settle(projects, until=collection)
    refused = await projects.post(f"/{collection}", {**BODIES[collection], **wrong})
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await projects.get(f"/{collection}")).json()["items"] == []


@EVERY
async def test_a_key_is_taken_once(settled: Door, collection: str) -> None:
    again = {**BODIES[collection], **NEXT.get(collection, {})}
    refused = await settled.post(f"/{collection}", again)
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["pointer"] == "/key"


@EVERY
async def test_only_who_may_writes(settled: Door, collection: str) -> None:
    address = f"/{collection}/{BODIES[collection]['key']}"
    for role, status in (("secretary", 403), ("member", 403), (None, 401)):
        door = settled.as_(*([role] if role else []))
        assert (await door.post(f"/{collection}", BODIES[collection])).status_code == status
        changed = await door.patch(address, renamed(collection, "x"), 1)
        assert changed.status_code == status


@EVERY
@pytest.mark.parametrize("made_up", [[1], [True], [1, 2]])
async def test_a_made_up_cursor_is_refused(
    settled: Door, collection: str, made_up: list[int]
) -> None:
    refused = await settled.get(f"/{collection}", params={"cursor": encode(made_up)})
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["parameter"] == "cursor"


@EVERY
async def test_a_page_costs_two_statements(
    settled: Door, statements: list[str], collection: str
) -> None:
    statements.clear()
    assert len((await settled.as_().get(f"/{collection}")).json()["items"]) == 1
    assert len(statements) == 2


async def test_the_service_says_how_far_it_follows_the_others(projects: Door) -> None:
    ready = (await projects.client.get("/readyz")).json()
    assert ready["ready"] is True
    assert ready["behind"] == {"references-boards": 0, "references-indicators": 0, "effects": 0}
