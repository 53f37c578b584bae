"""Other software reads OParl through the gateway, in both deployments, by following addresses."""

import httpx

from tests.e2e.conftest import Town

AMT = {"key": "amt", "name": {"de": "Sozialamt"}, "kind": "administration"}


def test_a_program_follows_addresses_and_learns_what_is_withdrawn(running_town: Town) -> None:
    system = f"{running_town.deployment.url}/oparl/v1.1/{running_town.key}"
    with running_town.client("secretary") as office, httpx.Client(trust_env=False) as program:
        assert office.post("organisations", json=AMT).status_code == 201
        entrance = program.get(system)
        assert entrance.headers["access-control-allow-origin"] == "*"
        assert entrance.json()["id"] == system
        (body,) = program.get(entrance.json()["body"]).json()["data"]
        assert body["system"] == system
        (organization,) = program.get(body["organization"]).json()["data"]
        assert organization["name"] == "Sozialamt"
        address = organization["id"]
        assert program.get(address).json() == organization
        assert program.head(address).headers["content-type"] == "application/json"
        assert program.get(f"{address}/").headers["location"] == address
        hidden = office.patch(
            "organisations/amt",
            json={"visibility": "administration"},
            headers={"If-Match": '"r1"'},
        )
        assert hidden.status_code == 200
        assert program.get(address).json()["deleted"] is True
        assert program.get(body["organization"]).json()["data"] == []
        since = {"modified_since": organization["modified"]}
        (stub,) = program.get(body["organization"], params=since).json()["data"]
        assert stub["id"] == address
        refused = program.get(f"{system}/nothing")
        assert refused.status_code == 404
        assert refused.json()["type"] == "https://schema.oparl.org/1.1/Error"
