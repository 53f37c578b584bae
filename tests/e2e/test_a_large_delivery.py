"""A large file, and a machine that fails in the middle of its check: nothing is lost."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from services.bench.programs import Program
from tests.e2e.conftest import Town
from tests.support.deployments import Deployment
from tests.support.embedded import SEARCH_PATH

YEARS, AREAS = range(1900, 2020), 60


def equip(client: httpx.Client) -> None:
    """An indicator and sixty districts."""
    level = {"key": "bezirk", "name": {"de": "Bezirk"}, "position": 0}
    assert client.post("area-levels", json=level).status_code == 201
    features = [
        {
            "type": "Feature",
            "geometry": None,
            "properties": {
                "key": f"bezirk-{n}",
                "name": f"Bezirk {n}",
                "level": "bezirk",
                "valid_from": "1850-01-01",
            },
        }
        for n in range(AREAS)
    ]
    areas = {"type": "FeatureCollection", "features": features}
    assert client.post("areas/import", json=areas).status_code == 200
    indicator = {
        "key": "bevoelkerung",
        "name": {"de": "Bevölkerung"},
        "unit": {"de": "Personen"},
        "kind": "count",
        "source": {"publisher": "Statistikstelle"},
    }
    assert client.post("indicators", json=indicator).status_code == 201


def rows() -> Iterator[str]:
    """More than four megabytes: every month of 120 years."""
    yield "area,period,indicator,value\n"
    for area in range(AREAS):
        for year in YEARS:
            for month in range(1, 13):
                yield f"bezirk-{area},{year}-{month:02},bevoelkerung,{area * 1000 + year}\n"


FILE = "".join(rows()).encode()
FIGURES = FILE.count(b"\n") - 1


@pytest.fixture
def checking(deployment: Deployment) -> Program:
    """The process that checks deliveries."""
    return deployment.programs.get("indicators") or deployment.programs["gateway"]


def until_checked(client: httpx.Client, key: str) -> dict[str, Any]:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        progress = client.get(f"deliveries/{key}/progress").json()
        if progress.get("state") not in (None, "received"):
            answer: dict[str, Any] = client.get(f"deliveries/{key}").json()
            return answer
        time.sleep(0.1)
    raise AssertionError(f"the check did not end: {progress}")


@pytest.mark.parametrize("end", ["killed", "stopped"])
def test_a_check_that_was_cut_off_is_done_after_the_restart(
    running_town: Town, checking: Program, end: str
) -> None:
    with running_town.client("administrator") as client:
        equip(client)
        sent = client.post(
            "deliveries",
            params={"source": "Statistikstelle"},
            content=FILE,
            headers={"Content-Type": "text/csv"},
        )
        assert (sent.status_code, sent.json()["state"]) == (202, "received"), sent.text
        key = sent.json()["key"]
        while client.get(f"deliveries/{key}/progress").json()["phase"] == "waiting":
            time.sleep(0.01)
        checking.kill() if end == "killed" else checking.stop()
        checking.start()
        checking.wait()
        done = until_checked(client, key)
        assert (done["state"], done["counts"]["figures"]) == ("checked", FIGURES)
        history = client.get(f"deliveries/{key}/history").json()
        assert [h["row"]["state"] for h in history] == ["checked", "received"]


def test_the_command_shows_how_far_it_is_and_what_is_wrong(
    running_town: Town,
    deployment: Deployment,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with running_town.client("administrator") as client:
        equip(client)
    file = tmp_path_factory.mktemp("deliver") / "bevoelkerung.csv"
    file.write_bytes(FILE + b"bezirk-0,2190,bevoelkerung,1\n")
    token = deployment.token("planner", municipality=running_town.key)
    command = ("deliver", str(file), "--municipality", running_town.key, "--source", "Amt")
    done = subprocess.run(
        [sys.executable, "-m", "services", *command, "--url", deployment.url],
        env={**os.environ, "PLANRAUM_TOKEN": token, "PYTHONPATH": SEARCH_PATH, "COLUMNS": "120"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = " ".join(done.stderr.split())
    assert "checked" in said
    assert "period_in_future" in said
    assert f"{FIGURES + 1:,}" in said


def test_events_pass_the_gateway_as_they_happen(running_town: Town) -> None:
    with running_town.client("administrator") as client:
        equip(client)
        sent = client.post(
            "deliveries", params={"source": "x"}, content=FILE, headers={"Content-Type": "text/csv"}
        )
        seen = []
        address = f"deliveries/{sent.json()['key']}/events"
        with client.stream("GET", address, timeout=60) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    seen.append(json.loads(line.removeprefix("data: ")))
        assert seen[-1]["state"] == "checked"
        assert {event["phase"] for event in seen} & {"reading", "checking", "keeping", "waiting"}
