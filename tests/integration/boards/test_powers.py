"""Powers: nobody has one that the mandate of the body does not carry."""

from typing import Any

import asyncpg
import pytest

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import a_body, a_power
from tests.support.copies import copied
from tests.support.towns import Door

BODIES = {
    "planungsbeirat": ("advisory_board", ["advises"]),
    "lenkungsgruppe": ("steering_group", ["steers"]),
    "ausschuss": ("committee", ["decides"]),
    "stadtrat": ("council", ["decides"]),
}
STEERING = {
    "directs_pilots",
    "sets_indicators",
    "judges_progress",
    "realigns_topics",
    "sets_recommendations",
    "sets_measures",
    "agrees_strategy",
}
CARRIED = {
    "planungsbeirat": set(),
    "lenkungsgruppe": STEERING,
    "ausschuss": STEERING | {"decides_offers"},
    "stadtrat": STEERING | {"decides_offers", "legitimises_strategy"},
}


@pytest.fixture
@copied
async def office(boards: Door) -> Door:
    for key, (kind, mandates) in BODIES.items():
        await boards.made("/bodies", a_body(key, kind=kind, mandates=mandates))
    return boards


@pytest.mark.parametrize("body", BODIES)
async def test_a_body_has_the_powers_its_mandate_carries(
    office: Door, body: str, database_url: str, town: Municipality
) -> None:
    kinds = [*STEERING, "decides_offers", "legitimises_strategy"]
    given = set()
    for kind in kinds:
        answer = await office.post("/powers", a_power(f"x-{kind.replace('_', '-')}", body, kind))
        if answer.status_code == 201:
            given.add(kind)
        else:
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/kind")
    assert given == CARRIED[body]
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(f"SET app.municipality = '{town.id}'")
        for kind in set(kinds) - given:
            with pytest.raises(asyncpg.CheckViolationError):
                await connection.execute(
                    """
                    INSERT INTO boards.power (municipality_id, id, key, visibility, revision,
                        body, kind, subject, legal_basis)
                    VALUES ($1, gen_random_uuid(), 'k', 'public', 1, $2, $3, '{}', '[]')""",
                    town.id,
                    body,
                    kind,
                )
    finally:
        await connection.close()


async def test_body_and_kind_of_a_power_are_for_good(office: Door) -> None:
    await office.made("/powers", a_power())
    for change in ({"body": "stadtrat"}, {"kind": "sets_measures"}):
        refused = await office.patch("/powers/indikatoren", change)
        assert refused.json()["errors"][0]["code"] == "immutable"


async def test_powers_are_found_by_body_kind_and_day(office: Door) -> None:
    await office.made("/powers", a_power(ends_on="2026-06-30"))
    await office.made("/powers", a_power("entscheidet", "ausschuss", "decides_offers"))
    for query, found in (
        ("body=ausschuss", ["entscheidet"]),
        ("kind=sets_indicators", ["indikatoren"]),
        ("on=2026-07-01", ["entscheidet"]),
        ("on=2026-06-30", ["entscheidet", "indikatoren"]),
    ):
        items = (await office.as_().get(f"/powers?{query}")).json()["items"]
        assert [one["key"] for one in items] == found, query


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"body": "nobody"}, "/body"),
        ({"kind": "rules_the_world"}, "/kind"),
        ({"ends_on": "2026-01-01", "starts_on": "2026-01-02"}, "/ends_on"),
        ({"subject": {}}, "/subject"),
    ],
)
async def test_a_power_that_cannot_be_is_refused(
    office: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await office.post("/powers", {**a_power(), **wrong})
    assert refused.status_code == 422
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await office.get("/powers")).json()["items"] == []
