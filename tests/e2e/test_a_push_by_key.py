"""The job centre's machine pushes its quarter with an API key, through the gateway."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.e2e.conftest import Town

COUNT = {"unit": {"de": "Personen"}, "kind": "count", "source": {"publisher": "Jobcenter"}}
SLOT = {
    "key": "sgb2-quartal",
    "title": {"de": "SGB II je Quartal"},
    "supplier": "jenarbeit",
    "indicators": ["empfaenger"],
    "periodicity": "quarter",
    "first_period": "2025-Q1",
    "days_until_due": 45,
    "reminder_days": 14,
    "contact_role": "Controlling",
}


def made(office: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Something that the office makes."""
    answer = office.post(path, json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def key_for(office: httpx.Client, name: str, supplier: str) -> str:
    """The secret of a new API key of a supplier."""
    expires = (datetime.now(UTC) + timedelta(days=90)).isoformat()
    new = {"key": name, "purpose": "Quartalslieferung", "roles": ["supplier"]}
    token: str = made(office, "api-keys", {**new, "supplier": supplier, "expires_at": expires})[
        "token"
    ]
    return token


def machine(town: Town, token: str) -> httpx.Client:
    """A machine that has nothing but its key."""
    client = town.client()
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def push(client: httpx.Client, period: str, *, again: str = "one") -> httpx.Response:
    return client.post(
        "deliveries",
        params={"source": "Jobcenter"},
        content=f"area,period,indicator,value\njena,{period},empfaenger,4105\n",
        headers={"Content-Type": "text/csv", "Idempotency-Key": f"push-{period}-{again}"},
    )


def prepare(town: Town) -> tuple[str, str]:
    """A town that awaits the quarters of its job centre; the keys of two suppliers."""
    with town.client("administrator") as office:
        made(office, "area-levels", {"key": "stadt", "name": {"de": "Stadt"}, "position": 0})
        area = {"key": "jena", "level": "stadt", "name": {"de": "Jena"}, "valid_from": "1990-01-01"}
        made(office, "areas", area)
        made(office, "indicators", {**COUNT, "key": "empfaenger", "name": {"de": "Empfänger"}})
        made(office, "slots", SLOT)
        return key_for(office, "lieferung", "jenarbeit"), key_for(office, "andere", "fremde")


def test_a_quarter_is_pushed_received_and_released(running_town: Town) -> None:
    mine, theirs = prepare(running_town)
    periods = "slots/sgb2-quartal/periods?today=2025-06-01"
    with (
        machine(running_town, mine) as sender,
        machine(running_town, theirs) as stranger,
        running_town.client("statistician", subject="second") as office,
        running_town.client() as anybody,
    ):
        assert [p["state"] for p in office.get(periods).json()] == ["overdue", "expected"]
        late = office.get("slots/reminders?today=2025-06-01").json()
        assert [(one["slot"], one["period"]) for one in late] == [("sgb2-quartal", "2025-Q1")]

        sent = push(sender, "2025-Q1")
        assert (sent.status_code, sent.json()["state"]) == (201, "checked"), sent.text
        key = sent.json()["key"]
        assert push(sender, "2025-Q1").json()["key"] == key
        assert push(sender, "2025-Q1", again="two").json()["key"] == key
        receipt = sender.get(f"deliveries/{key}/receipt").json()
        assert (receipt["supplier"], receipt["slots"], receipt["figures"]) == (
            "jenarbeit",
            ["sgb2-quartal"],
            1,
        )
        assert receipt["delivered_by"] == sent.json()["delivered_by"]
        assert receipt["delivered_by"].startswith("key:")

        assert [p["state"] for p in office.get(periods).json()] == ["received", "expected"]
        assert office.get("slots/reminders?today=2025-06-01").json() == []
        assert sender.get(periods).json()[0]["deliveries"] == [key]

        for foreign in (f"deliveries/{key}", f"deliveries/{key}/receipt", "slots/sgb2-quartal"):
            assert stranger.get(foreign).status_code == 404
        assert stranger.get("deliveries").json()["items"] == []
        assert anybody.get(f"deliveries/{key}/receipt").status_code == 401

        assert sender.post(f"deliveries/{key}/approval").status_code == 403
        assert office.post(f"deliveries/{key}/approval").status_code == 200
        assert anybody.get("observations?indicator=empfaenger").json()["columns"]["value"] == []
        made(office, "releases", {"title": {"de": "2025-Q1"}, "deliveries": [key]})
        shown = anybody.get("observations?indicator=empfaenger").json()["columns"]
        assert shown["value"] == [4105]
        assert sender.get(f"deliveries/{key}").json()["state"] == "released"


def test_the_command_pushes_with_a_key_and_a_revoked_one_does_not(
    running_town: Town, tmp_path: Path
) -> None:
    mine, _ = prepare(running_town)
    file = tmp_path / "quartal.csv"
    file.write_text("area,period,indicator,value\njena,2025-Q1,empfaenger,4105\n")
    options = ["--municipality", running_town.key, "--source", "Jobcenter"]
    options += ["--url", running_town.deployment.url]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "services", "deliver", str(file), *options],
            env={**os.environ, "PLANRAUM_TOKEN": mine},
            capture_output=True,
            text=True,
            check=False,
        )

    done = run()
    assert (done.returncode, "is checked" in " ".join(done.stderr.split())) == (0, True), done
    with running_town.client("administrator") as office:
        key = office.get("api-keys/lieferung")
        gone = office.post(
            "api-keys/lieferung/revocation", headers={"If-Match": key.headers["etag"]}
        )
        assert gone.status_code == 200, gone.text
        refused = run()
        assert refused.returncode != 0, refused.stdout
        assert len(office.get("deliveries").json()["items"]) == 1
