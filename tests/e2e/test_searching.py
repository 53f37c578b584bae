"""What people type into the search box of a running platform, and what they find first."""

import os
import subprocess
import sys
from typing import Any

import httpx
import pytest

from services.contracts.shared.search import SERVICES
from tests.e2e.conftest import Town
from tests.support.deployments import Deployment

RIGHT = {
    "Armutspraevention": "projects/armutspraevention",
    "Armutspräventon": "projects/armutspraevention",
    '"Bildung integriert"': "projects/bildung-integriert",
    "povertà": "bodies/programmbeirat-abi",
    "BIWAQ": "projects/biwaq",
}
MEANT = {**dict.fromkeys(RIGHT), "Armutspräventon": "Armutsprävention"}


def found(client: httpx.Client, q: str) -> dict[str, Any]:
    answer = client.get("search", params={"q": q})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("roles", [(), ("planner",)], ids=["anybody", "a planner"])
def test_the_seeds_are_found_first(shown: Deployment, roles: tuple[str, ...]) -> None:
    with shown.client(*roles) as client:
        client.base_url = httpx.URL(f"{shown.url}/v1/jena/")
        answers = {q: found(client, q) for q in RIGHT}
        first = {q: answer["hits"][0] for q, answer in answers.items()}
        assert {q: f"{hit['category']}/{hit['key']}" for q, hit in first.items()} == RIGHT
        assert {q: answer["did_you_mean"] for q, answer in answers.items()} == MEANT
        for q, hit in first.items():
            assert client.get(f"{shown.url}{hit['address']}").status_code == 200
            assert "<mark>" in hit["snippet"], q
        assert [(a["missing"], a["in_preparation"]) for a in answers.values()] == [([], [])] * 5
        typed = client.get("suggestions", params={"q": "armutspr"}).json()
        assert "armutspraevention" in {one["key"] for one in typed["suggestions"]}


def test_everything_is_found_as_it_is(shown: Deployment) -> None:
    program = shown.programs.get("boards", shown.programs["gateway"])
    owner = program.environment["DATABASE_URL"].replace("//planraum_boards@", "//planraum@")
    verified = subprocess.run(
        [sys.executable, "-m", "services", "verify", "search"],
        env={**os.environ, **shown.environment, "DATABASE_URL": owner},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert verified.returncode == 0, verified.stdout
    lines = [line.split() for line in verified.stdout.splitlines()]
    for service in SERVICES:
        for town in ("jena", "wartburgkreis"):
            assert [service, town, "right"] in lines


def test_the_rest_is_found_while_a_service_is_away(
    running_town: Town, deployment: Deployment
) -> None:
    away = deployment.programs.get("projects")  # in one process none is away without the others
    missing = [str(one) for one in SERVICES["projects"]] if away else []
    board = {"key": "beirat", "name": {"de": "Beirat Armut"}, "kind": "advisory_board"}
    with running_town.client("secretary") as office, running_town.client() as anybody:
        made = office.post("bodies", json={**board, "mandates": ["advises"]})
        assert made.status_code == 201, made.text
        if away:
            away.stop()
        try:
            for client in (office, anybody):
                answer = found(client, "Armut")
                assert (answer["total"], answer["missing"]) == (1, missing)
                typed = client.get("suggestions", params={"q": "beir"}).json()
                assert [one["key"] for one in typed["suggestions"]] == ["beirat"]
                assert typed["missing"] == missing
        finally:
            if away:
                away.start()
                away.wait()
        assert found(anybody, "Armut")["missing"] == []
