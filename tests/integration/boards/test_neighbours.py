"""What papers and bodies name of other services must be there; while those are away, nothing is
stored."""

import pytest

from tests.integration.boards.beside import INDICATORS, apps, present
from tests.integration.boards.council import a_body, a_paper
from tests.integration.boards.deciding import a_resolution, bodies, voted
from tests.support.towns import Door

__all__ = ["apps", "present"]
pytestmark = pytest.mark.usefixtures("present")


async def test_topics_and_areas_that_are_not_there_are_refused_one_by_one(boards: Door) -> None:
    new = a_paper(topics=["familie", "nowhere"], areas=["nowhere-too"])
    refused = await boards.post("/papers", new)
    assert refused.status_code == 422
    pointers = [error["pointer"] for error in refused.json()["errors"]]
    assert pointers == ["/topics/1", "/areas/0"]
    assert (await boards.get("/papers")).json()["items"] == []


async def test_while_the_indicators_are_away_a_paper_waits(boards: Door) -> None:
    INDICATORS.away = True
    refused = await boards.post("/papers", a_paper(topics=["familie"]))
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert (await boards.get("/papers")).json()["items"] == []
    await boards.made("/papers", a_paper())


async def test_what_was_found_once_is_not_asked_for_again(boards: Door) -> None:
    await boards.made("/papers", a_paper(topics=["familie"]))
    INDICATORS.calls.clear()
    INDICATORS.away = True
    assert (await boards.patch("/papers/vorlage-1", {"state": "closed"})).status_code == 200
    INDICATORS.away = False
    await boards.patch("/papers/vorlage-1", {"topics": ["familie", "arbeit"]}, 2)
    assert [call.rsplit("/", 2)[1:] for call in INDICATORS.calls] == [["topics", "arbeit"]]


async def test_a_body_has_only_topics_that_are_there_and_each_once(boards: Door) -> None:
    for topics, pointer in ((["familie", "nowhere"], "/topics/1"), (["familie"] * 2, "/topics")):
        refused = await boards.post("/bodies", a_body(topics=topics))
        assert refused.status_code == 422
        assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert (await boards.get("/bodies")).json()["items"] == []
    await boards.made("/bodies", a_body(topics=["familie"]))
    assert (await boards.as_().get("/bodies/planungsbeirat")).json()["topics"] == ["familie"]
    refused = await boards.patch("/bodies/planungsbeirat", {"topics": ["nowhere"]})
    assert refused.json()["errors"][0]["pointer"] == "/topics/0"
    INDICATORS.away = True
    waits = await boards.patch("/bodies/planungsbeirat", {"topics": ["familie", "arbeit"]})
    assert (waits.status_code, waits.headers["retry-after"]) == (503, "5")
    renamed = await boards.patch("/bodies/planungsbeirat", {"name": {"it": "Comitato"}})
    assert renamed.json()["topics"] == ["familie"]


async def test_while_the_indicators_are_away_nothing_is_resolved(boards: Door) -> None:
    await bodies(boards, "stadtrat")
    vote = await voted(boards, "stadtrat")
    INDICATORS.away = True
    figure = {"indicator": "quote", "area": "jena", "period": "2024"}
    for more in ({"evidence": [figure]}, {"findings": ["befund-1"]}):
        refused = await boards.post("/resolutions", a_resolution(vote, **more))
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert (await boards.get("/resolutions")).json()["items"] == []
    await boards.made("/resolutions", a_resolution(vote))
