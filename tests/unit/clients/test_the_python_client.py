"""The Python client alone: what it sends, and what it makes of each answer."""

import runpy
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.python_client import FILE, python_client

MODULE = python_client()
EMPTY = {"items": [], "next": None}


class Platform:
    """Answers one after the other, and keeps what it was asked and how long it was waited."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.answers, self.asked, self.waited = list(answers), list[httpx.Request](), list[float]()
        self.client = MODULE.Planraum("http://platform.test", "jena", wait=self.waited.append)
        self.client._http._transport = httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answers.pop(0)


def busy(status: int, after: str | None = None) -> httpx.Response:
    return httpx.Response(status, json={}, headers={} if after is None else {"retry-after": after})


def figures(values: Sequence[Any], next: str | None) -> httpx.Response:
    count = len(values)
    same = {"indicator": "quote", "area": "jena", "period": "2024", "breakdown": ""}
    columns = {name: [said] * count for name, said in same.items()}
    columns |= {
        "value": list(values),
        "status": ["hidden" if v is None else "normal" for v in values],
    }
    return httpx.Response(200, json={"columns": columns, "next": next})


def test_figures_are_followed_to_their_end_and_stay_exact() -> None:
    more = "/v1/jena/observations?indicator=quote&cursor=abc"
    platform = Platform(figures([4105, 0.1], more), figures([None], None))
    first, second, third = platform.client.figures("quote", period="latest")
    assert [str(one.url) for one in platform.asked] == [
        "http://platform.test/v1/jena/observations?indicator=quote&period=latest",
        f"http://platform.test{more}",
    ]
    assert (type(first.value), first.value / 2) == (Decimal, Decimal("2052.5"))
    assert second.value == Decimal("0.1")
    assert (third.value, third.status, third.area) == (None, "hidden", "jena")


def test_lists_are_followed_by_what_they_say() -> None:
    pages = [{"items": [{"key": "a"}], "next": "/v1/jena/x?cursor=1"}, EMPTY]
    platform = Platform(*(httpx.Response(200, json=page) for page in pages))
    assert list(platform.client.items("x", fields="key")) == [{"key": "a"}]
    assert platform.asked[1].url.query == b"cursor=1"


@pytest.mark.parametrize(
    ("answers", "waited"),
    [
        ([busy(429, "7"), busy(503, "2")], [7, 2]),
        ([busy(503)], [1]),
        ([busy(503, "Wed, 21 Oct 2026 07:28:00 GMT")], [1]),
        ([busy(429, "0")], [0]),
    ],
)
def test_a_busy_platform_is_asked_again_when_it_says(
    answers: list[httpx.Response], waited: list[float]
) -> None:
    platform = Platform(*answers, httpx.Response(200, json=EMPTY))
    assert list(platform.client.items("bodies")) == []
    assert platform.waited == waited


def test_who_stays_busy_is_asked_five_times() -> None:
    platform = Platform(*[busy(503, "1") for _ in range(5)])
    with pytest.raises(MODULE.Refusal):
        platform.client.get("bodies")
    assert len(platform.waited) == 4


@pytest.mark.parametrize(
    ("answer", "type", "said"),
    [
        (
            httpx.Response(
                422,
                headers={"content-type": "application/problem+json"},
                json={
                    "type": "/problems/invalid",
                    "detail": "No.",
                    "errors": [{"parameter": "fields", "code": "unknown", "detail": "What?"}],
                },
            ),
            "/problems/invalid",
            "422 No. fields: What?",
        ),
        (httpx.Response(502, html="<p>bad"), "about:blank", "502 The answer is not JSON"),
        (httpx.Response(200, text="BEGIN:VCALENDAR"), "about:blank", "200 The answer is not JSON"),
        (httpx.Response(302), "about:blank", "302 The answer is not JSON"),
    ],
)
def test_what_is_no_answer_is_a_refusal(answer: httpx.Response, type: str, said: str) -> None:
    platform = Platform(answer)
    with pytest.raises(MODULE.Refusal) as refused:
        platform.client.get("bodies")
    assert (refused.value.status, refused.value.type) == (answer.status_code, type)
    assert str(refused.value).startswith(said)


def test_a_file_is_sent_as_it_is_and_the_same_one_as_the_same(tmp_path: Path) -> None:
    told = {"key": "d-1", "state": "checked"}
    platform = Platform(*[httpx.Response(201, json=told) for _ in range(3)])
    files = {"a.csv": b"x\n", "B.CSV": b"x\n", "c.xlsx": b"PK"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        assert platform.client.deliver(tmp_path / name, "Jobcenter") == told
    first, second, third = platform.asked
    assert (first.url.query, first.content) == (b"source=Jobcenter", b"x\n")
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.headers["idempotency-key"] != third.headers["idempotency-key"]
    kinds = [one.headers["content-type"] for one in platform.asked]
    assert kinds == ["text/csv", "text/csv", "application/octet-stream"]


def test_a_token_is_sent_when_there_is_one() -> None:
    for token, sent in (("abc", "Bearer abc"), (None, None)):
        client = MODULE.Planraum("http://platform.test", "jena", token)
        assert client._http.headers.get("authorization") == sent
        assert client._http.headers["accept"] == "application/json"


@pytest.mark.parametrize(
    ("url", "said"),
    [("http://127.0.0.1:1", "refused"), ("platform.test", "missing an 'http://'")],
)
def test_nobody_there_is_told_in_one_line(
    url: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(sys, "argv", [str(FILE), url, "jena", "list", "bodies", "key"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(FILE), run_name="__main__")
    assert said in str(ended.value)
