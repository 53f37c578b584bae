"""Idempotency-Key: which keys are keys."""

from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from services.contracts.shared.access import Municipality
from services.kit.idempotency import claim
from services.kit.problems import BadRequest
from tests.support.towns import actor

TOWN = Municipality(key="jena", id=160530000000)
SESSION: Any = SimpleNamespace(info={"actor": actor(TOWN, ["secretary"])})


def request(method: str, key: str | None) -> Request:
    headers = [] if key is None else [(b"idempotency-key", key.encode("latin-1"))]
    return Request({"type": "http", "method": method, "path": "/", "headers": headers})


@pytest.mark.parametrize(("method", "key"), [("POST", None), ("PATCH", "one"), ("GET", "one")])
async def test_only_a_post_with_a_key_is_kept(method: str, key: str | None) -> None:
    assert await claim(SESSION, request(method, key)) is None


@pytest.mark.parametrize("key", ["", " ", "two words", "ümlaut", "tab\t", "x" * 256, "one\n"])
async def test_a_malformed_key_is_refused(key: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        await claim(SESSION, request("POST", key))
    assert refusal.value.faults[0].header == "Idempotency-Key"
    assert refusal.value.faults[0].code == "malformed"
