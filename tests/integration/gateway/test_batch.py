"""What a page needs comes in one call, and nothing comes that would not come alone."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from services.gateway.app import Gateway, create_app
from services.gateway.batch import queries
from services.kit.settings import Settings
from tests.integration.gateway.conftest import CLERK, Bearer, client_of, opened

AMT = {"key": "amt", "name": {"de": "Sozialamt"}, "kind": "administration"}


async def read(
    client: httpx.AsyncClient, town: str, *paths: str, **headers: str
) -> list[dict[str, Any]]:
    """The answers to reads in the town."""
    requests = [{"path": f"/v1/{town}{path}"} for path in paths]
    given = await client.post(
        f"/v1/{town}/batch", json={"requests": requests}, headers=dict(headers)
    )
    assert given.status_code == 200, given.text
    answers: list[dict[str, Any]] = given.json()["answers"]
    assert [one["path"] for one in answers] == [one["path"] for one in requests]
    return answers


async def test_each_read_has_the_answer_that_it_would_have_alone(
    client: httpx.AsyncClient, registered: str, bearer: Bearer
) -> None:
    office = bearer("administrator", town=registered)
    await client.post(f"/v1/{registered}/organisations", json=AMT, headers=office)
    paths = ["/organisations/amt", "/organisations?fields=key", "/organisations/keins", "/unsinn"]
    answers = await read(client, registered, *paths, "/organisations/amt/history")
    for path, told in zip(paths, answers, strict=False):
        alone = await client.get(f"/v1/{registered}{path}")
        body = alone.json()
        if told["status"] == 404:
            body["instance"] = told["body"]["instance"]
        assert (told["status"], told["body"]) == (alone.status_code, body)
        assert told["headers"].get("etag") == alone.headers.get("etag")
    assert [one["status"] for one in answers] == [200, 200, 404, 404, 401]
    history = (await read(client, registered, "/organisations/amt/history", **office))[0]
    assert (history["status"], len(history["body"])) == (200, 1)


async def test_what_the_reader_has_already_is_not_sent_again(
    client: httpx.AsyncClient, registered: str
) -> None:
    asked = {"path": f"/v1/{registered}/mirror?lang=de", "if_none_match": '"r1"'}
    given = await client.post(f"/v1/{registered}/batch", json={"requests": [asked]})
    (told,) = given.json()["answers"]
    assert (told["status"], told["body"], told["headers"]["etag"]) == (304, None, '"r1"')


async def test_a_part_arrives_as_from_the_caller_and_as_nobody_else(
    client: httpx.AsyncClient, registered: str, bearer: Bearer
) -> None:
    forged = {
        **bearer("planner", town=registered, subject="erika"),
        "Accept-Language": "it",
        "X-Forwarded-For": "198.51.100.7",
        "X-Planraum-Identity": "forged",
        "Cookie": "a=b",
    }
    (told,) = await read(client, registered, "/mirror?x=%20y", **forged)
    seen = told["body"]
    assert seen["actor"]["subject"] == "token:erika"
    assert seen["actor"]["roles"] == ["planner"]
    assert (seen["path"], seen["query"]) == (f"/v1/{registered}/mirror", "x=%20y")
    assert seen["headers"]["accept-language"] == "it"
    assert seen["headers"]["x-forwarded-for"] == CLERK
    assert not {"authorization", "cookie"} & set(seen["headers"])
    (nobody,) = await read(client, registered, "/mirror?x=1", **{"X-Planraum-Identity": "forged"})
    assert nobody["body"]["actor"]["kind"] == "anonymous"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/municipalities",
        "/v1/anderswo/bodies",
        "/v1/{town}x/bodies",
        "/v1/{town}/../anderswo/bodies",
        "/v1/{town}/%2e%2e/anderswo/bodies",
        "/v1/{town}//bodies",
        "/internal/journal",
        "//example.org/v1/{town}/bodies",
        "https://example.org/v1/{town}/bodies",
        "/v1/{town}/bodies#x",
        "/v1/{town}/bod ies",
        "/v1/{town}/bodies\r\nx: y",
        "/v1/{town}/straße",
    ],
)
async def test_no_address_leads_out_of_the_municipality(
    client: httpx.AsyncClient, registered: str, path: str
) -> None:
    asked = {"requests": [{"path": path.format(town=registered)}]}
    given = await client.post(f"/v1/{registered}/batch", json=asked)
    if given.status_code == 422:
        assert given.json()["errors"][0]["pointer"] == "/requests/0/path"
    else:
        (told,) = given.json()["answers"]
        assert told["status"] == 400, told


async def test_only_reads_and_no_batch_within_a_batch(
    client: httpx.AsyncClient, registered: str
) -> None:
    (nested,) = await read(client, registered, "/batch")
    assert nested["status"] == 405
    asked = {"requests": [{"path": f"/v1/{registered}/bodies", "method": "DELETE"}]}
    refused = await client.post(f"/v1/{registered}/batch", json=asked)
    assert refused.json()["errors"][0]["pointer"] == "/requests/0/method"


@pytest.mark.parametrize("many", [0, 21])
async def test_a_batch_has_one_to_twenty_reads(
    client: httpx.AsyncClient, registered: str, many: int
) -> None:
    asked = {"requests": [{"path": f"/v1/{registered}/bodies"}] * many}
    refused = await client.post(f"/v1/{registered}/batch", json=asked)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/requests")


async def test_a_part_that_is_not_json_or_too_large_is_refused_alone(
    client: httpx.AsyncClient, registered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LARGEST", 300)
    answers = await read(client, registered, "/meetings/feed.atom", "/mirror", "/bodies")
    assert [one["status"] for one in answers] == [406, 413, 200]
    assert answers[0]["body"]["type"] == "/problems/not-acceptable"
    assert answers[1]["body"]["type"] == "/problems/too-large"
    assert answers[2]["body"] == {"items": [], "next": None}


async def test_a_part_that_breaks_off_leaves_the_others_as_they_are(
    settings: Settings,
    database_url: str,
    registered: str,
    looking_glass: FastAPI,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def breaks_off(scope: Scope, receive: Receive, send: Send) -> None:
        if "broken" not in scope["query_string"].decode():
            await looking_glass(scope, receive, send)
            return
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"half":', "more_body": True})
        raise RuntimeError("the service is gone")

    whole = FastAPI()
    whole.router.routes.extend(looking_glass.router.routes)
    monkeypatch.setattr(whole, "build_middleware_stack", lambda: breaks_off)
    made = create_app(settings, database_url, {"mirror": whole})
    async with opened(made), client_of(made) as somebody:
        good, bad = await read(somebody, registered, "/mirror?n=1", "/mirror?broken=1")
    assert (good["status"], bad["status"]) == (200, 500)
    assert bad["body"]["type"] == "/problems/unexpected"
    assert "gone" not in str(bad)


async def test_each_part_counts_and_the_rest_is_told_to_wait(
    settings: Settings, database_url: str, registered: str, looking_glass: FastAPI
) -> None:
    few = settings.model_copy(update={"rate_limit": 3})
    strict = create_app(few, database_url, {"mirror": looking_glass})
    async with opened(strict), client_of(strict) as somebody:
        answers = await read(somebody, registered, *[f"/mirror?n={n}" for n in range(4)])
        assert sorted(one["status"] for one in answers) == [200, 200, 429, 429]
        refused = next(one for one in answers if one["status"] == 429)
        assert int(refused["headers"]["retry-after"]) > 0
        assert (await somebody.get(f"/v1/{registered}/mirror")).status_code == 429


async def test_a_batch_forgets_nothing_that_is_kept(
    gateway: Gateway, client: httpx.AsyncClient, registered: str, looking_glass: FastAPI
) -> None:
    before = looking_glass.state.reads
    for _ in range(3):
        assert (await read(client, registered, "/mirror?kept=1"))[0]["status"] == 200
    assert looking_glass.state.reads == before + 1


async def test_not_more_than_some_are_asked_at_once(
    client: httpx.AsyncClient, registered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, most = 0, 0
    ask = queries._Part.ask

    async def counted(part: Any, *arguments: Any) -> bytes:
        nonlocal running, most
        running += 1
        most = max(most, running)
        told = await ask(part, *arguments)
        running -= 1
        return told

    monkeypatch.setattr(queries._Part, "ask", counted)
    answers = await read(client, registered, *[f"/bodies?limit={n}" for n in range(1, 13)])
    assert {one["status"] for one in answers} == {200}
    assert 1 < most <= queries.AT_ONCE
