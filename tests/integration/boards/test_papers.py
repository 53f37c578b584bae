"""Papers: their numbers, their states, and what they tell to whom."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import a_body, a_paper, a_person, organisations, text
from tests.support.copies import copied
from tests.support.towns import Door


@pytest.fixture
@copied
async def office(boards: Door) -> Door:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    return boards


def unnumbered(**more: Any) -> dict[str, Any]:
    new = a_paper(dated_on="2026-03-01", **more)
    del new["key"]
    return new


async def test_twenty_papers_entered_at_once_get_twenty_numbers(office: Door) -> None:
    answers = await asyncio.gather(*(office.post("/papers", unnumbered()) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    numbers = sorted(answer.json()["reference"] for answer in answers)
    assert numbers == [f"{number:04}/2026" for number in range(1, 21)]


async def test_a_number_somebody_gave_is_not_given_again(office: Door) -> None:
    await office.made("/papers", a_paper(reference="0001/2026"))
    assert (await office.made("/papers", unnumbered()))["reference"] == "0002/2026"
    council = {"key": "rat", "name": text("Rat"), "kind": "council", "mandates": ["decides"]}
    await office.made("/bodies", {**council, "paper_numbers": "DS {year}-{number}"})
    assert (await office.made("/papers", unnumbered()))["reference"] == "DS 2026-0001"
    refused = await office.post("/papers", a_paper("andere", reference="0002/2026"))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, "/reference")


async def test_a_refused_paper_takes_no_number(office: Door) -> None:
    assert (await office.post("/papers", unnumbered(related=["nowhere"]))).status_code == 422
    assert (await office.made("/papers", unnumbered()))["key"] == "ds-0001-2026"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"title": {"en": "no German"}}, "/title"),
        ({"kind": "letter"}, "/kind"),
        ({"state": "decided"}, "/state"),
        ({"state": "draft"}, "/visibility"),
        ({"originator_organisations": ["nobody"]}, "/originator_organisations/0"),
        ({"originator_bodies": ["planungsbeirat", "nobody"]}, "/originator_bodies/1"),
        ({"originator_persons": ["p-9"]}, "/originator_persons/0"),
        ({"under_direction_of": ["dezernat-4", "dezernat-4"]}, "/under_direction_of"),
        ({"concerned_organisations": ["nobody"]}, "/concerned_organisations/0"),
        ({"superordinate": ["vorlage-1"]}, "/superordinate/0"),
        ({"related": ["vorlage-9"]}, "/related/0"),
        ({"external_id": "not an address"}, "/external_id"),
        ({"reference": "two\nlines"}, "/reference"),
    ],
)
async def test_a_paper_that_cannot_be_is_refused(
    office: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await office.post("/papers", a_paper(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await office.get("/papers")).json()["items"] == []


async def test_a_draft_is_for_the_administration_until_it_is_submitted(office: Door) -> None:
    await office.made("/papers", {"key": "entwurf", "title": text("Entwurf"), "kind": "report"})
    assert (await office.as_("member").get("/papers/entwurf")).status_code == 404
    shown = await office.patch("/papers/entwurf", {"visibility": "public"})
    assert shown.json()["errors"][0]["pointer"] == "/visibility"
    change = {"state": "submitted", "visibility": "public"}
    assert (await office.patch("/papers/entwurf", change)).status_code == 200
    assert (await office.as_().get("/papers/entwurf")).status_code == 200


async def test_nobody_writes_that_a_paper_is_decided(office: Door) -> None:
    await office.made("/papers", a_paper())
    refused = await office.patch("/papers/vorlage-1", {"state": "decided"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "no-such-step")
    assert (await office.patch("/papers/vorlage-1", {"state": "closed"})).status_code == 200
    assert (await office.patch("/papers/vorlage-1", {"state": "submitted"}, 2)).status_code == 200


async def test_a_paper_names_to_everybody_only_what_everybody_may_see(office: Door) -> None:
    await office.made("/persons", a_person())
    await office.made("/papers", a_paper("geheim", visibility="administration"))
    await office.made("/bodies", a_body("intern", visibility="members"))
    new = a_paper(
        originator_persons=["p-1"],
        originator_bodies=["intern", "planungsbeirat"],
        originator_organisations=["fraktion-a"],
        related=["geheim"],
    )
    whole = await office.made("/papers", new)
    assert (whole["originator_persons"], whole["related"]) == (["p-1"], ["geheim"])
    for reader, bodies in ((office.as_(), 1), (office.as_("member"), 2)):
        one = (await reader.get("/papers/vorlage-1")).json()
        assert (one["originator_persons"], one["related"]) == ([], [])
        assert len(one["originator_bodies"]) == bodies
        assert one["originator_organisations"] == ["fraktion-a"]
        assert (await reader.get("/papers")).json()["items"] == [one]


async def test_papers_are_found_by_what_they_are_and_the_latest_comes_first(office: Door) -> None:
    await office.made("/papers", a_paper("eins", dated_on="2026-01-10"))
    await office.made(
        "/papers",
        a_paper(
            "zwei", dated_on="2026-02-10", kind="motion", superordinate=["eins"], state="closed"
        ),
    )
    await office.made(
        "/papers",
        a_paper(
            "drei",
            dated_on="2026-03-10",
            reference="AF-3",
            originator_bodies=["planungsbeirat"],
            concerned_organisations=["universitaet"],
        ),
    )
    for query, found in (
        ("", ["drei", "zwei", "eins"]),
        ("?kind=motion", ["zwei"]),
        ("?state=closed", ["zwei"]),
        ("?reference=AF-3", ["drei"]),
        ("?originator=planungsbeirat", ["drei"]),
        ("?organisation=universitaet", ["drei"]),
        ("?superordinate=eins", ["zwei"]),
        ("?from=2026-02-10", ["drei", "zwei"]),
        ("?until=2026-02-10", ["zwei", "eins"]),
    ):
        items = (await office.as_().get(f"/papers{query}")).json()["items"]
        assert [item["key"] for item in items] == found, query


async def test_papers_are_found_by_topic_and_area(
    boards: Door, doors: Callable[[str, Municipality], Door], town: Municipality
) -> None:
    indicators = doors("indicators", town)
    await indicators.made("/topics", {"key": "familie", "name": text("Familie")})
    await indicators.made(
        "/area-levels", {"key": "gemeinde", "name": text("Gemeinde"), "position": 3}
    )
    await indicators.made(
        "/areas",
        {"key": "jena", "level": "gemeinde", "valid_from": "1990-01-01", "name": text("Jena")},
    )
    await boards.made("/papers", a_paper("eins", topics=["familie"]))
    await boards.made("/papers", a_paper("zwei", areas=["jena"]))
    for query, found in (("topic=familie", ["eins"]), ("area=jena", ["zwei"])):
        items = (await boards.as_().get(f"/papers?{query}")).json()["items"]
        assert [item["key"] for item in items] == found
    refused = await boards.post("/papers", a_paper("drei", topics=["familie", "sport"]))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/topics/1")


async def test_a_page_of_papers_that_name_others_costs_three_statements(
    office: Door, statements: list[str]
) -> None:
    for number in range(3):
        await office.made(
            "/papers", a_paper(f"v{number}", originator_bodies=["planungsbeirat"], related=[])
        )
    statements.clear()
    assert len((await office.as_().get("/papers")).json()["items"]) == 3
    assert len(statements) == 3


async def test_what_was_taken_from_elsewhere_is_taken_once(office: Door) -> None:
    origin = "https://ris.example.org/papers/1"
    await office.made("/papers", a_paper(external_id=origin))
    refused = await office.post("/papers", a_paper("vorlage-2", external_id=origin))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, "/external_id")


async def test_the_second_page_goes_on_where_the_first_ended(boards: Door) -> None:
    for number, day in enumerate((1, 2, 2, 3)):
        await boards.made("/papers", a_paper(f"p-{number}", dated_on=f"2026-03-0{day}"))
    days, address = [], "/papers?limit=1"
    while address:
        page = (await boards.as_().get(address)).json()
        days += [paper["dated_on"] for paper in page["items"]]
        address = page["next"]
    assert days == ["2026-03-03", "2026-03-02", "2026-03-02", "2026-03-01"]
