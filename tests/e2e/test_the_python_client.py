"""The Python client as a job centre and a planner use it, against a running platform."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.e2e.conftest import Town
from tests.e2e.test_a_push_by_key import made, prepare
from tests.support.python_client import FILE, python_client


def run(town: Town, *arguments: str, token: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, FILE, town.deployment.url, town.key, *arguments],
        env={**os.environ, "PLANRAUM_TOKEN": token, "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_quarter_goes_up_and_comes_down_again(running_town: Town, tmp_path: Path) -> None:
    key, _ = prepare(running_town)
    file = tmp_path / "quarter.csv"
    file.write_text("area,period,indicator,value\njena,2025-Q1,empfaenger,4105\n")
    (sent,) = lines(run(running_town, "deliver", str(file), "Jobcenter", token=key))
    (again,) = lines(run(running_town, "deliver", str(file), "Jobcenter", token=key))
    assert (sent["state"], again["key"]) == ("checked", sent["key"])
    assert lines(run(running_town, "figures", "empfaenger")) == []
    with running_town.client("statistician", subject="second") as office:
        assert office.post(f"deliveries/{sent['key']}/approval").status_code == 200
        made(office, "releases", {"title": {"de": "2025-Q1"}, "deliveries": [sent["key"]]})
    (figure,) = lines(run(running_town, "figures", "empfaenger"))
    assert (figure["area"], figure["value"], figure["status"]) == ("jena", "4105", "normal")
    assert figure["period"].startswith("2025")


def test_lists_are_followed_to_their_end_and_several_things_read_at_once(
    running_town: Town,
) -> None:
    with running_town.client("administrator") as office:
        for number in range(5):
            name = {"de": f"Amt {number}"}
            organisation = {"key": f"amt-{number}", "name": name, "kind": "administration"}
            made(office, "organisations", organisation)
    client = python_client().Planraum(running_town.deployment.url, running_town.key)
    found = list(client.items("organisations", fields="key", limit=2))
    assert found == [{"key": f"amt-{number}"} for number in range(5)]
    one, none = client.batch("organisations/amt-1?fields=key", "organisations/keins")
    assert (one["status"], one["body"], none["status"]) == (200, {"key": "amt-1"}, 404)


def test_a_refusal_says_where(running_town: Town) -> None:
    refused = run(running_town, "list", "organisations", "key,nmae")
    assert refused.returncode == 1
    assert refused.stderr.startswith("422 What is to be selected cannot be. fields: 'nmae' is not")
    assert run(running_town, "dance").returncode == 1
