"""Acts: what bodies did under their powers, and nothing beyond them."""

from typing import Any

import asyncpg
import pytest

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import a_power, text
from tests.integration.boards.deciding import a_recommendation, bodies, voted
from tests.integration.indicators.figures import POPULATION
from tests.support.copies import copied
from tests.support.towns import Door


def an_act(vote: str, key: str = "akt-1", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "power": "indikatoren",
        "vote": vote,
        "subject": "catalogue_versions",
        "subject_key": "catalogue-1",
        "title": text("Indikatoren des Armutsberichtes"),
        **more,
    }


@pytest.fixture
@copied
async def office(boards: Door, indicators: Door) -> Door:
    await indicators.made("/indicators", POPULATION)
    await indicators.made("/catalogue/versions", {"title": text("Katalog 2026")})
    await bodies(boards, "beirat", "lenkungsgruppe", "ausschuss")
    await boards.made("/powers", a_power())
    return boards


async def test_a_steering_group_sets_the_indicators(office: Door) -> None:
    vote = await voted(office, "lenkungsgruppe")
    made = await office.made("/acts", an_act(vote))
    assert (made["kind"], made["body"], made["state"]) == (
        "sets_indicators",
        "lenkungsgruppe",
        "valid",
    )
    assert (made["decided_on"], made["meeting"]) == ("2026-03-11", "lenkungsgruppe-1")
    for query in (
        "kind=sets_indicators&subject=catalogue_versions/catalogue-1",
        "subject=catalogue_versions",
        "body=lenkungsgruppe&power=indikatoren&state=valid",
    ):
        items = (await office.as_().get(f"/acts?{query}")).json()["items"]
        assert [one["key"] for one in items] == ["akt-1"], query
    for query in ("kind=sets_measures", "subject=indicators", "state=void"):
        assert (await office.get(f"/acts?{query}")).json()["items"] == [], query
    again = await office.post("/acts", an_act(vote, "akt-2"))
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("wrong", "status", "pointer", "code"),
    [
        ({"subject": "projects"}, 422, "/subject", "beyond-the-power"),
        ({"subject": "everything"}, 422, "/subject", "enum"),
        ({"subject_key": "catalogue-9"}, 422, "/subject_key", "unknown"),
        ({"power": "keine"}, 422, "/power", "unknown"),
        ({"vote": "v-9"}, 422, "/vote", "unknown"),
    ],
)
async def test_an_act_beyond_the_power_is_refused(
    office: Door, wrong: dict[str, Any], status: int, pointer: str, code: str
) -> None:
    new = {**an_act(await voted(office, "lenkungsgruppe")), **wrong}
    refused = await office.post("/acts", new)
    assert refused.status_code == status, refused.text
    assert (refused.json()["errors"][0]["pointer"], refused.json()["errors"][0]["code"]) == (
        pointer,
        code,
    )
    assert (await office.get("/acts")).json()["items"] == []


async def test_a_body_without_the_power_does_not_act(office: Door) -> None:
    for body in ("beirat", "ausschuss"):
        refused = await office.post("/acts", an_act(await voted(office, body)))
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "other-body")


async def test_a_power_is_used_while_it_is_held(office: Door) -> None:
    vote = await voted(office, "lenkungsgruppe")
    await office.patch("/powers/indikatoren", {"ends_on": "2026-03-10"})
    refused = await office.post("/acts", an_act(vote))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "not-held")
    await office.patch("/powers/indikatoren", {"ends_on": "2026-03-11"}, 2)
    assert (await office.post("/acts", an_act(vote))).status_code == 201


async def test_a_rejected_vote_is_no_act(office: Door) -> None:
    refused = await office.post("/acts", an_act(await voted(office, "lenkungsgruppe", yes=0)))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "not-adopted")


async def test_a_recommendation_is_set_by_who_has_that_power(office: Door) -> None:
    await office.made("/powers", a_power("empfehlungen", kind="sets_recommendations"))
    vote = await voted(office, "lenkungsgruppe")
    about = {"power": "empfehlungen", "subject": "recommendations", "subject_key": "r-1"}
    assert (await office.post("/acts", an_act(vote, **about))).status_code == 422
    await office.made("/recommendations", a_recommendation(vote))
    await office.made("/acts", an_act(vote, **about))


async def test_the_database_too_keeps_acts_within_powers(
    office: Door, owner: asyncpg.Connection, town: Municipality
) -> None:
    await office.made("/powers", a_power("andere", "ausschuss"))
    await office.made("/acts", an_act(await voted(office, "lenkungsgruppe")))
    await voted(office, "ausschuss")
    await owner.execute(f"SET app.municipality = '{town.id}'")
    for change in (
        "kind = 'sets_measures'",
        "vote = 'v-ausschuss-a'",
        "power = 'andere'",
        "decided_on = '2026-01-01', power = 'keine'",
    ):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await owner.execute(
                f"UPDATE boards.act SET {change} WHERE municipality_id = $1",
                town.id,
            )
    await office.patch("/acts/akt-1", {"title": {"en": "Indicators of the poverty report"}})
    assert len((await office.get("/acts/akt-1/history")).json()) == 2
