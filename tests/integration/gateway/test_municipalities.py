"""The register of municipalities: open to read, written by the operator of the installation."""

import asyncio

import httpx
import pytest

from services.contracts.shared.access import Municipality
from tests.integration.gateway.conftest import Bearer
from tests.support.towns import described


async def test_the_operator_registers_a_town_and_everybody_finds_it(
    client: httpx.AsyncClient, town: Municipality, bearer: Bearer
) -> None:
    made = await client.post(
        "/v1/municipalities", json=described(town), headers=bearer("administrator")
    )
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/v1/municipalities/{town.key}"
    assert made.json()["id"] == f"{town.id:012d}"
    assert made.json()["languages"] == ["de"]
    by_key = await client.get(made.headers["location"])
    by_number = await client.get(f"/v1/municipalities/{town.id:012d}")
    assert by_key.json() == by_number.json() == made.json()
    seen, address = [], "/v1/municipalities?kind=independent_city&limit=2"
    while address:
        page = (await client.get(address)).json()
        seen += [item["key"] for item in page["items"]]
        address = page["next"]
    assert town.key in seen
    assert seen == sorted(seen)


async def test_a_town_changes_its_name_but_never_its_key_or_number(
    client: httpx.AsyncClient, registered: str, bearer: Bearer
) -> None:
    address, operator = f"/v1/municipalities/{registered}", bearer("administrator")
    assert (await client.patch(address, json={}, headers=operator)).status_code == 428
    matching = {**operator, "If-Match": '"r1"'}
    changed = await client.patch(address, json={"name": {"de": "Neustadt"}}, headers=matching)
    assert changed.status_code == 200, changed.text
    assert changed.json()["name"] == {"de": "Neustadt", "en": "Sample Town"}
    assert changed.headers["etag"] == '"r2"'
    assert (await client.patch(address, json={}, headers=matching)).status_code == 412
    for fixed in ({"key": "other-town"}, {"id": "160530000000"}):
        refused = await client.patch(address, json=fixed, headers={**operator, "If-Match": '"r2"'})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == f"/{next(iter(fixed))}"
    past = await client.get(f"{address}/history", headers=operator)
    assert [state["revision"] for state in past.json()] == [2, 1]
    assert past.json()[0]["actor"] == "token:clerk"
    assert (await client.get(f"{address}/history")).status_code == 401


@pytest.mark.parametrize("role", ["planner", "secretary", "statistician", "administrator"])
async def test_no_role_in_one_town_registers_another(
    client: httpx.AsyncClient, town: Municipality, bearer: Bearer, role: str
) -> None:
    headers = bearer(role, town="jena")
    refused = await client.post("/v1/municipalities", json=described(town), headers=headers)
    assert refused.status_code == 404
    assert (await client.post("/v1/municipalities", json=described(town))).status_code == 401
    assert (await client.get(f"/v1/municipalities/{town.key}")).status_code == 404


async def test_key_and_number_are_taken_once_even_at_the_same_moment(
    client: httpx.AsyncClient, town: Municipality, bearer: Bearer
) -> None:
    operator, mine = bearer("administrator"), described(town)
    answers = await asyncio.gather(
        *(client.post("/v1/municipalities", json=mine, headers=operator) for _ in range(5))
    )
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409, 409]
    for other, pointer in (
        ({**mine, "id": "160000000001"}, "/key"),
        ({**mine, "key": f"{town.key}-2"}, "/id"),
    ):
        refused = await client.post("/v1/municipalities", json=other, headers=operator)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, pointer)


async def test_registering_again_with_the_same_idempotency_key_is_the_same_answer(
    client: httpx.AsyncClient, town: Municipality, bearer: Bearer
) -> None:
    headers = {**bearer("administrator"), "Idempotency-Key": f"register-{town.key}"}
    first, second = [
        await client.post("/v1/municipalities", json=described(town), headers=headers)
        for _ in range(2)
    ]
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert second.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"id": 160530000000}, "/id"),
        ({"id": "16053"}, "/id"),
        ({"id": "170530000000"}, "/id"),
        ({"key": "municipalities"}, "/key"),
        ({"key": "Jena"}, "/key"),
        ({"kind": "village"}, "/kind"),
        ({"name": {"en": "no German"}}, "/name"),
        ({"languages": []}, "/languages"),
        ({"languages": ["en"]}, "/languages"),
        ({"languages": ["de", "de"]}, "/languages"),
        ({"mayor": "nobody"}, "/mayor"),
    ],
)
async def test_a_wrong_register_entry_is_pointed_at(
    client: httpx.AsyncClient,
    town: Municipality,
    bearer: Bearer,
    wrong: dict[str, object],
    pointer: str,
) -> None:
    sent = {**described(town), **wrong}
    refused = await client.post("/v1/municipalities", json=sent, headers=bearer("administrator"))
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
