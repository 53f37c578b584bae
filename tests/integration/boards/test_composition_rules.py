"""Rules for a body as a whole."""

from typing import Any

import pytest

from tests.integration.boards.council import a_body, a_rule, a_seat, organisations
from tests.support.copies import copied
from tests.support.towns import Door

RULES: list[dict[str, Any]] = [
    {"kind": "coverage", "organisation_kinds": ["science", "business"], "minimum": 1},
    {
        "kind": "share",
        "each": "organisation",
        "organisation_kind": None,
        "organisation": None,
        "at_least": None,
        "at_most": "1/3",
        "voting_only": True,
    },
    {
        "kind": "share",
        "each": None,
        "organisation_kind": None,
        "organisation": "dezernat-4",
        "at_least": "1/10",
        "at_most": "2/5",
        "voting_only": False,
    },
    {"kind": "size", "minimum": 9, "maximum": None, "voting_only": False},
    {"kind": "chair", "seats": ["leitung"]},
    {"kind": "staggered", "at_most": "1/2", "months": 12},
    {"kind": "substitutes", "minimum": 1, "voting_only": True},
]


@pytest.fixture
@copied
async def board(boards: Door) -> Door:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    await boards.made("/bodies", a_body("anderer"))
    await boards.made("/seats", a_seat("leitung"))
    await boards.made("/seats", a_seat("fremd", body="anderer"))
    return boards


async def test_rules_of_every_kind_come_back_as_they_were_said(board: Door) -> None:
    for number, rule in enumerate(RULES):
        await board.made("/composition-rules", a_rule(f"regel-{number}", rule=rule))
    items = (await board.as_().get("/composition-rules?body=planungsbeirat")).json()["items"]
    assert [item["rule"] for item in items] == RULES
    assert (await board.as_().get("/composition-rules?body=anderer")).json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"rule": {"kind": "lottery"}}, "/rule"),
        ({"rule": {"kind": "coverage", "organisation_kinds": []}}, "/rule/organisation_kinds"),
        (
            {"rule": {"kind": "coverage", "organisation_kinds": ["science", "science"]}},
            "/rule/organisation_kinds",
        ),
        ({"rule": {"kind": "share", "at_most": "1/2"}}, "/rule/organisation"),
        (
            {
                "rule": {
                    "kind": "share",
                    "each": "organisation",
                    "organisation": "dezernat-4",
                    "at_most": "1/2",
                }
            },
            "/rule/organisation",
        ),
        (
            {"rule": {"kind": "share", "organisation": "nobody", "at_most": "1/2"}},
            "/rule/organisation",
        ),
        ({"rule": {"kind": "share", "each": "organisation"}}, "/rule/at_most"),
        (
            {"rule": {"kind": "share", "each": "organisation", "at_least": "1/9"}},
            "/rule/at_least",
        ),
        (
            {
                "rule": {
                    "kind": "share",
                    "organisation_kind": "science",
                    "at_least": "2/3",
                    "at_most": "1/2",
                }
            },
            "/rule/at_most",
        ),
        ({"rule": {"kind": "share", "each": "organisation", "at_most": "3/2"}}, "/rule/at_most"),
        ({"rule": {"kind": "share", "each": "organisation", "at_most": "0/2"}}, "/rule/at_most"),
        ({"rule": {"kind": "size"}}, "/rule/maximum"),
        ({"rule": {"kind": "size", "minimum": 3, "maximum": 2}}, "/rule/maximum"),
        ({"rule": {"kind": "chair", "seats": []}}, "/rule/seats"),
        ({"rule": {"kind": "chair", "seats": ["leitung", "fremd"]}}, "/rule/seats/1"),
        ({"rule": {"kind": "staggered", "at_most": "1/2", "months": 0}}, "/rule/months"),
        ({"body": "nowhere"}, "/body"),
        ({"starts_on": "2024-01-02", "ends_on": "2024-01-01"}, "/ends_on"),
    ],
)
async def test_a_rule_that_cannot_be_is_refused(
    board: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await board.post("/composition-rules", a_rule(**wrong))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await board.get("/composition-rules")).json()["items"] == []


async def test_a_rule_is_checked_when_it_changes_and_stays_with_its_body(board: Door) -> None:
    await board.made("/composition-rules", a_rule())
    for change, pointer in (
        ({"rule": {"minimum": 10}}, "/rule/maximum"),
        ({"body": "anderer"}, "/body"),
    ):
        refused = await board.patch("/composition-rules/regel", change)
        assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    other = {"kind": "chair", "seats": ["leitung"]}
    gone = dict.fromkeys(("minimum", "maximum", "voting_only"))
    changed = await board.patch("/composition-rules/regel", {"rule": {**other, **gone}})
    assert changed.json()["rule"] == other


async def test_rules_are_listed_for_a_day(board: Door) -> None:
    await board.made("/composition-rules", a_rule("alt", ends_on="2023-12-31"))
    await board.made("/composition-rules", a_rule("neu", starts_on="2024-01-01"))
    listed = (await board.get("/composition-rules?on=2024-01-01")).json()["items"]
    assert [item["key"] for item in listed] == ["neu"]
