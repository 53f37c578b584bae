"""The commands of docs/recipes.md, run as they stand there, by a machine with a key of its own."""

import json
import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.support.deployments import Deployment

RECIPES = (Path(__file__).parents[2] / "docs" / "recipes.md").read_text("utf-8")
COMMANDS = re.findall(r"^    curl .*\n(?:^     .*\n)*", RECIPES, re.MULTILINE)
INSTALLATION = "https://planung.example.org"


@pytest.fixture
def key(shown: Deployment) -> str:
    """The API key of a supplier in Jena."""
    new = {
        "key": "rezepte",
        "purpose": "Recipes",
        "roles": ["supplier"],
        "supplier": "jenarbeit",
        "expires_at": (datetime.now(UTC) + timedelta(days=1)).isoformat(),
    }
    token = shown.token("administrator", municipality="jena")
    headers = {"Authorization": f"Bearer {token}"}
    made = httpx.post(f"{shown.url}/v1/jena/api-keys", json=new, headers=headers, timeout=30)
    assert made.status_code == 201, made.text
    issued: str = made.json()["token"]
    return issued


def test_every_command_of_the_recipes_does_what_is_said(
    shown: Deployment, key: str, tmp_path: Path
) -> None:
    (tmp_path / "sgb2.csv").write_text("area,period,indicator,value\njena,2024,nobody,1\n")
    given = {
        **os.environ,
        "PLANRAUM_KEY": key,
        "AFTER": "",
        "ETAG": '"none"',
        "no_proxy": "127.0.0.1",
    }
    answers = []
    for command in (COMMANDS[0], *COMMANDS):
        asked = command.replace(INSTALLATION, shown.url)
        asked = asked.replace("curl ", "curl -s -w '\\n%{http_code}' ", 1)
        done = subprocess.run(
            ["bash", "-c", asked],
            cwd=tmp_path,
            env=given,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        body, _, status = done.stdout.rpartition("\n")
        answers.append((int(status), body))
    (pushed, delivery), again, (hooked, hook), (told, events), (fetched, _) = answers
    assert pushed == 201
    assert json.loads(delivery)["supplier"] == "jenarbeit"
    assert again == (pushed, delivery)
    assert hooked == 201
    assert json.loads(hook)["secret"].startswith("whsec_")
    assert told == 200
    types = {event["type"] for event in json.loads(events)["items"]}
    assert types
    assert all(type.startswith("indicators.") for type in types)
    assert fetched == 200
