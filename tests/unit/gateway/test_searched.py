"""Of every collection it was decided whether it is searched."""

import pytest

from services.boards.search.declared import INDEX as BOARDS
from services.commands.openapi import committed
from services.contracts.shared.access import Role
from services.contracts.shared.search import SERVICES, Category
from services.indicators.search.declared import INDEX as INDICATORS
from services.kit.access import allows
from services.kit.search.searched import Searched
from services.projects.search.declared import INDEX as PROJECTS
from tests.support.kinds import kinds

INDEXES = {"boards": BOARDS, "indicators": INDICATORS, "projects": PROJECTS}
SEARCHED = [one for index in INDEXES.values() for one in index.kinds]
PATHS = committed()["platform"]["paths"]
ELSEWHERE = {
    "agenda-items": "/v1/{municipality}/meetings/{key}/agenda-items/{item}",
    "report-editions": "/v1/{municipality}/coordinated-reports/{key}/editions/{number}",
}
KINDS_NOT = {
    **dict.fromkeys(
        (
            "boards.attendance",
            "boards.contribution",
            "boards.exclusion",
            "boards.membership",
            "boards.person",
            "projects.onward_grant",
            "projects.participant_count",
            "projects.staffing",
        ),
        "it is about persons, and what is shown of them depends on them, the day and the reader",
    ),
    **dict.fromkeys(
        (
            "boards.calendar_feed",
            "gateway.api-key",
            "gateway.deadline-feed",
            "gateway.webhook",
            "projects.obligation_feed",
        ),
        "it is access to something",
    ),
    **dict.fromkeys(
        (
            "boards.oparl_profile",
            "boards.oparl_source",
            "indicators.delivery",
            "indicators.mapping",
            "projects.booking-mapping",
        ),
        "it is how data comes in or goes out, looked at where it does",
    ),
    **dict.fromkeys(
        (
            "boards.consultation",
            "boards.implementation_report",
            "boards.invitation",
            "boards.paper_version",
            "boards.publication_version",
            "boards.evidence",
            "indicators.catalogue_version",
            "projects.evidence_file",
            "projects.funding_rule",
            "projects.grant_disclosure",
            "projects.monitoring",
            "projects.proof_of_use",
            "projects.target_period",
            "projects.target_update",
        ),
        "it has no name of its own: it is found by what it belongs to",
    ),
    **dict.fromkeys(
        ("projects.claim", "projects.income", "projects.recovery"),
        "it is an amount, found by its grant",
    ),
    "boards.minutes": "what was noted on an item is for those who may see the item",
    "gateway.municipality": "it is where one searches, not what",
}
"""Kinds of resources that are not searched, and why."""
ADDRESSES_NOT = {
    **dict.fromkeys(
        (
            *("batch", "events", "search", "suggestions", "thread", "inbox", "references"),
            *("calendars", "deadline-calendars", "obligation-calendars", "deadlines"),
            *("deadlines.ics", "gaps", "planning-cycle", "planning-overview", "coverage"),
            *("planning-overview.svg", "plan-overlaps", "portfolio", "portfolio.xlsx"),
            *("position-gaps", "nominations", "measure-catalogue", "spending", "exports"),
            *("charts", "maps", "disclosure", "formulas", "catalogue", "catalogue.jsonld"),
        ),
        "it is a view of what is searched, or something to be done with it",
    ),
    **dict.fromkeys(
        ("report-templates", "presets", "rule-packs", "esf-indicators"),
        "it is the same everywhere and not of the municipality",
    ),
    "observations": "figures have no words; their indicators and areas are searched",
    "bookings": "lines of the finance system, looked at where they are matched",
    "participants": "it is about persons",
}
"""Addresses that no kind of resource has, and why they are not searched."""
each = pytest.mark.parametrize("one", SEARCHED, ids=lambda one: one.kind.event)


def test_of_every_kind_it_was_decided_whether_it_is_searched() -> None:
    searched = {one.kind.event for one in SEARCHED}
    assert kinds().keys() == searched | KINDS_NOT.keys()
    assert not searched & KINDS_NOT.keys()


def test_of_every_address_it_was_decided_whether_it_is_searched() -> None:
    first = {path.split("/")[3] for path in PATHS if path.startswith("/v1/{municipality}/")}
    assert first - set(kinds().values()) == ADDRESSES_NOT.keys()


def test_a_category_is_what_a_service_searches() -> None:
    searched = {name: {*index.by_collection} for name, index in INDEXES.items()}
    assert {name: {*categories} for name, categories in SERVICES.items()} == searched
    assert [one for categories in SERVICES.values() for one in categories] == [*Category]


@each
def test_who_finds_a_thing_may_read_it(one: Searched) -> None:
    collection = one.kind.collection
    path = ELSEWHERE.get(collection, f"/v1/{{municipality}}/{collection}/{{key}}")
    permission = PATHS[path]["get"]["x-permission"]
    if one.permission is None:
        assert allows(Role.public, permission)
    else:
        assert permission == one.permission
        assert not allows(Role.public, permission)


@each
def test_nothing_that_is_searched_is_about_persons(one: Searched) -> None:
    assert not one.kind.personal
