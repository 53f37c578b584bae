"""Reports, strategies and newsletters."""

from typing import Any

import pytest

from tests.integration.boards.council import a_body, a_publication, organisations, text
from tests.support.copies import copied
from tests.support.towns import Door


@pytest.fixture
@copied
async def board(boards: Door) -> Door:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    return boards


async def test_a_publication_keeps_everything_that_is_said_of_it(board: Door) -> None:
    said = {
        "key": "lebenslagen-2018",
        "title": {
            "de": "Zur sozialen Lage der Bevölkerung Jenas",
            "en": "The social situation of Jena's population",
        },
        "kind": "report",
        "issue": None,
        "published_on": "2019-03-01",
        "year": 2018,
        "bodies": ["planungsbeirat"],
        "publisher": "dezernat-4",
        "languages": ["de", "en"],
        "summary": text("Bericht über die Lebenslagen in der Stadt."),
        "link": "https://www.jena.de/bericht.pdf",
        "topics": ["Armut", "Bildung"],
        "visibility": "public",
    }
    await board.made("/publications", said)
    kept = (await board.as_().get("/publications/lebenslagen-2018")).json()
    assert {name: kept[name] for name in said} == said


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"bodies": ["planungsbeirat", "nowhere"]}, "/bodies/1"),
        ({"bodies": ["planungsbeirat", "planungsbeirat"]}, "/bodies"),
        ({"publisher": "nobody"}, "/publisher"),
        ({"kind": "leaflet"}, "/kind"),
        ({"year": 20177}, "/year"),
        ({"published_on": "2017-13-01"}, "/published_on"),
        ({"languages": []}, "/languages"),
        ({"languages": ["fr"]}, "/languages/0"),
        ({"link": "ftp://jena.de"}, "/link"),
    ],
)
async def test_a_publication_that_cannot_be_is_refused(
    board: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await board.post("/publications", a_publication(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await board.get("/publications")).json()["items"] == []


async def test_a_change_to_an_unknown_body_is_refused(board: Door) -> None:
    await board.made("/publications", a_publication())
    refused = await board.patch("/publications/newsletter-1", {"bodies": ["nowhere"]})
    assert refused.json()["errors"][0]["pointer"] == "/bodies/0"


async def test_publications_are_listed_by_kind_year_and_body(board: Door) -> None:
    await board.made("/publications", a_publication("n-1", year=2017, bodies=["planungsbeirat"]))
    await board.made("/publications", a_publication("n-2", year=2018))
    await board.made("/publications", a_publication("r-1", year=2018, kind="report"))

    async def keys(query: str) -> list[str]:
        found = await board.as_().get(f"/publications?{query}")
        return [item["key"] for item in found.json()["items"]]

    assert await keys("kind=newsletter") == ["n-1", "n-2"]
    assert await keys("year=2018") == ["n-2", "r-1"]
    assert await keys("body=planungsbeirat") == ["n-1"]


async def test_a_planner_publishes_but_does_not_found_bodies(board: Door) -> None:
    planner = board.as_("planner")
    assert (await planner.post("/publications", a_publication())).status_code == 201
    assert (await planner.post("/bodies", a_body("neu"))).status_code == 403
