"""Walls around threads: between towns with the same keys, and around what is not for everybody."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.contracts.shared.threads import NodeRef, NodeType
from services.kit.settings import Settings
from services.kit.threads import rules
from tests.integration.boards.reporting import a_report, published
from tests.integration.threads import chain
from tests.integration.threads.chain import CHAIN, FINDING
from tests.integration.threads.conftest import Tell, bearer, refs
from tests.support.towns import Door, new_town, register

EVERY = [
    *CHAIN,
    "observation:kinder/bezirk-a@2023-12-31",
    "indicator:kinder",
    "paper:vorlage-1",
    "publication:armutsbericht",
    "publication:armutsbericht-2026",
    "strategy:strategie",
    "project:vorhaben",
    "chapter:armutsbericht-2026/1/1",
]


@pytest.fixture
def deployment() -> str:
    return "one process"


async def test_two_towns_with_the_same_keys_have_threads_and_gaps_of_their_own(
    ask: Tell,
    whole: dict[str, Door],
    door: httpx.AsyncClient,
    settings: Settings,
    apps: dict[str, FastAPI],
    doors: Callable[[str, Municipality], Door],
) -> None:
    other = new_town()
    planner = bearer(settings, "planner")
    await register(door, other, bearer(settings, "administrator"))
    boards, indicators, projects = (
        doors(name, other) for name in ("boards", "indicators", "projects")
    )
    await chain.found(indicators, apps)
    await chain.decided(boards)
    plain = {"title": {"de": "Spielmobil"}, "state": "planned", "findings": [FINDING]}
    await projects.made("/measures", {"key": "spielmobil", **plain})

    async def there(path: str) -> httpx.Response:
        return await door.get(f"/v1/{other.key}{path}", headers=planner)

    for of in CHAIN[:4]:
        here, elsewhere = await ask(of, "planner"), (await there(f"/thread?of={of}")).json()
        assert "measure:familienzentrum" in refs(here)
        assert "spielmobil" not in str(here)
        assert not {"measure", "grant", "target", "effect"} & {
            one["type"] for one in elsewhere["nodes"] if one["key"] != "spielmobil"
        }
        assert elsewhere["hidden"] == {}
        assert elsewhere["left_out"] == []
    assert "measure:spielmobil" in refs((await there(f"/thread?of=finding:{FINDING}")).json())
    for of in CHAIN[4:]:
        assert (await there(f"/thread?of={of}")).status_code == 404, of
    await ask("measure:spielmobil", "planner", status=404)

    listed = (await there("/gaps")).json()
    assert [gap["node"] for gap in listed["items"]] == ["resolution:b-1"]
    gaps = (await door.get(f"/v1/{whole['boards'].municipality.key}/gaps", headers=planner)).json()
    assert (gaps["items"], gaps["left"]) == ([], 0)


async def test_what_only_a_hidden_link_leads_to_is_not_told_from_either_side(
    ask: Tell, boards: Door, indicators: Door, apps: dict[str, FastAPI]
) -> None:
    """Finding and resolution are for everybody, and hang together by the recommendation alone."""
    await chain.found(indicators, apps)
    await chain.decided(boards)
    finding, resolution = f"finding:{FINDING}", "resolution:b-1"
    assert resolution in refs(await ask(finding))
    assert finding in refs(await ask(resolution))
    hidden = await boards.patch("/recommendations/r-1", {"visibility": "administration"}, 2)
    assert hidden.status_code == 200, hidden.text

    down, up = await ask(finding), await ask(resolution)
    assert refs(down) == {finding, "observation:kinder/bezirk-a"}
    assert refs(up) == {resolution, "paper:vorlage-1"}
    assert down["hidden"] == up["hidden"] == {"recommendation": 1}
    assert refs(await ask(finding, "planner")) > {finding, "recommendation:r-1", resolution}

    # Nor does the service that hides it tell the others, which would walk on from there.
    start = {"ref": ["finding", FINDING], "ways": ["down"]}
    asked = f"/internal/threads/{boards.municipality.key}", {"starts": [start]}
    told, all_ = [(await who.post(*asked)).json() for who in (boards.as_(), boards)]
    assert [link[1:3] for link in told["links"]] == [
        [["finding", FINDING], ["recommendation", "r-1"]]
    ]
    assert (told["nodes"], told["hidden"]) == ([], [["recommendation", "r-1"]])
    assert {node["ref"] for node in all_["nodes"]} == {"recommendation:r-1", resolution}


async def _forms(door: httpx.AsyncClient, town: str, of: str, headers: Any) -> list[httpx.Response]:
    return [
        await door.get(f"/v1/{town}/thread", params={"of": of, "format": form}, headers=headers)
        for form in ("json", "text", "svg")
    ]


async def test_from_every_link_everybody_sees_what_is_public_and_a_count_of_the_rest(
    ask: Tell, door: httpx.AsyncClient, town_here: str, whole: dict[str, Door]
) -> None:
    boards, projects = whole["boards"], whole["projects"]
    await boards.made("/coordinated-reports", a_report("{{recommendations}}"))
    await published(boards)
    every = {NodeRef.read(of).type for of in EVERY}
    assert every == set(NodeType)
    titles = {
        one["ref"]: one["title"]["de"]
        for of in EVERY
        for one in (await ask(of, "planner"))["nodes"]
    }
    for changed in (
        await boards.patch(
            "/recommendations/r-1",
            {"visibility": "administration", "title": {"de": "Verschwiegener Rat"}},
            2,
        ),
        await projects.patch("/grants/bescheid", {"visibility": "administration"}),
    ):
        assert changed.status_code == 200, changed.text

    titles["recommendation:r-1"] = "Verschwiegener Rat"
    open_ = {
        of
        for of in EVERY
        if (await door.get(f"/v1/{town_here}/{rules.address(NodeRef.read(of))}")).status_code == 200
    }
    shut = set(EVERY) - open_
    assert {"recommendation:r-1", "grant:bescheid"} <= shut
    assert {"position:leitung", "expenditure:miete", "claim:abruf", "result:beratung"} <= shut
    secrets = {titles[of] for of in shut} | {"Verschwiegener Rat", "r-1", "bescheid"}
    secrets -= {secret for secret in secrets if any(secret in titles[of] for of in open_)}
    hidden = set[str]()
    for of in EVERY:
        answers = await _forms(door, town_here, of, {})
        if of in shut:
            assert [one.status_code for one in answers] == [404] * 3, of
            continue
        assert [one.status_code for one in answers] == [200] * 3, of
        assert refs(answers[0].json()) <= open_, of
        hidden |= set(answers[0].json()["hidden"])
        for answer in answers:
            assert not {secret for secret in secrets if secret in answer.text}, of
    assert hidden >= {"recommendation", "grant", "result"}
    told = (await _forms(door, town_here, "measure:familienzentrum", {}))[0].json()
    assert told["hidden"] == {"recommendation": 1, "grant": 1}
