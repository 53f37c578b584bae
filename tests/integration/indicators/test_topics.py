"""Topics and life situations, and how the free lines of old became topics."""

import asyncio
import json

import pytest
from alembic import command

from tests.integration.indicators.figures import COUNT
from tests.support import history
from tests.support.towns import Door

LIFE = {"key": "lebenslagen", "name": {"de": "Lebenslagen"}, "kind": "life_situation"}
CHILDREN = {"key": "kinder", "name": {"de": "Kinder"}, "parent": "lebenslagen", "position": 1}
AGED = {"key": "alter", "name": {"de": "Ältere Menschen"}, "parent": "lebenslagen", "position": 0}


async def test_topics_stand_in_a_tree_and_in_their_order(indicators: Door) -> None:
    planner = indicators.as_("planner")
    for topic in (LIFE, CHILDREN, AGED):
        await planner.made("/topics", topic)
    below = await indicators.as_().get("/topics?parent=lebenslagen")
    assert [one["key"] for one in below.json()["items"]] == ["alter", "kinder"]
    kinds = await indicators.as_().get("/topics?kind=life_situation")
    assert [one["key"] for one in kinds.json()["items"]] == ["lebenslagen"]
    moved = await planner.patch("/topics/alter", {"position": 2}, 1)
    assert moved.json()["revision"] == 2
    assert len((await planner.get("/topics/alter/history")).json()) == 2
    assert (await indicators.as_().post("/topics", LIFE)).status_code == 401


@pytest.mark.parametrize("parent", ["lebenslagen", "kinder", "nowhere"])
async def test_no_topic_is_part_of_itself_or_of_nothing(indicators: Door, parent: str) -> None:
    for topic in (LIFE, CHILDREN):
        await indicators.made("/topics", topic)
    refused = await indicators.patch("/topics/lebenslagen", {"parent": parent}, 1)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/parent"


async def test_an_indicator_names_a_topic_that_is_there(indicators: Door) -> None:
    counted = {**COUNT, "key": "kinder", "name": {"de": "Kinder"}, "topic": "kinder"}
    refused = await indicators.post("/indicators", counted)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/topic"
    for topic in (LIFE, CHILDREN):
        await indicators.made("/topics", topic)
    await indicators.made("/indicators", counted)
    found = await indicators.get("/indicators?topic=lebenslagen")
    assert [one["key"] for one in found.json()["items"]] == ["kinder"]


def test_the_lines_of_old_become_topics() -> None:
    url = history.fresh()
    step = history.step(url, "indicators", "territory_in_its_states")
    command.downgrade(step.config, step.before)
    asyncio.run(_enter_lines(url))
    command.upgrade(step.config, step.revision)
    assert asyncio.run(_topics(url)) == {
        ("kinder-und-jugend", "Kinder und Jugend"): ["a", "b"],
        ("bevoelkerung-groesse", "Bevölkerung & Größe"): ["c"],
        (_UNSAID, "?"): ["d"],
    }
    command.downgrade(step.config, step.before)
    command.upgrade(step.config, "head")


_UNSAID = "topic-d1457b72c3fb323a2671125aef3eab5d"
_LINES = {
    "a": "Kinder und Jugend",
    "b": "Kinder und Jugend",
    "c": "Bevölkerung & Größe",
    "d": "?",
}


async def _enter_lines(url: str) -> None:
    async with history.town(url, "indicators") as connection:
        for key, line in _LINES.items():
            await connection.execute(
                """INSERT INTO indicators.indicator (municipality_id, id, key, visibility, revision,
                       name, unit, kind, cases_per_unit, decimals, polarity, topic, source,
                       source_codes, periodicity, protection)
                   VALUES (16053, gen_random_uuid(), $1, 'public', 1, $3, $3, 'count', 1, 0,
                           'neutral', $2, $3, '[]', 'year', $3)""",
                key,
                line,
                json.dumps({"de": key}),
            )


async def _topics(url: str) -> dict[tuple[str, str], list[str]]:
    async with history.town(url, "indicators") as connection:
        rows = await connection.fetch(
            """SELECT t.key, t.name ->> 'de' AS name, array_agg(i.key ORDER BY i.key) AS indicators
               FROM indicators.topic AS t
               JOIN indicators.indicator AS i ON i.topic = t.key AND i.revision = 2
               GROUP BY t.key, t.name"""
        )
    return {(row["key"], row["name"]): row["indicators"] for row in rows}
