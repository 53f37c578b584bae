"""What every resource of the boards keeps: walls, revisions, history, visibility, budgets."""

import asyncio
import re
from collections.abc import Callable

import pytest

from services.contracts.shared.access import Municipality
from services.kit.paging import encode
from tests.integration.boards.council import CHANGES, PLACES, everything
from tests.integration.boards.deciding import DECIDED, decisions
from tests.support.towns import Door, new_town

KEYS = {**PLACES, **{collection: key for collection, (key, _) in DECIDED.items()}}
CHANGED = {**CHANGES, **{collection: change for collection, (_, change) in DECIDED.items()}}
every_collection = pytest.mark.parametrize("collection", KEYS)
MORE = {
    "/implementations": 1,
    "/meetings/sitzung-1/agenda-items": 1,
    "/publications": 1,
    "/recommendations": 1,
    "/resolutions": 5,
}
"""Statements for what belongs to the items of a page, beyond those of every list."""


async def made(door: Door, collection: str) -> None:
    """A town with one in the collection."""
    await (decisions if collection in DECIDED else everything)(door)


@every_collection
async def test_what_the_office_enters_everybody_reads(boards: Door, collection: str) -> None:
    await made(boards, collection)
    address = f"{collection}/{KEYS[collection]}"
    read = await boards.as_().get(address)
    assert read.status_code == 200, read.text
    assert re.fullmatch(r'"r1(\.\w+)?"', read.headers["etag"])
    assert (await boards.as_().get(f"{collection}/{read.json()['id']}")).json() == read.json()
    assert read.json() in (await boards.as_().get(collection)).json()["items"]


@every_collection
async def test_another_town_finds_nothing_and_changes_nothing(
    boards: Door, doors: Callable[[str, Municipality], Door], collection: str
) -> None:
    await made(boards, collection)
    elsewhere = doors("boards", new_town())
    mine = (await boards.get(f"{collection}/{KEYS[collection]}")).json()
    for name in (KEYS[collection], mine["id"]):
        address = f"{collection}/{name}"
        assert (await elsewhere.get(address)).status_code == 404
        assert (await elsewhere.get(f"{address}/history")).status_code == 404
        assert (await elsewhere.patch(address, CHANGED[collection])).status_code == 404
    listed = await elsewhere.get(collection)
    assert listed.status_code == 404 or listed.json()["items"] == []
    assert (await boards.get(f"{collection}/{KEYS[collection]}")).json() == mine


@every_collection
async def test_of_ten_writers_exactly_one_wins_and_the_past_is_kept(
    boards: Door, collection: str
) -> None:
    await made(boards, collection)
    address = f"{collection}/{KEYS[collection]}"
    answers = await asyncio.gather(
        *(boards.patch(address, CHANGED[collection], 1) for _ in range(10))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 9
    history = (await boards.get(f"{address}/history")).json()
    assert [entry["revision"] for entry in history] == [2, 1]
    assert (await boards.as_().get(f"{address}/history")).status_code == 401
    again = await boards.patch(address, CHANGED[collection], 2)
    assert again.json()["revision"] == 2


@every_collection
async def test_only_the_office_writes(boards: Door, collection: str) -> None:
    await made(boards, collection)
    address = f"{collection}/{KEYS[collection]}"
    assert (await boards.as_().patch(address, CHANGED[collection])).status_code == 401
    assert (await boards.as_("controller").patch(address, CHANGED[collection])).status_code == 403
    assert (await boards.as_("secretary").patch(address, CHANGED[collection])).status_code == 200


@every_collection
async def test_keys_and_unknown_fields_are_refused(boards: Door, collection: str) -> None:
    await made(boards, collection)
    address = f"{collection}/{KEYS[collection]}"
    moved = await boards.patch(address, {"key": "another"})
    assert moved.json()["errors"][0]["pointer"] == "/key"
    unknown = await boards.patch(address, {"colour": "red"})
    assert unknown.json()["errors"][0]["pointer"] == "/colour"
    assert (await boards.get(f"{address}")).json()["revision"] == 1


@every_collection
async def test_a_made_up_cursor_is_refused(boards: Door, collection: str) -> None:
    await made(boards, collection)
    made_up_cursors: tuple[list[str | int], ...] = ([1], [True], [1, 2], ["2024-05-01", 1])
    for made_up in made_up_cursors:
        refused = await boards.get(collection, params={"cursor": encode(made_up)})
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["parameter"] == "cursor"


@every_collection
async def test_a_page_costs_few_statements(
    boards: Door, statements: list[str], collection: str
) -> None:
    await made(boards, collection)
    statements.clear()
    for reader, naming in ((boards, 0), (boards.as_(), 1)):
        statements.clear()
        assert (await reader.get(f"{collection}?limit=50")).status_code == 200
        more = naming if collection == "/publications" else 0
        assert len(statements) == 2 + MORE.get(collection, 0) + more


@pytest.mark.parametrize(
    ("hidden", "gone"),
    [
        ("/organisations", ["/organisations"]),
        (
            "/bodies",
            [
                "/bodies",
                "/seats",
                "/composition-rules",
                "/memberships",
                "/meetings",
                "/meetings/sitzung-1/agenda-items",
                "/procedures",
                "/consultations",
                "/participation-processes",
                "/statements",
            ],
        ),
        ("/seats", ["/seats"]),
        ("/composition-rules", ["/composition-rules"]),
        ("/persons", ["/persons", "/memberships"]),
        ("/memberships", ["/memberships"]),
        ("/procedures", ["/procedures"]),
        ("/meetings", ["/meetings", "/meetings/sitzung-1/agenda-items", "/consultations"]),
        ("/papers", ["/papers", "/consultations", "/amendments"]),
        ("/amendments", ["/amendments"]),
        ("/powers", ["/powers"]),
        ("/publications", ["/publications"]),
        ("/participation-processes", ["/participation-processes", "/statements"]),
        ("/statements", ["/statements"]),
    ],
)
@pytest.mark.parametrize("visibility", ["administration", "members"])
async def test_what_belongs_to_something_hidden_is_hidden_with_it(
    boards: Door, hidden: str, gone: list[str], visibility: str
) -> None:
    await everything(boards)
    await boards.patch(f"{hidden}/{PLACES[hidden]}", {"visibility": visibility})
    for collection, key in PLACES.items():
        for roles, may in (((), False), (("member",), visibility == "members")):
            reader = boards.as_(*roles)
            read = await reader.get(f"{collection}/{key}")
            assert read.status_code == (200 if may or collection not in gone else 404)
            listed = await reader.get(collection)
            keys = [item["key"] for item in listed.json().get("items", [])]
            assert (key in keys) == (may or collection not in gone)
        assert (await boards.as_("planner").get(f"{collection}/{key}")).status_code == 200


async def test_references_to_another_town_are_refused(
    boards: Door, doors: Callable[[str, Municipality], Door]
) -> None:
    await everything(boards)
    elsewhere = doors("boards", new_town())
    name = {"de": "Sitz"}
    rule = {"kind": "exactly", "organisation": "paritaetischer", "count": 1}
    for address, new, pointer in (
        ("/bodies", {"hosted_by": "dezernat-4"}, "/hosted_by"),
        ("/bodies", {"parent": "planungsbeirat"}, "/parent"),
    ):
        body = {"key": "b1", "name": name, "kind": "committee", "mandates": ["decides"], **new}
        refused = await elsewhere.post(address, body)
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["pointer"] == pointer
    await elsewhere.made(
        "/bodies", {"key": "b1", "name": name, "kind": "committee", "mandates": ["decides"]}
    )
    refused = await elsewhere.post(
        "/seats", {"key": "s1", "body": "b1", "name": name, "rule": rule}
    )
    assert refused.json()["errors"][0]["pointer"] == "/rule/organisation"
