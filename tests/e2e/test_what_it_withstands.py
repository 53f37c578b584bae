"""Forged headers, other people's tokens, dying processes: nothing leaks, nothing is lost."""

import threading
from collections.abc import Iterator

import httpx
import pytest

from services.bench.programs import Program
from services.contracts.shared.access import Actor, Municipality, Role
from services.kit.identity import HEADER, Signer
from tests.e2e.conftest import Town
from tests.support.deployments import Deployment

ORGANISATION = {"name": {"de": "Verein"}, "kind": "association"}


def test_a_forged_identity_is_thrown_away(running_town: Town) -> None:
    forged = Signer("x" * 40).sign(
        Actor(
            subject="attacker",
            kind="person",
            roles=frozenset({Role.administrator}),
            municipality=Municipality(key=running_town.key, id=1),
        )
    )
    with running_town.client() as anybody:
        answer = anybody.post(
            "organisations", json={"key": "aa", **ORGANISATION}, headers={HEADER: forged}
        )
        assert answer.status_code == 401


def test_the_inner_addresses_are_not_served_outside(running_town: Town) -> None:
    with running_town.deployment.client("administrator") as client:
        for path in ("/internal/journal", "/v1/../internal/journal", "/v1/%2e%2e/internal/journal"):
            assert client.get(path).status_code in (400, 404)


def test_a_token_of_one_town_opens_nothing_in_another(
    running_town: Town, deployment: Deployment
) -> None:
    with (
        running_town.client("secretary") as office,
        deployment.client("secretary", municipality="another-town") as stranger,
    ):
        assert office.post("organisations", json={"key": "aa", **ORGANISATION}).status_code == 201
        base = f"/v1/{running_town.key}/organisations"
        assert stranger.post(base, json={"key": "bb", **ORGANISATION}).status_code == 404
        assert stranger.get(f"{base}/aa/history").status_code == 404
        assert stranger.get(f"{base}/aa").status_code == 200


@pytest.fixture
def victim(deployment: Deployment) -> Iterator[Program]:
    """The process that holds the boards service; running again afterwards."""
    program = deployment.programs.get("boards") or deployment.programs["gateway"]
    yield program
    if program.process is None or program.process.poll() is not None:
        program.start()
        program.wait()


def test_a_killed_process_loses_no_answered_write(running_town: Town, victim: Program) -> None:
    answered: list[str] = []
    enough = threading.Event()

    def write() -> None:
        with running_town.client("secretary") as office:
            for number in range(2000):
                key = f"verein-{number:04d}"
                try:
                    answer = office.post("organisations", json={"key": key, **ORGANISATION})
                except httpx.TransportError:
                    break
                if answer.status_code != 201:
                    break
                answered.append(key)
                if number == 40:
                    enough.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert enough.wait(30)
    victim.kill()
    writer.join(30)
    victim.start()
    victim.wait()
    with running_town.client("administrator") as office:
        stored: list[str] = []
        address = f"/v1/{running_town.key}/organisations?limit=1000"
        while address:
            page = office.get(running_town.deployment.url + address).json()
            stored += [item["key"] for item in page["items"]]
            address = page["next"]
        assert set(answered) <= set(stored)
        assert len(stored) - len(answered) <= 1
        for key in stored[-3:]:
            assert len(office.get(f"organisations/{key}/history").json()) == 1


def test_when_one_service_is_away_the_others_go_on(running_town: Town, victim: Program) -> None:
    if len(running_town.deployment.programs) == 1:
        assert victim is running_town.deployment.programs["gateway"]
        return
    victim.stop()
    with running_town.client("administrator") as office:
        away = office.get("bodies")
        assert away.status_code == 503
        assert int(away.headers["retry-after"]) > 0
        assert away.headers["content-type"] == "application/problem+json"
        assert office.get("programmes").status_code == 200
        assert office.get("indicators").status_code == 200
        assert office.get(running_town.deployment.url + "/livez").status_code == 200
    victim.start()
    victim.wait()
    with running_town.client() as anybody:
        assert anybody.get("bodies").status_code == 200
