"""Both deployments, running; every test here runs against each of them."""

import asyncio
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.support import server
from tests.support.deployments import Deployment, four_processes, one_process
from tests.support.towns import new_town

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each deployment is started by one worker only."""
    for item in items:
        if item.path.is_relative_to(HERE) and "deployment" in getattr(item, "fixturenames", ()):
            callspec = getattr(item, "callspec", None)
            which = callspec.params["deployment"].__name__ if callspec else "deployment"
            item.add_marker(pytest.mark.xdist_group(which))


@pytest.fixture(scope="session", params=[one_process, four_processes], ids=lambda f: f.__name__)
def deployment(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    """The platform in one process, and in four with their own database roles."""
    admin = os.environ["PLANRAUM_TEST_SERVER"]
    name = f"e2e_{secrets.token_hex(4)}"
    asyncio.run(server.create(admin, name))
    url = admin.replace("/postgres?", f"/{name}?")
    with request.param(url, tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="session")
def shown(deployment: Deployment) -> Deployment:
    """The running platform with the demo municipalities."""
    subprocess.run(
        [sys.executable, "-m", "services", "demo", "--url", deployment.url],
        env={**os.environ, **deployment.environment},
        check=True,
        timeout=240,
    )
    return deployment


@dataclass
class Town:
    """A municipality in a running platform, and clients of it."""

    deployment: Deployment
    key: str

    def client(self, *roles: str, subject: str = "developer") -> httpx.Client:
        made = self.deployment.client(*roles, subject=subject)
        made.base_url = httpx.URL(f"{self.deployment.url}/v1/{self.key}/")
        return made


@pytest.fixture
def running_town(deployment: Deployment) -> Town:
    """A municipality of its own for the test, founded through the API."""
    town = new_town()
    with deployment.client("administrator") as client:
        created = client.post(
            "/v1/municipalities",
            json={
                "key": town.key,
                "id": str(town.id),
                "name": {"de": f"Stadt {town.key}"},
                "kind": "independent_city",
                "state": {"de": "Thüringen"},
            },
        )
        assert created.status_code == 201, created.text
    return Town(deployment, town.key)
