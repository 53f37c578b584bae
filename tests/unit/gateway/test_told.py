"""Of what events tell is a list, and it says what the addresses say."""

import pytest

from services.boards.telling import TOLD as BOARDS
from services.commands.openapi import committed
from services.contracts.shared.events import NAMES
from services.gateway.events.queries import TOLD as GATEWAY
from services.indicators.telling import TOLD as INDICATORS
from services.kit.telling import Told
from services.projects.telling import TOLD as PROJECTS

TOLD = (*BOARDS, *INDICATORS, *PROJECTS, *GATEWAY)
PATHS = committed()["platform"]["paths"]
ELSEWHERE = {"agenda-items": "/v1/{municipality}/meetings/{key}/agenda-items/{item}"}
AT_HOME = {"municipalities": "/v1/municipalities/{key}"}
each = pytest.mark.parametrize("one", TOLD, ids=lambda one: one.kind.event)


def test_what_can_be_asked_for_is_what_is_told() -> None:
    assert {one.kind.event for one in TOLD} == NAMES
    assert len(TOLD) == len(NAMES)


@each
def test_who_hears_of_a_thing_may_read_it(one: Told) -> None:
    collection = one.kind.collection
    address = ELSEWHERE | AT_HOME
    path = address.get(collection, f"/v1/{{municipality}}/{collection}/{{key}}")
    assert PATHS[path]["get"]["x-permission"] == one.permission


@each
def test_nothing_that_is_told_is_about_persons(one: Told) -> None:
    assert not one.kind.personal
