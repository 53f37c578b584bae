"""A refusal says where and what, and never repeats what was sent or what broke."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from services.contracts.shared.problems import Fault, ProblemDetails
from services.kit import problems
from services.kit.faults import pointer
from services.kit.problems import Conflict, Invalid, NotFound, Problem, answer, refusals
from tests.unit.kit.towers import CANARY, ask

TOWERS = "/v1/jena/towers"
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize("kind", Problem.known.values(), ids=lambda kind: kind.__name__)
def test_every_refusal_explains_itself(kind: type[Problem]) -> None:
    page = kind.described()
    assert 400 <= page.status < 600
    assert page.title
    assert not page.title.endswith(".")
    assert page.explanation.endswith(".")
    assert page.slug == page.slug.lower()
    assert Problem.known[page.slug] is kind
    body = json.loads(bytes(answer(kind("Because."), "urn:uuid:0").body))
    assert body["type"] == f"/problems/{page.slug}"
    assert body["status"] == page.status


def test_refusals_are_named_after_what_they_refuse() -> None:
    class QuorumMissing(Conflict):
        title = "The board was not quorate"

    try:
        assert QuorumMissing.slug() == "quorum-missing"
        assert refusals(QuorumMissing, Conflict, NotFound)[409]["description"] == (
            "The board was not quorate / This contradicts what is stored"
        )
    finally:
        del Problem.known["quorum-missing"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ([], ""),
        (["name", "de"], "/name/de"),
        (["sites", 0, "area"], "/sites/0/area"),
        (["a/b", "m~n", ""], "/a~1b/m~0n/"),
    ],
)
def test_a_pointer_is_escaped_as_rfc_6901_says(path: list[str | int], expected: str) -> None:
    assert pointer(path) == expected


async def refused(body: Any, method: str = "POST", path: str = TOWERS) -> dict[str, Any]:
    response = await ask(method, path, content=json.dumps(body).encode(), headers=JSON)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    found: dict[str, Any] = response.json()
    assert found["status"] == response.status_code
    assert found["instance"] == f"urn:uuid:{response.headers['x-request-id']}"
    assert CANARY not in json.dumps([{**e, "pointer": None} for e in found["errors"]])
    return found


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({}, {"/name"}),
        ({"name": {"en": "no German"}}, {"/name"}),
        ({"name": {"de": CANARY * 100}}, {"/name/de"}),
        ({"name": {"de": "Turm", "fr": CANARY}}, {"/name/fr"}),
        ({"name": {"de": "Turm"}, "na[me": 1, "a/b": 2}, {"/na[me", "/a~1b"}),
        ({"name": {"de": "Turm"}, "price": CANARY}, {"/price"}),
        ({"name": {"de": "Turm"}, "price": -1}, {"/price"}),
        ({"name": {"de": "Turm"}, "plan": {"kind": CANARY}}, {"/plan"}),
        ({"name": {"de": "Turm"}, "plan": {"kind": "round"}}, {"/plan/radius"}),
        (
            {"name": {"de": "Turm"}, "plan": {"kind": "square", "sides": [1, "x"]}},
            {"/plan/sides/1"},
        ),
        ({"name": {"de": "Turm"}, "size": CANARY}, {"/size"}),
        ({"name": {"de": "Turm"}, "size": 13}, {"/size"}),
        ({"name": {"de": "Turm\x00"}}, {"/name/de"}),
        ([], {""}),
        (CANARY, {""}),
    ],
)
async def test_each_fault_is_pointed_at(wrong: Any, pointers: set[str]) -> None:
    found = await refused(wrong)
    assert found["type"] == "/problems/invalid"
    assert {error["pointer"] for error in found["errors"]} == pointers


async def test_a_change_points_at_the_same_places() -> None:
    found = await refused({"plan": {"kind": "square"}, "name": None}, "PATCH", f"{TOWERS}/x")
    assert {error["pointer"] for error in found["errors"]} == {"/plan/sides", "/name"}


async def test_a_fault_in_the_address_names_its_parameter() -> None:
    found = (await ask("GET", f"{TOWERS}?floor=-1")).json()
    assert [error["parameter"] for error in found["errors"]] == ["floor"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b'{"name": NaN}', 422),
        (b'{"price": Infinity}', 422),
        (b'{"price": 1e400}', 422),
        (b'{"size": -Infinity, "name": {"de": "Turm"}}', 422),
        (b'{"name": {"de": "\xff"}}', 400),
        (b'{"name": {"\\ud800": "Turm"}}', 422),
        (b'{"\\ud800": 1}', 422),
        (b'{"size": ' + b"9" * 10_000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 100_000, 400),
        (b"", 422),
        (b"null", 422),
    ],
)
async def test_a_broken_body_is_refused_and_breaks_nothing(body: bytes, status: int) -> None:
    for method, path in (("POST", TOWERS), ("PATCH", f"{TOWERS}/x")):
        response = await ask(method, path, content=body, headers=JSON)
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("depth", [200, 600, 900, 960])
async def test_a_deeply_nested_change_is_refused(depth: int) -> None:
    body = b'{"name":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"
    response = await ask("PATCH", f"{TOWERS}/x", content=body, headers=JSON)
    assert response.status_code in (400, 422)


async def test_the_last_of_two_equal_names_counts() -> None:
    body = b'{"name": {"de": "Turm"}, "size": 1, "size": 2}'
    assert (await ask("POST", TOWERS, content=body, headers=JSON)).json()["size"] == 2


async def test_a_hundred_thousand_faults_are_counted_and_not_repeated() -> None:
    found = await refused({f"unknown-{number}": 1 for number in range(100_000)})
    assert len(found["errors"]) == 100
    assert found["detail"].startswith("100001 values")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_only_json_is_taken(kind: str) -> None:
    response = await ask("POST", TOWERS, content=b"name=Turm", headers={"content-type": kind})
    assert response.status_code == 415
    assert response.json()["type"] == "/problems/unsupported-media"


@pytest.mark.parametrize(
    "kind", ["application/merge-patch+json", "application/json; charset=utf-8"]
)
async def test_json_by_any_of_its_names_is_taken(kind: str) -> None:
    response = await ask(
        "PATCH", f"{TOWERS}/x", content=b'{"size": 2}', headers={"content-type": kind}
    )
    assert response.status_code == 200


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_too_large_is_refused_as_a_problem(declared: bool) -> None:
    async def trickle() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b" " * 100_000

    content = b" " * 3_000_000 if declared else trickle()
    response = await ask("POST", TOWERS, content=content, headers=JSON)
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "/problems/too-large"
    assert len(response.headers.get_list("x-request-id")) == 1


async def test_what_breaks_is_answered_without_a_word_of_it() -> None:
    response = await ask("DELETE", f"{TOWERS}/x")
    assert response.status_code == 500
    assert response.json()["type"] == "/problems/unexpected"
    assert response.json()["instance"].endswith(response.headers["x-request-id"])
    assert CANARY not in response.text


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/nowhere", 404, None),
        ("PUT", TOWERS, 405, "GET, POST"),
        ("HEAD", TOWERS, 405, "GET, POST"),
        ("TRACE", f"{TOWERS}/x", 405, "DELETE, PATCH"),
        ("POST", "/livez", 405, "GET"),
    ],
)
async def test_a_wrong_address_or_method_is_a_problem(
    method: str, path: str, status: int, allow: str | None
) -> None:
    response = await ask(method, path)
    assert response.status_code == status
    assert response.headers.get("allow") == allow
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, "not-found"), (413, "too-large"), (418, "bad-request"), (599, "unexpected")],
)
def test_a_refusal_of_the_framework_loses_its_words(status: int, kind: str) -> None:
    problem = problems.of_http(HTTPException(status, CANARY, {"X-Kept": "yes"}))
    assert problem.slug() == kind
    assert CANARY not in problem.detail
    assert problem.headers["X-Kept"] == "yes"


def test_one_value_is_one_value() -> None:
    error = RequestValidationError([{"type": "missing", "loc": ("body", "x"), "msg": "Missing"}])
    for method in ("POST", "PATCH", "PUT", "DELETE"):
        said = problems.of_validation(error, method).detail
        assert said == "1 value was refused; nothing was stored."


async def test_who_only_reads_is_not_told_that_nothing_was_stored() -> None:
    assert (await ask("GET", f"{TOWERS}?floor=-1")).json()["detail"] == "1 value was refused."
    assert (await refused({}))["detail"] == "1 value was refused; nothing was stored."
    read, felled = await ask("GET", f"{TOWERS}?floor=13"), await ask("DELETE", f"{TOWERS}/x")
    assert (read.status_code, felled.status_code) == (500, 500)
    ours = "Something went wrong on our side. Quote `instance` to us."
    assert read.json()["detail"] == ours
    assert felled.json()["detail"] == f"Nothing was stored. {ours}"


def test_faults_say_only_what_is_known() -> None:
    body = json.loads(bytes(answer(Invalid("No.", pointer="/name"), "urn:uuid:0").body))
    assert body["errors"] == [{"pointer": "/name", "code": "invalid", "detail": "No."}]
    assert ProblemDetails.model_validate(body).errors == [
        Fault(pointer="/name", code="invalid", detail="No.")
    ]
