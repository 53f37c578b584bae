"""Of what events tell is a list, and it says what the addresses say."""

import gc
from importlib import import_module

import pytest

from services.boards.telling import TOLD as BOARDS
from services.commands.openapi import committed
from services.contracts.shared.events import NAMES
from services.gateway.events.queries import TOLD as GATEWAY
from services.indicators.telling import TOLD as INDICATORS
from services.kit.migrate import SERVICES
from services.kit.resources import Kind
from services.kit.telling import Told
from services.projects.telling import TOLD as PROJECTS

TOLD = (*BOARDS, *INDICATORS, *PROJECTS, *GATEWAY)
PATHS = committed()["platform"]["paths"]
ELSEWHERE = {
    "agenda-items": "/v1/{municipality}/meetings/{key}/agenda-items/{item}",
    "municipalities": "/v1/municipalities/{key}",
    "report-editions": "/v1/{municipality}/coordinated-reports/{key}/editions/{number}",
}
PERSONS = {
    "boards.attendance",
    "boards.contribution",
    "boards.exclusion",
    "boards.membership",
    "boards.person",
    "projects.onward_grant",
    "projects.participant_count",
}
ACCESS = {
    "boards.calendar_feed",
    "gateway.api-key",
    "gateway.deadline-feed",
    "gateway.webhook",
    "projects.obligation_feed",
}
WORKINGS = {
    "boards.implementation_report",
    "boards.invitation",
    "boards.oparl_profile",
    "boards.oparl_source",
    "boards.paper_version",
    "boards.publication_version",
    "indicators.mapping",
    "indicators.slot",
}
"""What has no address of its own, or is between the office and one other."""
each = pytest.mark.parametrize("one", TOLD, ids=lambda one: one.kind.event)


def kinds() -> set[str]:
    """Every kind of resource that a service keeps."""
    for service in SERVICES:
        import_module(f"services.{service}.app")
    found = [one for one in gc.get_objects() if isinstance(one, Kind)]
    return {one.event for one in found if one.row.__module__.startswith("services.")}


def test_of_every_kind_it_was_decided_whether_it_is_told() -> None:
    assert kinds() == NAMES | PERSONS | ACCESS | WORKINGS
    assert not NAMES & (PERSONS | ACCESS | WORKINGS)


def test_what_can_be_asked_for_is_what_is_told() -> None:
    assert {one.kind.event for one in TOLD} == NAMES
    assert len(TOLD) == len(NAMES)


@each
def test_who_hears_of_a_thing_may_read_it(one: Told) -> None:
    collection = one.kind.collection
    path = ELSEWHERE.get(collection, f"/v1/{{municipality}}/{collection}/{{key}}")
    assert PATHS[path]["get"]["x-permission"] == one.permission


@each
def test_nothing_that_is_told_is_about_persons(one: Told) -> None:
    assert not one.kind.personal
