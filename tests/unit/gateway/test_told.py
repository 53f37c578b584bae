"""Of what events tell is a list, and it says what the addresses say."""

import ast
from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from services.boards.telling import TOLD as BOARDS
from services.commands.openapi import committed
from services.contracts.boards.contributions import ContributionState
from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.projects.claims import ClaimOutcome
from services.contracts.projects.target_updates import UpdateState
from services.contracts.shared.event_types import COLLECTIONS, TYPES
from services.gateway.events.queries import TOLD as GATEWAY
from services.indicators.telling import TOLD as INDICATORS
from services.kit.telling.rules import Told
from services.projects.telling import TOLD as PROJECTS
from tests.support.kinds import kinds

ROOT = Path(__file__).parents[3]
TOLD = (*BOARDS, *INDICATORS, *PROJECTS, *GATEWAY)
PATHS = committed()["platform"]["paths"]
ELSEWHERE = {"municipalities": "/v1/municipalities/{key}"}
PERSONS = {
    "boards.attendance",
    "boards.contribution",
    "boards.exclusion",
    "boards.membership",
    "boards.person",
    "projects.onward_grant",
    "projects.participant_count",
    "projects.staffing",
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
NEVER = {"erased"}
"""Steps that would say of whom something is no longer known."""
BY_STATE: Mapping[tuple[str, str], Collection[str]] = {
    ("amendments", "boards.amendment"): {"adopted", "rejected", "withdrawn"},
    ("answers", "boards.contribution"): {*ContributionState},
    ("claims", "projects.claim"): {*ClaimOutcome, "paid-out", "payout-corrected"},
    ("contributions", "boards.contribution"): {"withdrawn", "erased"},
    ("deliveries", "indicators.delivery"): {*DeliveryState, "revoked"},
    ("findings", "indicators.finding"): {"confirmed", "dismissed"},
    ("measures", "projects.measure"): {"funding_closed", "funding_opened"},
    ("obligations", "projects.obligation"): {"done", "waived", "reopened"},
    ("receiving", "indicators.delivery"): {"checked", "refused"},
    ("report_editions", "boards.report_edition"): {"approved", "returned"},
    ("target_periods", "projects.target_period"): {"locked", "unlocked"},
    ("target_updates", "projects.target_update"): {*UpdateState} - {"draft"},
    ("verifications", "projects.expenditure"): {"verified", "corrected", "released"},
}
"""Where the step is named by a state or handed on: feature and kind -> the steps."""
each = pytest.mark.parametrize("one", TOLD, ids=lambda one: one.kind.event)


def test_of_every_kind_it_was_decided_whether_it_is_told() -> None:
    assert kinds().keys() == COLLECTIONS.keys() | PERSONS | ACCESS | WORKINGS
    assert not COLLECTIONS.keys() & (PERSONS | ACCESS | WORKINGS)


def test_what_can_be_asked_for_is_what_is_told() -> None:
    assert {one.kind.event: one.kind.collection for one in TOLD} == COLLECTIONS
    assert len(TOLD) == len(COLLECTIONS)


def test_every_step_of_what_is_told_has_a_type_and_every_type_a_step() -> None:
    """Read from the code, so that no step is forgotten: it would be told to nobody."""
    told = {f"{name}.{step}.v1" for name, step in _steps() if name in COLLECTIONS}
    told |= {f"{name}.{step}.v1" for name in COLLECTIONS for step in ("created", "changed")}
    never = {one for one in told if one.split(".")[2] in NEVER}
    assert told - never == set(TYPES)


@each
def test_steps_that_are_open_to_all_are_steps(one: Told) -> None:
    named = {step for step in one.steps if step != "*"}
    assert {f"{one.kind.event}.{step}.v1" for step in named} <= set(TYPES)


def _steps() -> Iterator[tuple[str, str]]:
    found = set()
    for path in sorted((ROOT / "services").glob("*/*/commands.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            of = call.func.value
            if call.func.attr != "tell" or not isinstance(of, ast.Name) or not of.id.isupper():
                continue
            kind, step = getattr(import_module(name), of.id), call.args[2]
            if isinstance(step, ast.Constant):
                yield kind.event, step.value
            else:
                found.add((name.split(".")[2], kind.event))
                yield from ((kind.event, one) for one in BY_STATE[name.split(".")[2], kind.event])
    assert found == BY_STATE.keys()
    # Many at once, written to the journal without their kind.
    yield from (("indicators.finding", one) for one in ("opened", "resolved"))
    yield "projects.measure", "evaluated"


@each
def test_who_hears_of_a_thing_may_read_it_at_the_address_of_its_subject(one: Told) -> None:
    collection = one.kind.collection
    path = ELSEWHERE.get(collection, f"/v1/{{municipality}}/{collection}/{{key}}")
    assert PATHS[path]["get"]["x-permission"] == one.permission


@each
def test_nothing_that_is_told_is_about_persons(one: Told) -> None:
    assert not one.kind.personal
