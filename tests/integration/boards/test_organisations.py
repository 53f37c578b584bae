"""The register of organisations; the feature to imitate shows every promise of the house."""

import asyncio

import pytest

from tests.support.towns import Door

JENARBEIT = {
    "key": "jenarbeit",
    "name": {"de": "jenarbeit - Jobcenter der Stadt Jena", "en": "jenarbeit - Jena job centre"},
    "kind": "jobcentre",
}
DEPARTMENT = {"key": "dezernat-4", "name": {"de": "Dezernat 4"}, "kind": "administration"}


async def test_the_office_enters_an_organisation_and_everybody_reads_it(boards: Door) -> None:
    created = await boards.as_("secretary").post("/organisations", JENARBEIT)
    assert created.status_code == 201, created.text
    assert created.headers["etag"] == '"r1"'
    location = created.headers["location"]
    read = await boards.as_().get(location)
    assert read.status_code == 200
    assert read.json() == created.json()
    assert read.json()["name"] == JENARBEIT["name"]
    assert read.json()["website"] is None
    by_id = await boards.as_().get(f"/organisations/{created.json()['id']}")
    assert by_id.json() == read.json()


async def test_the_list_is_paged_by_link(boards: Door) -> None:
    for number in range(5):
        await boards.made("/organisations", {**DEPARTMENT, "key": f"amt-{number}"})
    seen, address = [], "/organisations?limit=2&kind=administration"
    while address:
        page = await boards.as_().get(address)
        seen += [item["key"] for item in page.json()["items"]]
        address = page.json()["next"]
        assert ('rel="next"' in page.headers["link"]) == (address is not None)
    assert seen == [f"amt-{number}" for number in range(5)]


async def test_a_change_needs_the_state_that_was_read(boards: Door) -> None:
    await boards.made("/organisations", JENARBEIT)
    without = await boards("PATCH", "/organisations/jenarbeit", json={"kind": "other"})
    assert without.status_code == 428
    changed = await boards.patch("/organisations/jenarbeit", {"name": {"it": "Centro"}}, 1)
    assert changed.status_code == 200
    assert changed.json()["revision"] == 2
    assert changed.json()["name"]["en"] == "jenarbeit - Jena job centre"
    assert changed.json()["name"]["it"] == "Centro"
    stale = await boards.patch("/organisations/jenarbeit", {"kind": "other"}, 1)
    assert stale.status_code == 412


async def test_of_twenty_writers_exactly_one_wins(boards: Door) -> None:
    await boards.made("/organisations", JENARBEIT)
    answers = await asyncio.gather(
        *(
            boards.patch("/organisations/jenarbeit", {"name": {"de": f"Name {n}"}}, 1)
            for n in range(20)
        )
    )
    assert sorted(a.status_code for a in answers) == [200] + [412] * 19


async def test_nothing_changes_when_nothing_is_different(boards: Door) -> None:
    await boards.made("/organisations", JENARBEIT)
    same = await boards.patch("/organisations/jenarbeit", {"kind": "jobcentre"}, 1)
    assert same.json()["revision"] == 1


async def test_every_state_is_kept_with_who_made_it(boards: Door) -> None:
    await boards.made("/organisations", JENARBEIT)
    clerk = boards.as_("secretary", subject="test:second-clerk")
    await clerk.patch("/organisations/jenarbeit", {"kind": "other"}, 1)
    history = (await boards.get("/organisations/jenarbeit/history")).json()
    assert [(h["revision"], h["actor"], h["row"]["kind"]) for h in history] == [
        (2, "test:second-clerk", "other"),
        (1, "test:clerk", "jobcentre"),
    ]
    assert (await boards.as_().get("/organisations/jenarbeit/history")).status_code == 401


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"key": "Not A Key"}, "/key"),
        ({"name": {"en": "no German"}}, "/name"),
        ({"name": {"de": ""}}, "/name/de"),
        ({"name": {"de": "x\u0000y"}}, "/name/de"),
        ({"kind": "party"}, "/kind"),
        ({"unknown": 1}, "/unknown"),
        ({"parent": "nowhere"}, "/parent"),
        ({"parent": "jenarbeit"}, "/parent"),
        ({"website": "javascript:alert(1)"}, "/website"),
        ({"starts_on": "2024-07-01", "ends_on": "2024-06-30"}, "/ends_on"),
        ({"visibility": "secret"}, "/visibility"),
    ],
)
async def test_wrong_input_is_pointed_at_and_not_stored(
    boards: Door, wrong: dict[str, object], pointer: str
) -> None:
    refused = await boards.post("/organisations", {**JENARBEIT, **wrong})
    assert refused.status_code == 422, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "/problems/invalid"
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await boards.get("/organisations")).json()["items"] == []


async def test_no_organisation_is_part_of_itself_through_others(boards: Door) -> None:
    await boards.made("/organisations", DEPARTMENT)
    await boards.made("/organisations", {**JENARBEIT, "parent": "dezernat-4"})
    refused = await boards.patch("/organisations/dezernat-4", {"parent": "jenarbeit"}, 1)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/parent"


async def test_a_key_is_taken_once_and_kept_for_good(boards: Door) -> None:
    await boards.made("/organisations", JENARBEIT)
    assert (await boards.post("/organisations", JENARBEIT)).status_code == 409
    moved = await boards.patch("/organisations/jenarbeit", {"key": "other"}, 1)
    assert moved.json()["errors"][0]["pointer"] == "/key"


async def test_what_is_for_the_administration_is_not_there_for_others(boards: Door) -> None:
    await boards.made("/organisations", {**JENARBEIT, "visibility": "administration"})
    for door in (boards.as_(), boards.as_("member")):
        assert (await door.get("/organisations/jenarbeit")).status_code == 404
        assert (await door.get("/organisations")).json()["items"] == []
    assert (await boards.as_("planner").get("/organisations/jenarbeit")).status_code == 200


async def test_repeating_a_post_with_its_key_gives_the_first_answer(boards: Door) -> None:
    headers = {"Idempotency-Key": "one-click"}
    answers = await asyncio.gather(
        *(boards.post("/organisations", JENARBEIT, headers=headers) for _ in range(10))
    )
    assert {a.status_code for a in answers} == {201}
    assert len({a.content for a in answers}) == 1
    assert sum("idempotency-replayed" in a.headers for a in answers) == 9
    other = await boards.post("/organisations", DEPARTMENT, headers=headers)
    assert other.status_code == 422


async def test_reading_a_page_costs_two_statements(boards: Door, statements: list[str]) -> None:
    await boards.made("/organisations", JENARBEIT)
    statements.clear()
    await boards.get("/organisations?limit=50")
    assert len(statements) == 2


async def test_a_misspelt_filter_is_refused_instead_of_ignored(boards: Door) -> None:
    refused = await boards.get("/organisations?kinds=jobcentre&limit=5")
    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert (fault["parameter"], fault["code"]) == ("kinds", "unknown_parameter")
    assert "kind, limit, on, parent" in fault["detail"]
    assert (await boards.get("/organisations/nowhere?lang=de")).status_code == 422


async def test_a_repeated_filter_is_refused_instead_of_the_last_one_winning(boards: Door) -> None:
    refused = await boards.get("/organisations?kind=jobcentre&kind=department")
    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert (fault["parameter"], fault["code"]) == ("kind", "repeated_parameter")


async def test_a_council_group_lasts_as_long_as_its_legislature(boards: Door) -> None:
    for key, days in (
        ("fraktion-a", {"ends_on": "2024-06-30"}),
        ("fraktion-b", {"starts_on": "2024-07-01"}),
    ):
        group = {"key": key, "name": {"de": key}, "kind": "council_group", **days}
        await boards.made("/organisations", group)
    listed = await boards.as_().get("/organisations?kind=council_group&on=2024-07-01")
    assert [item["key"] for item in listed.json()["items"]] == ["fraktion-b"]
