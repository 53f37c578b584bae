"""A whole council information system is read, as large as that of a city is."""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.boards.app import create_app
from services.crawl import files
from services.crawl.harvest import parts as batches
from services.kit.settings import Settings
from tests.integration.boards.reading import SOURCE, journalled, listed, take
from tests.support import server
from tests.support.towns import Door


@pytest.fixture(scope="module")
async def apps(settings: Settings, database_url: str) -> AsyncIterator[dict[str, FastAPI]]:
    """The boards with a database of their own: beside a thousand tiny towns PostgreSQL takes this
    one for tiny too, until it looks again."""
    app = create_app(settings, await server.beside(database_url, "karlsruhe"))
    async with app.router.lifespan_context(app):
        yield {"boards": app}


def _data(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{name}.json.gz") as file:
        data: list[dict[str, Any]] = json.load(file)["data"]
        return data


def _files(one: dict[str, Any]) -> int:
    names = ("mainFile", "invitation", "resultsProtocol", "verbatimProtocol", "resolutionFile")
    return len(one.get("auxiliaryFile", ())) + sum(name in one for name in names)


async def test_karlsruhe_is_read_completely_and_only_once(boards: Door, shared_data: Path) -> None:
    """Genuine objects of web1.karlsruhe.de/oparl: everything is accounted for, the ways are right.

    A second reading changes nothing.
    """
    await boards.made("/oparl-sources", SOURCE)
    source, folder = "/oparl-sources/rathaus", shared_data / "boards" / "karlsruhe"
    parts = [(page.list, part) for page in files.pages(folder) for part in batches(page.objects)]
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for name, objects in parts:
        report = await take(boards, source, *objects, list=name)
        for what in ("created", "deleted", "left_out", "changed"):
            total[what].update(report[what])

    meetings, papers = _data(folder, "meeting"), _data(folder, "paper")
    alive = [paper for paper in papers if not paper.get("deleted")]
    steps = [(paper, one) for paper in alive for one in paper.get("consultation", ())]
    nowhere = [one for _, one in steps if not one.get("organization")]
    items = [one for meeting in meetings for one in meeting.get("agendaItem", ())]
    assert total["created"] == {
        "Organization": len(_data(folder, "organization")),
        "Meeting": len(meetings),
        "AgendaItem": len(items),
        "File": sum(_files(one) for one in [*meetings, *items, *alive]),
        "Paper": len(alive),
        "Consultation": len(steps) - len(nowhere),
    }
    assert total["deleted"] == {"Paper": len(papers) - len(alive)}
    assert total["left_out"] == {"Consultation": len(nowhere)}

    missing = (await boards.get(f"{source}/missing")).json()
    known = {one["id"] for one in [*meetings, *papers]}
    alone = _data(folder, "consultation")
    assert {one["paper"] for one in alone} & known == set()  # so all of them wait
    assert missing["objects"] >= len(alone)
    said = [(one["id"], below) for one in alive for below in one.get("subordinatedPaper", ())]
    outside = {below for _, below in said} - known
    assert (len(said), len(outside)) == (326, 16)

    stored = {one["external_id"]: one for one in await listed(boards, "/papers")}
    bodies = {one["key"]: one["external_id"] for one in await listed(boards, "/bodies")}
    ways: dict[str, list[str]] = defaultdict(list)
    keys = {one["key"]: address for address, one in stored.items()}
    for one in sorted(await listed(boards, "/consultations"), key=lambda c: int(c["position"])):
        if one["meeting"] is not None:
            ways[keys[one["paper"]]].append(bodies[one["body"]])
    for paper in alive:
        named = paper.get("superordinatedPaper", ())
        above = [keys[key] for key in stored[paper["id"]]["superordinate"]]
        assert above == [address for address in named if address in stored], paper["id"]
    for paper_above, paper_below in said:
        if paper_below not in outside:
            assert stored[paper_above]["key"] in stored[paper_below]["superordinate"]
    starts = {meeting["id"]: meeting["start"] for meeting in meetings}
    expected: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for place, (paper, one) in enumerate(steps):
        if one.get("meeting") in starts and one.get("organization"):
            order = (starts[one["meeting"]], place, one["organization"][0])
            expected[paper["id"]].append(order)
    for address, way in expected.items():
        assert ways[address] == [body for _, _, body in sorted(way)], address
    names = {one["external_id"]: one["name"]["de"] for one in await listed(boards, "/bodies")}
    through = Counter(tuple(names[body] for body in way) for way in ways.values())
    assert through["Sozialausschuss", "Gemeinderat"] > 0
    assert through["Jugendhilfeausschuss", "Gemeinderat"] > 0

    before = await journalled(boards)
    again: dict[str, Counter[str]] = defaultdict(Counter)
    for name, objects in parts:
        report = await take(boards, source, *objects, list=name)
        for what in ("created", "changed", "deleted", "unchanged", "waiting"):
            again[what].update(report[what])
    assert (again["created"], again["changed"], again["deleted"]) == ({}, {}, {})
    assert await journalled(boards) == before

    late = [
        {"id": one, "type": "https://schema.oparl.org/1.1/Paper", "reference": f"Nachzügler {n}"}
        for n, one in enumerate(sorted(outside))
    ]
    assert (await take(boards, source, *late))["created"] == {"Paper": len(outside)}
    stored = {one["external_id"]: one for one in await listed(boards, "/papers")}
    for paper_above, paper_below in said:
        assert stored[paper_above]["key"] in stored[paper_below]["superordinate"]
