"""The tours in the documents, called one by one; every printed answer is compared."""

from pathlib import Path

import pytest

from tests.e2e import tour
from tests.support.deployments import Deployment

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("document", "role"),
    [
        ("README.md", "planner"),
        ("docs/board-office.md", "secretary"),
        ("docs/planning-coordination.md", "planner"),
        ("docs/your-first-hour.md", "planner"),
    ],
)
def test_every_answer_of_a_tour_is_as_printed(shown: Deployment, document: str, role: str) -> None:
    token = shown.token(role, municipality="jena")
    steps = tour.parse(ROOT / document)
    answers = [step.command + tour.run(step.command, shown.url, token) for step in steps]
    assert answers == [step.command + step.expected for step in steps]
