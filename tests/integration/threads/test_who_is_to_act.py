"""Who is to see to a finding that nobody answered: whom its rule names, or who has its topic."""

from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.kit.days import today
from services.kit.settings import Settings
from tests.integration.boards.deciding import bodies
from tests.integration.boards.reporting import REPORT, a_report, published
from tests.integration.threads import chain
from tests.integration.threads.chain import FINDING
from tests.integration.threads.conftest import Tell, bearer, fewest
from tests.support.towns import Door

BEIRAT = {"collection": "bodies", "key": "beirat", "name": {"de": "Beirat"}}
OPEN = f"finding:{FINDING}"
Read = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def deployment() -> str:
    return "one process"


@pytest.fixture
def read(door: httpx.AsyncClient, settings: Settings, town_here: str) -> Read:
    """What is at an address below the municipality, for somebody with these roles."""

    async def told(address: str, *roles: str) -> dict[str, Any]:
        answer = await door.get(f"/v1/{town_here}{address}", headers=bearer(settings, *roles))
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return told


async def nobody_named(boards: Door, indicators: Door, apps: dict[str, FastAPI]) -> None:
    """A finding whose rule names nobody, an advisory board and a committee."""
    await chain.found(indicators, apps)
    await changed(indicators, "/needs-rules/viele-kinder", responsible=None)
    await bodies(boards, "beirat", "ausschuss")


async def changed(door: Door, address: str, revision: int = 1, **more: Any) -> None:
    answer = await door.patch(address, more, revision)
    assert answer.status_code == 200, answer.text


async def who_acts(read: Read, *roles: str) -> Any:
    """The same in the list of gaps and in the thread of the finding."""
    (gap,) = (await read("/gaps?kind=finding_unanswered", *roles))["items"]
    thread = await read(f"/thread?of={OPEN}", *roles)
    (node,) = [one for one in thread["nodes"] if one["ref"] == OPEN]
    (of_thread,) = thread["gaps"]
    assert "topics" not in node
    assert gap["responsible"] == of_thread["responsible"] == node["must_act"]
    return gap["responsible"]


async def test_the_body_that_has_the_topic_is_told_wherever_gaps_are(
    read: Read, boards: Door, indicators: Door, projects: Door, apps: dict[str, FastAPI]
) -> None:
    await nobody_named(boards, indicators, apps)
    assert await who_acts(read) is None
    await changed(boards, "/bodies/beirat", topics=["kinder-jugend"])
    await changed(boards, "/bodies/ausschuss", topics=["kinder-jugend"])
    assert await who_acts(read) == BEIRAT
    listed = await read("/gaps?responsible=beirat")
    assert [gap["node"] for gap in listed["items"]] == [OPEN]
    assert (await read("/gaps?responsible=ausschuss"))["items"] == []

    overview = await read("/planning-overview", "planner")
    steps = {step["step"]: step for step in overview["steps"]}
    (told,) = steps["action_planning"]["gaps"]
    assert told["responsible"] == BEIRAT
    (act,) = [one for one in steps["action_planning"]["next"] if one["rule"] == "gap"]
    assert act["who"] == ["body:beirat"]

    texts = ("{{gaps:responsible=beirat}}", "{{gaps}}", "{{findings}}")
    await boards.made("/coordinated-reports", a_report(*texts, on=today().isoformat()))
    await published(boards)
    edition = (await boards.get(f"{REPORT}/editions/1")).json()
    for wording in ("gaps:responsible=beirat", "gaps"):
        (entry,) = edition["content"]["bindings"][wording]["entries"]
        assert {"de": "Beirat"} in entry.values(), entry
    chapter = await read("/thread?of=chapter:armutsbericht-2026/1/3")
    assert [gap["responsible"] for gap in chapter["gaps"]] == [BEIRAT]


async def test_a_rule_that_names_somebody_comes_first_and_with_the_name(
    read: Read, boards: Door, indicators: Door, apps: dict[str, FastAPI]
) -> None:
    await chain.found(indicators, apps)
    await bodies(boards, "beirat")
    await changed(boards, "/bodies/beirat", topics=["kinder-jugend"])
    amt = {"collection": "organisations", "key": "amt", "name": {"de": "Amt"}}
    assert await who_acts(read) == amt
    await changed(boards, "/organisations/amt", visibility="administration")
    assert await who_acts(read) == {**amt, "name": None}
    assert await who_acts(read, "planner") == amt


async def test_a_body_of_the_topic_above_is_in_charge_until_there_is_a_nearer_one(
    read: Read, boards: Door, indicators: Door, apps: dict[str, FastAPI]
) -> None:
    await nobody_named(boards, indicators, apps)
    await indicators.made("/topics", {"key": "familie", "name": {"de": "Familie"}})
    await changed(indicators, "/topics/kinder-jugend", parent="familie")
    await changed(boards, "/bodies/beirat", topics=["familie"])
    assert await who_acts(read) == BEIRAT
    await changed(boards, "/bodies/ausschuss", topics=["kinder-jugend"])
    assert (await who_acts(read))["key"] == "ausschuss"


@pytest.mark.parametrize(
    ("more", "to_public", "to_planner"),
    [
        ({"visibility": "administration"}, "ausschuss", "beirat"),
        ({"ends_on": "2020-12-31"}, "ausschuss", "ausschuss"),
        ({"mandates": ["steers"]}, "ausschuss", "ausschuss"),
        ({"topics": []}, "ausschuss", "ausschuss"),
    ],
)
async def test_only_bodies_that_are_seen_exist_and_advise_or_decide_are_told(
    read: Read,
    boards: Door,
    indicators: Door,
    apps: dict[str, FastAPI],
    more: dict[str, Any],
    to_public: str,
    to_planner: str,
) -> None:
    await nobody_named(boards, indicators, apps)
    for key in ("beirat", "ausschuss"):
        await changed(boards, f"/bodies/{key}", topics=["kinder-jugend"])
    assert (await who_acts(read))["key"] == "beirat"
    await changed(boards, "/bodies/beirat", 2, **more)
    assert (await who_acts(read))["key"] == to_public
    assert (await who_acts(read, "planner"))["key"] == to_planner


async def test_nobody_has_to_act_on_what_was_answered(
    ask: Tell, boards: Door, indicators: Door, apps: dict[str, FastAPI]
) -> None:
    await chain.found(indicators, apps)
    await chain.decided(boards)
    thread = await ask(OPEN)
    (told,) = [one for one in thread["nodes"] if one["ref"] == OPEN]
    assert (told["lacks"], told["must_act"]) == ([], None)


async def test_who_is_to_act_costs_no_more_calls_and_stays_within_the_statements(
    door: httpx.AsyncClient,
    town_here: str,
    boards: Door,
    indicators: Door,
    apps: dict[str, FastAPI],
    statements: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await nobody_named(boards, indicators, apps)
    await changed(boards, "/bodies/beirat", topics=["kinder-jugend"])
    await boards.made("/coordinated-reports", a_report("{{findings}}"))
    await published(boards)
    calls = Counter[str]()
    send = httpx.AsyncClient.send

    async def counted(client: Any, request: httpx.Request, **more: Any) -> httpx.Response:
        if request.url.path.startswith("/internal/") and "journal" not in request.url.path:
            calls[request.url.host] += 1
        return await send(client, request, **more)

    monkeypatch.setattr(httpx.AsyncClient, "send", counted)
    for query in (f"thread?of={OPEN}", "thread?of=chapter:armutsbericht-2026/1/1", "gaps"):
        address = f"/v1/{town_here}/{query}"
        calls.clear()
        told = (await door.get(address)).json()
        gaps = told["gaps"] if "gaps" in told else told["items"]
        assert [gap["responsible"] for gap in gaps] == [BEIRAT], query
        assert 1 <= max(calls.values()) <= 2, (query, calls)
        assert await fewest(statements, partial(door.get, address)) <= 12, query
