"""Whoever changes something names the state that was read; whoever reads it again saves the way."""

from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from services.contracts.shared.access import Municipality
from services.kit import conditional
from services.kit.conditional import etag_of, matches
from services.kit.problems import RevisionRequired, Stale
from tests.support.towns import actor

JENA = Municipality(key="jena", id=160530000000)
PATH = "/v1/jena/bodies/stadtrat"


def request(method: str = "GET", path: str = PATH, **headers: str) -> Request:
    sent = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    return Request({"type": "http", "method": method, "path": path, "headers": sent})


def test_the_tag_of_a_revision_is_read_back() -> None:
    for revision in (1, 27, 999_999_999):
        assert conditional.revision_of(f" {etag_of(revision)} ") == revision


@pytest.mark.parametrize("sent", [None, "*", " * "])
def test_a_change_without_a_state_is_refused(sent: str | None) -> None:
    with pytest.raises(RevisionRequired):
        conditional.revision_of(sent)


@pytest.mark.parametrize(
    "sent", ["", "r1", '"1"', '"r"', '"r-1"', 'W/"r1"', '"r1" or so', '"r9999999999"', '"r1", "r2"']
)
def test_a_state_that_never_was_is_stale(sent: str) -> None:
    with pytest.raises(Stale):
        conditional.revision_of(sent)


def test_only_the_present_state_may_be_changed() -> None:
    conditional.require(3, 3)
    for other in (2, 4):
        with pytest.raises(Stale):
            conditional.require(3, other)


@pytest.mark.parametrize(
    ("sent", "known"),
    [
        ('"r3"', True),
        ('W/"r3"', True),
        ('"r1", "r3"', True),
        ("*", True),
        ('"r1"', False),
        ("r3", False),
        ("", False),
        (None, False),
    ],
)
def test_what_the_client_has_is_recognised(sent: str | None, known: bool) -> None:
    assert matches(sent, '"r3"') is known


def marked(info: dict[str, Any], roles: tuple[str, ...] = (), **more: Any) -> Response:
    response = Response()
    conditional.mark(request(**more), {"actor": actor(JENA, roles), **info}, response)
    return response


def test_the_answer_carries_what_the_work_left_behind() -> None:
    info = {"revision": 2, "location": PATH, "links": ['<a>; rel="first"', '<b>; rel="next"']}
    headers = marked(info).headers
    assert headers["etag"] == '"r2"'
    assert headers["location"] == PATH
    assert headers["link"] == '<a>; rel="first", <b>; rel="next"'


@pytest.mark.parametrize(
    ("method", "path", "tagged"),
    [
        ("GET", PATH, True),
        ("GET", f"{PATH}/composition", False),
        ("GET", f"{PATH}/history", False),
        ("POST", f"{PATH}/approval", True),
        ("PATCH", PATH, True),
    ],
)
def test_a_view_of_a_resource_does_not_carry_its_tag(method: str, path: str, tagged: bool) -> None:
    info = {"revision": 2, "read": "stadtrat"}
    assert ("etag" in marked(info, method=method, path=path).headers) is tagged


def test_only_what_everybody_may_see_may_be_kept_for_others() -> None:
    assert marked({}).headers["cache-control"].startswith("public")
    assert marked({}, ("planner",)).headers["cache-control"] == "private, no-cache"
    assert "cache-control" not in marked({}, method="POST").headers


def test_a_body_the_client_has_is_not_sent_again() -> None:
    answer = Response(b"[]", headers={"link": "<a>", "x-other": "1", "cache-control": "private"})
    first = conditional.unless_known(request(), answer)
    assert first.status_code == 200
    again = conditional.unless_known(request(if_none_match=first.headers["etag"]), answer)
    assert (again.status_code, again.body) == (304, b"")
    assert again.headers["link"] == "<a>"
    assert "x-other" not in again.headers
    changed = conditional.unless_known(
        request(if_none_match=first.headers["etag"]), Response(b"[1]")
    )
    assert changed.status_code == 200


@pytest.mark.parametrize(("method", "status"), [("POST", 200), ("PATCH", 200), ("GET", 404)])
def test_only_a_good_read_can_be_known(method: str, status: int) -> None:
    answer = Response(b"[]", status)
    assert conditional.unless_known(request(method, if_none_match="*"), answer) is answer


def test_an_answer_that_streams_is_passed_on() -> None:
    streaming: Any = SimpleNamespace(status_code=200, headers={})
    assert conditional.unless_known(request(if_none_match="*"), streaming) is streaming
