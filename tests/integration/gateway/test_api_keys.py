"""The life of an API key: created, used, rotated, revoked."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from services.contracts.shared.access import Municipality
from services.gateway.app import Gateway
from tests.integration.gateway.conftest import Bearer
from tests.support.towns import register


def new_key(**changed: object) -> dict[str, object]:
    return {
        "key": "jenarbeit-lieferung",
        "purpose": "Monthly delivery",
        "roles": ["supplier"],
        "supplier": "jenarbeit",
        "expires_at": (datetime.now(UTC) + timedelta(days=90)).isoformat(),
        **changed,
    }


@pytest.fixture
def office(bearer: Bearer, registered: str) -> dict[str, str]:
    """The administrator of the town."""
    return bearer("administrator", town=registered)


async def issued(
    client: httpx.AsyncClient, town: str, office: dict[str, str], **changed: object
) -> str:
    made = await client.post(f"/v1/{town}/api-keys", json=new_key(**changed), headers=office)
    assert made.status_code == 201, made.text
    token: str = made.json()["token"]
    return token


async def ask(client: httpx.AsyncClient, town: str, token: str) -> httpx.Response:
    return await client.get(f"/v1/{town}/mirror", headers={"Authorization": f"Bearer {token}"})


async def test_a_machine_signs_in_with_its_key(
    client: httpx.AsyncClient, registered: str, office: dict[str, str]
) -> None:
    made = await client.post(f"/v1/{registered}/api-keys", json=new_key(), headers=office)
    assert made.headers["cache-control"] == "no-store"
    token = made.json()["token"]
    assert token.startswith("planraum_")
    answer = await ask(client, registered, token)
    assert answer.status_code == 200, answer.text
    actor = answer.json()["actor"]
    assert actor["kind"] == "machine"
    assert actor["roles"] == ["supplier"]
    assert actor["supplier"] == "jenarbeit"
    assert actor["subject"] == f"key:{made.json()['id']}"
    read = (
        await client.get(f"/v1/{registered}/api-keys/jenarbeit-lieferung", headers=office)
    ).json()
    assert read["last_used_on"] == datetime.now(UTC).date().isoformat()
    assert "token" not in read
    past = await client.get(
        f"/v1/{registered}/api-keys/jenarbeit-lieferung/history", headers=office
    )
    secret = token.rsplit("_", 1)[1]
    assert secret not in past.text + str(read)
    assert "digest" not in past.text


async def test_the_secret_is_nowhere_in_the_database(
    client: httpx.AsyncClient, gateway: Gateway, registered: str, office: dict[str, str]
) -> None:
    twice = {**office, "Idempotency-Key": "issue-once"}
    made = await client.post(f"/v1/{registered}/api-keys", json=new_key(), headers=twice)
    secret = made.json()["token"].rsplit("_", 1)[1]
    pool = gateway.inner.state.database.pool
    number = (await gateway.towns.find(registered)).id
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT set_config('app.municipality', $1, true)", str(number))
        for table in ("api_key", "api_key_secret", "history", "idempotency", "journal"):
            rows = await connection.fetch(f"SELECT to_jsonb(t)::text AS row FROM {table} t")
            assert not any(secret in row["row"] for row in rows), table
    again = await client.post(f"/v1/{registered}/api-keys", json=new_key(), headers=twice)
    assert again.status_code == 409


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"),
        lambda t: t[:-1],
        lambda t: t + "0",
        lambda t: t.replace("planraum_16", "planraum_15"),
        lambda t: t.rsplit("_", 1)[0],
        lambda t: t.upper().replace("PLANRAUM", "planraum"),
        lambda _: "planraum_",
        lambda _: "planraum_160530000000aaaaaaaa_" + "0" * 64,
    ],
)
async def test_almost_the_key_is_not_the_key(
    client: httpx.AsyncClient, registered: str, office: dict[str, str], spoil: object
) -> None:
    token = await issued(client, registered, office)
    assert callable(spoil)
    answer = await ask(client, registered, spoil(token))
    assert answer.status_code == 401
    assert answer.json()["detail"].endswith("unknown, expired or revoked API key.")


async def test_a_key_of_one_town_is_nobody_in_the_next(
    client: httpx.AsyncClient, registered: str, office: dict[str, str], bearer: Bearer
) -> None:
    token = await issued(client, registered, office, roles=["administrator"])
    neighbour = Municipality(key=f"{registered}-2", id=int(f"1{registered[5:]:0>11}") + 10**9)
    neighbour = Municipality(key=neighbour.key, id=160_000_000_000 + neighbour.id % 10**9)
    await register(client, neighbour, bearer("administrator"))
    seen = (await ask(client, neighbour.key, token)).json()["actor"]
    assert seen["roles"] == []
    headers = {"Authorization": f"Bearer {token}"}
    assert (await client.get(f"/v1/{neighbour.key}/api-keys", headers=headers)).status_code == 404
    other = bearer("administrator", town=neighbour.key)
    hidden = f"/v1/{neighbour.key}/api-keys/jenarbeit-lieferung"
    assert (await client.get(hidden, headers=other)).status_code == 404


async def test_a_rotated_key_overlaps_with_its_old_secret(
    client: httpx.AsyncClient, registered: str, office: dict[str, str]
) -> None:
    old = await issued(client, registered, office)
    address = f"/v1/{registered}/api-keys/jenarbeit-lieferung"
    rotated = await client.post(f"{address}/rotation", json={"overlap_hours": 1}, headers=office)
    assert rotated.status_code == 200, rotated.text
    assert rotated.json()["revision"] == 2
    new = rotated.json()["token"]
    assert new != old
    for token in (old, new):
        assert (await ask(client, registered, token)).status_code == 200
    at_once = await client.post(f"{address}/rotation", json={"overlap_hours": 0}, headers=office)
    newest = at_once.json()["token"]
    await settled()
    for token, status in ((old, 401), (new, 401), (newest, 200)):
        assert (await ask(client, registered, token)).status_code == status


async def settled() -> None:
    """The journal's bell is heard within a tenth of a second."""
    await asyncio.sleep(0.1)


async def test_a_revoked_key_is_refused_at_once_and_for_good(
    client: httpx.AsyncClient, registered: str, office: dict[str, str]
) -> None:
    token = await issued(client, registered, office)
    assert (await ask(client, registered, token)).status_code == 200
    address = f"/v1/{registered}/api-keys/jenarbeit-lieferung"
    revoked = await client.post(f"{address}/revocation", headers=office)
    assert revoked.json()["revoked_at"] is not None
    await settled()
    assert (await ask(client, registered, token)).status_code == 401
    again = await client.post(f"{address}/revocation", headers=office)
    assert again.json() == revoked.json()
    assert (await client.post(f"{address}/rotation", json={}, headers=office)).status_code == 409
    listed = (await client.get(f"/v1/{registered}/api-keys?active=true", headers=office)).json()
    assert listed["items"] == []
    listed = (await client.get(f"/v1/{registered}/api-keys?active=false", headers=office)).json()
    assert [item["key"] for item in listed["items"]] == ["jenarbeit-lieferung"]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "2099-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "2027-01-01T00:00:00"}, "/expires_at"),
        ({"roles": []}, "/roles"),
        ({"roles": ["public"]}, "/roles"),
        ({"roles": ["mayor"]}, "/roles/0"),
        ({"secret": "my own"}, "/secret"),
    ],
)
async def test_a_key_that_should_not_be_is_not_made(
    client: httpx.AsyncClient,
    registered: str,
    office: dict[str, str],
    wrong: dict[str, object],
    pointer: str,
) -> None:
    refused = await client.post(f"/v1/{registered}/api-keys", json=new_key(**wrong), headers=office)
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]


@pytest.mark.parametrize("role", ["planner", "secretary", "controller", "statistician", "member"])
async def test_only_administrators_see_and_make_keys(
    client: httpx.AsyncClient, registered: str, bearer: Bearer, role: str
) -> None:
    headers = bearer(role, town=registered)
    assert (await client.get(f"/v1/{registered}/api-keys", headers=headers)).status_code == 403
    made = await client.post(f"/v1/{registered}/api-keys", json=new_key(), headers=headers)
    assert made.status_code == 403
    assert (await client.get(f"/v1/{registered}/api-keys")).status_code == 401
