"""The figure of one period, and a chapter of a report: where they come from and lead to."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.integration.boards.reporting import REPORT, a_report, approved, published
from tests.integration.threads import chain
from tests.integration.threads.chain import FINDING
from tests.integration.threads.conftest import Tell, edges, refs
from tests.support.towns import Door

SERIES = "observation:kinder/bezirk-a"
BEFORE, AFTER = f"{SERIES}@2023-12-31", f"{SERIES}@2024-12-31"
APPEARED = "publication:armutsbericht-2026"
EFFECT = "effect:familienzentrum/kinder/bezirk-a"


@pytest.fixture
def deployment() -> str:
    return "one process"


def node(thread: dict[str, Any], ref: str) -> dict[str, Any]:
    (found,) = [one for one in thread["nodes"] if one["ref"] == ref]
    return dict(found)


@pytest.mark.usefixtures("whole")
async def test_a_figure_of_one_period_has_a_thread_of_its_own(
    ask: Tell, door: httpx.AsyncClient, town_here: str
) -> None:
    before, after = await ask(BEFORE), await ask(AFTER)
    figure = node(before, BEFORE)
    assert (figure["figure"], figure["on"]) == ("160", "2023-12-31")
    assert figure["title"]["de"] == "Kinder unter 7 Jahren, Bezirk-A, 2023-12-31"
    assert node(after, AFTER)["figure"] == "140"
    read = await door.get(figure["address"])
    assert read.json()["columns"]["value"] == [160]
    # From the first figure to what was done, and to the series in which the effect is seen.
    assert edges(before) >= {
        (BEFORE, "evidence", "recommendation:r-1"),
        (EFFECT, "seen_in", SERIES),
    }
    assert (EFFECT, "seen_in", BEFORE) not in edges(before)
    # The second was no evidence for a decision; it shows what came of it, and that the need is
    # still there.
    assert (EFFECT, "seen_in", AFTER) in edges(after)
    assert "measure:familienzentrum" in refs(after)
    led_to = {(kind, to) for start, kind, to in edges(after) if start == AFTER}
    assert led_to == {("shows", f"finding:{FINDING}")}
    text = await door.get(f"/v1/{town_here}/thread", params={"of": BEFORE, "format": "text"})
    assert "Zahl: Kinder unter 7 Jahren, Bezirk-A, 2023-12-31 (160, 31.12.2023)" in text.text
    drawn = await door.get(f"/v1/{town_here}/thread", params={"of": BEFORE, "format": "svg"})
    assert "2023-12-31" in drawn.text


@pytest.mark.usefixtures("whole")
async def test_a_period_without_a_figure_and_a_period_of_something_else_are_refused(
    ask: Tell,
) -> None:
    await ask(f"{SERIES}@1999", status=404)
    await ask("observation:kinder/nirgends@2023-12-31", status=404)
    for nonsense in (f"{SERIES}@", f"{SERIES}@2023@2024", f"{SERIES}@x", "measure:m@2024"):
        await ask(nonsense, status=422)


async def test_a_chapter_of_a_published_report_is_in_the_thread_of_all_that_it_names(
    ask: Tell, whole: dict[str, Door]
) -> None:
    report = a_report(
        "Hier leben {{indicator:kinder/bezirk-a@release; period=2023-12-31}} Kinder.",
        "{{recommendations}}\n\n{{resolutions}}\n\n{{measures}}",
        "{{findings}}\n\n{{chart:kinder@release; level=bezirk}}",
    )
    boards = whole["boards"]
    await boards.made("/coordinated-reports", report)
    chapters = [f"chapter:armutsbericht-2026/1/{place}" for place in (1, 2, 3)]
    edition = await approved(boards)
    assert "chapter" not in str(await ask("measure:familienzentrum", "planner"))
    answer = await boards.post(f"{REPORT}/editions/{edition['number']}/publication", {})
    assert answer.status_code == 200, answer.text

    named = {
        BEFORE: 1,
        SERIES: 1,
        "recommendation:r-1": 2,
        "resolution:b-1": 2,
        "measure:familienzentrum": 2,
        f"finding:{FINDING}": 3,
        "indicator:kinder": 3,
    }
    for of, place in named.items():
        told = await ask(of)
        assert (of, "cited_in", chapters[place - 1]) in edges(told), of
        cited = node(told, chapters[place - 1])
        assert cited["title"]["de"] == f"Armutsbericht 2026, Kapitel {place}"
    # A chapter is an end: what else it names is no consequence of the one.
    assert not {edge["from"] for edge in told["edges"]} & set(chapters)
    assert "chapter:armutsbericht-2026/1/1" not in refs(await ask(AFTER))

    first, second = await ask(chapters[0]), await ask(chapters[1])
    assert refs(first) == {chapters[0], SERIES, APPEARED, "indicator:kinder"}
    assert (APPEARED, "contains", chapters[0]) in edges(first)
    assert refs(second) >= {
        chapters[1],
        "recommendation:r-1",
        "resolution:b-1",
        "measure:familienzentrum",
        f"finding:{FINDING}",
        SERIES,
        "grant:bescheid",
    }
    assert second["hidden"] == {"expenditure": 1, "claim": 1}
    opened = await boards.as_().get(node(first, chapters[0])["address"])
    assert opened.json()["content"]["chapters"][0]["title"]["de"] == "Kapitel 1"

    publication, version = answer.json()["publication"], answer.json()["version"]
    withdrawn = await boards.post(
        f"/publications/{publication}/versions/{version}/withdrawal", {"reason": "Falsche Zahlen."}
    )
    assert withdrawn.status_code == 200, withdrawn.text
    await ask(chapters[0], status=404)
    assert "chapter" not in str(await ask("recommendation:r-1"))


async def test_a_chapter_on_measures_leads_back_to_what_the_board_gave_its_advice_on(
    ask: Tell, boards: Door, indicators: Door, projects: Door, apps: dict[str, FastAPI]
) -> None:
    """The measure itself names no finding: only the boards know what the recommendation answers."""
    await chain.found(indicators, apps)
    await chain.decided(boards)
    await chain.carried_out(projects, findings=[], targets=[])
    await boards.made("/coordinated-reports", a_report("{{measures}}"))
    await published(boards)
    told = await ask("chapter:armutsbericht-2026/1/1")
    assert refs(told) >= {"measure:familienzentrum", "recommendation:r-1", f"finding:{FINDING}"}
    assert (f"finding:{FINDING}", "answered_by", "recommendation:r-1") in edges(told)
    assert (SERIES, "shows", f"finding:{FINDING}") in edges(told)


async def test_a_chapter_for_the_administration_is_counted_for_others_and_never_told(
    ask: Tell, whole: dict[str, Door]
) -> None:
    boards = whole["boards"]
    report = a_report("{{recommendations}}", audience="administration")
    await boards.made("/coordinated-reports", report)
    await published(boards)
    told = await ask("recommendation:r-1")
    assert told["hidden"]["chapter"] == 1
    assert "Kapitel" not in str(told)
    assert "armutsbericht-2026" not in str(told)
    await ask("chapter:armutsbericht-2026/1/1", status=404)
    assert "chapter:armutsbericht-2026/1/1" in refs(await ask("recommendation:r-1", "planner"))
