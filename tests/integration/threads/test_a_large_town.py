"""A municipality of 5,000 papers and 2,000 measures: bounded, and walked by indexes alone."""

from collections import Counter
from functools import partial
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from services.bench import red_thread, red_thread_town
from services.contracts.shared.access import Municipality
from services.kit import sql
from services.kit.database import Database, enter
from services.kit.native import statement
from services.kit.settings import Settings
from services.kit.threads import composing, queries, rules
from tests.integration.threads.conftest import bearer, fewest
from tests.support.towns import actor

UNDECIDED = "recommendation_undecided"


@pytest.fixture
def deployment() -> str:
    return "one process"


@pytest.fixture
async def large(database_url: str, town: Municipality) -> asyncpg.Connection:
    connection = await asyncpg.connect(database_url)
    try:
        await red_thread_town.fill(connection, town.id)
    finally:
        await connection.close()
    return connection


def led_to(thread: dict[str, Any], kind: str) -> Counter[str]:
    """To how many of this type each node leads, told or left out."""
    counted = Counter(one["from"] for one in thread["edges"] if one["to"].startswith(f"{kind}:"))
    for rest in thread["left_out"]:
        if (rest["way"], rest["type"]) == ("down", kind):
            counted[rest["of"]] += rest["count"]
    return counted


@pytest.mark.usefixtures("large")
async def test_the_thread_of_anything_is_bounded_and_costs_twelve_statements(
    door: httpx.AsyncClient,
    settings: Settings,
    town_here: str,
    statements: list[str],
    apps: dict[str, FastAPI],
    town: Municipality,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for roles in (("planner",), ()):
        for kind in red_thread_town.OF:
            if kind == "expenditure" and not roles:
                continue
            (of, *_) = red_thread.some(kind)
            address, who = f"/v1/{town_here}/thread?of={of}", bearer(settings, *roles)
            # Each question to a service enters the municipality and asks.
            assert 4 <= await fewest(statements, partial(door.get, address, headers=who)) <= 10, of
            answer = await door.get(address, headers=who)
            assert answer.status_code == 200, answer.text
            assert 1 < len(answer.json()["nodes"]) <= composing.MOST, of
    found, address, counts = set[str](), f"/v1/{town_here}/thread?of=strategy:rt-strategie-1", []
    while address:
        page = (await door.get(address)).json()
        found |= {node["key"] for node in page["nodes"] if node["type"] == "measure"}
        (*_, rest) = [one for one in page["left_out"] if one["of"] == page["of"]] or [None]
        address = rest["next"] if rest else ""
        counts += [rest["count"]] if rest else []
    # Nothing is beyond reach: page by page all measures of the strategy are told.
    assert found == {f"rt-massnahme-{n}" for n in range(1, red_thread_town.MEASURES, 10)}
    assert counts == list(range(200 - rules.BREADTH, 0, -rules.BREADTH))
    of = "strategy:rt-strategie-1"
    for form in ("text", "svg"):
        told = await door.get(f"/v1/{town_here}/thread", params={"of": of, "format": form})
        assert "+ Maßnahme 188 weitere" in told.text
    for most in (queries.MOST, 20):  # also where a walk is ended, all that it left out is counted
        monkeypatch.setattr(queries, "MOST", most)
        answer = await door.get(
            f"/v1/{town_here}/thread", params={"of": of}, headers=bearer(settings, "planner")
        )
        assert led_to(answer.json(), "measure")[of] == 200
        grants = [one["ref"] for one in answer.json()["nodes"] if one["type"] == "grant"]
        counted = led_to(answer.json(), "expenditure")
        assert grants
        assert {counted[grant] for grant in grants} == {20}
    monkeypatch.undo()

    listed, address, lefts = list[str](), f"/v1/{town_here}/gaps?kind={UNDECIDED}&limit=300", []
    while address:
        page = (await door.get(address)).json()
        listed += [gap["node"] for gap in page["items"]]
        address = page["next"]
        lefts.append(page["left"])
    assert len(listed) == len(set(listed)) == red_thread_town.RECOMMENDATIONS
    assert lefts[0] == red_thread_town.RECOMMENDATIONS - 300
    assert lefts == sorted(lefts, reverse=True)
    assert lefts[-1] == 0

    walked = {
        "municipality": town.id,
        "ways": ["down"],
        "types": ["resolution"],
        "keys": ["rt-beschluss-1"],
        "skips": [0],
        "breadth": rules.BREADTH,
        "most": queries.MOST,
        "turning": sorted(rules.TURNING),
    }
    database: Database = apps["projects"].state.database
    async with database.sessions() as session:
        await enter(session, actor(town, ("planner",)))
        plan = "\n".join((await sql.run(session, _EXPLAINED, walked)).scalars())
    assert "thread_link" in plan
    assert "Seq Scan on thread_link" not in plan


_EXPLAINED = text("EXPLAIN " + statement("services.kit.threads", "walk"))
