"""The tour in the README, called one by one; every printed answer is compared."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e import tour
from tests.support.deployments import Deployment

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def shown(deployment: Deployment) -> Deployment:
    """The running platform with the demo municipalities."""
    subprocess.run(
        [sys.executable, "-m", "services", "demo", "--url", deployment.url],
        env={**os.environ, **deployment.environment},
        check=True,
        timeout=240,
    )
    return deployment


def test_every_answer_of_the_tour_is_as_printed(shown: Deployment) -> None:
    token = shown.token("planner", municipality="jena")
    steps = tour.parse(README)
    answers = [step.command + tour.run(step.command, shown.url, token) for step in steps]
    assert answers == [step.command + step.expected for step in steps]
