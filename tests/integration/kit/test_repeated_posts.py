"""Whoever is unsure whether a POST arrived sends it again with the same Idempotency-Key."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from services.boards.app import create_app
from services.contracts.shared.access import Municipality
from services.kit.settings import Settings
from tests.support.towns import Door

JENARBEIT = {"key": "jenarbeit", "name": {"de": "jenarbeit"}, "kind": "jobcentre"}
ONE = {"Idempotency-Key": "one-click"}
KEPT = ("content-type", "location", "etag")


async def post(door: Door, **changed: Any) -> httpx.Response:
    return await door.post("/organisations", {**JENARBEIT, **changed}, headers=ONE)


async def test_fifty_clicks_at_once_are_one_organisation_and_one_entry(
    boards: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    answers = await asyncio.gather(*(post(boards) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(answer.headers[name] for name in KEPT) for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 49
    for table in ("organisation", "journal", "idempotency"):
        count = f"SELECT count(*) FROM boards.{table} WHERE municipality_id = $1"
        assert await owner.fetchval(count, town.id) == 1


REPORT = {"key": "bericht", "title": {"de": "Bericht"}, "kind": "report"}


async def test_the_key_is_for_one_body_at_one_address(boards: Door) -> None:
    assert (await post(boards)).status_code == 201
    for other in (
        await post(boards, kind="other"),
        await boards.post("/publications", REPORT, headers=ONE),
    ):
        assert other.status_code == 422
        assert other.json()["errors"][0]["header"] == "Idempotency-Key"


async def test_the_key_belongs_to_whoever_sent_it(boards: Door) -> None:
    assert (await post(boards)).status_code == 201
    somebody = boards.as_("secretary", subject="test:somebody")
    assert (await post(somebody, key="other")).status_code == 201


async def test_the_answer_outlives_the_process(
    boards: Door, settings: Settings, database_url: str
) -> None:
    first = await post(boards)
    app = create_app(settings, database_url)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://new") as client,
    ):
        again = await post(Door(client, boards.signer, boards.municipality))
    assert again.status_code == 201
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"


async def test_what_was_refused_may_be_tried_again(boards: Door) -> None:
    assert (await post(boards, kind="nonsense")).status_code == 422
    assert (await post(boards, parent="nowhere")).status_code == 422
    assert (await post(boards)).status_code == 201


async def test_after_two_days_the_key_is_free(
    boards: Door, town: Municipality, owner: asyncpg.Connection
) -> None:
    assert (await post(boards)).status_code == 201
    age = (
        "UPDATE boards.idempotency SET created_at = now() - $2::interval WHERE municipality_id = $1"
    )
    await owner.execute(age, town.id, timedelta(hours=47))
    assert "idempotency-replayed" in (await post(boards)).headers
    await owner.execute(age, town.id, timedelta(hours=49))
    anew = await post(boards, key="other")
    assert anew.status_code == 201
    assert "idempotency-replayed" not in anew.headers


@pytest.mark.parametrize("roles", [(), ("planner",)])
async def test_nobody_gets_an_answer_that_is_not_for_them(
    boards: Door, roles: tuple[str, ...]
) -> None:
    assert (await post(boards)).status_code == 201
    refused = await post(boards.as_(*roles))
    assert refused.status_code in (401, 403)
