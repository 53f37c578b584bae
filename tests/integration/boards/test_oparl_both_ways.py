"""What is read can be given out, and what is given out can be read."""

import gzip
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.integration.boards.reading import SOURCE, take
from tests.integration.boards.test_oparl_visibility import a_town
from tests.support.oparl import Crawl, Reader, Standard, type_of
from tests.support.towns import Door, new_town

MEETINGS, PAPERS = 30, 150
READ = ("Organization", "Meeting", "AgendaItem", "Paper", "Consultation", "File")


def _data(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{name}.json.gz") as file:
        data: list[dict[str, Any]] = json.load(file)["data"]
        return data


def called(meeting: dict[str, Any]) -> tuple[str, datetime]:
    return meeting["name"], datetime.fromisoformat(meeting["start"])


async def test_what_karlsruhe_answered_is_given_out_as_the_standard_wants_it(
    boards: Door, world: Reader, standard: Standard, shared_data: Path
) -> None:
    folder = shared_data / "boards" / "karlsruhe"
    meetings = _data(folder, "meeting")[:MEETINGS]
    there = {one["id"] for one in meetings}
    papers = [
        paper
        for paper in _data(folder, "paper")
        if any(step.get("meeting") in there for step in paper.get("consultation", ()))
    ][:PAPERS]
    organizations = _data(folder, "organization")
    await boards.made("/oparl-sources", SOURCE)
    for objects in (organizations, meetings, papers):
        await take(boards, "/oparl-sources/rathaus", *objects)

    crawl = Crawl(world.get)
    await crawl.everything(world.system)
    for found in crawl.objects.values():
        standard.check(found)
        for other, wanted in standard.references(found):
            assert type_of(crawl.objects[other]) == wanted, other
    counted = Counter(map(type_of, crawl.objects.values()))
    items = [item for meeting in meetings for item in meeting.get("agendaItem", ())]
    assert counted["Organization"] == len(organizations)
    assert counted["Meeting"] == len(meetings)
    assert counted["AgendaItem"] == len(items)
    assert counted["Paper"] == len(papers) > 20
    ours = {called(one): one for one in crawl.objects.values() if type_of(one) == "Meeting"}
    for meeting in meetings:
        agenda = ours[called(meeting)].get("agendaItem", ())
        names = [" ".join(item["name"].split()) for item in meeting.get("agendaItem", ())]
        assert [item["name"] for item in agenda] == names
        assert [item["order"] for item in agenda] == list(range(len(names)))


async def test_what_is_given_out_is_read_by_another_town_without_any_repair(
    boards: Door, world: Reader, doors: Any
) -> None:
    await a_town(boards)
    crawl = Crawl(world.get)
    await crawl.everything(world.system)
    there = doors("boards", new_town())
    await there.made("/oparl-sources", SOURCE)
    made: Counter[str] = Counter()
    for name in ("organization", "meeting", "agendaItem", "paper", "consultation"):
        objects = [one for one in crawl.objects.values() if type_of(one).lower() == name.lower()]
        report = await take(there, "/oparl-sources/rathaus", *objects, list=name)
        assert (report["repairs"], report["left_out"]) == ([], {})
        made.update(report["created"])
    missing = (await there.get("/oparl-sources/rathaus/missing")).json()
    assert missing == {"addresses": [], "objects": 0}
    types = Counter(map(type_of, crawl.objects.values()))
    assert made == Counter({name: types[name] for name in READ})
    theirs = Crawl(Reader(there).get)
    await theirs.everything(Reader(there).system)
    for name in ("Organization", "Meeting", "Paper"):
        ours, copied = (
            sorted(one["name"] for one in found.objects.values() if type_of(one) == name)
            for found in (crawl, theirs)
        )
        assert copied == ours
