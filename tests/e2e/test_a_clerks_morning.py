"""What offices do in a morning, through the gateway, in both deployments."""

import os
import subprocess
import sys
from pathlib import Path

from tests.e2e.conftest import Town

HEADER = "area;period;value;GES\n"


def test_the_board_office_sets_up_a_board_and_everybody_reads_it(running_town: Town) -> None:
    with running_town.client("secretary") as office, running_town.client() as anybody:
        for new in (
            {"key": "dezernat", "name": {"de": "Dezernat 4"}, "kind": "administration"},
            {"key": "paritaet", "name": {"de": "Der Paritätische"}, "kind": "welfare_association"},
        ):
            assert office.post("organisations", json=new).status_code == 201
        board = {
            "key": "lsz-beirat",
            "name": {"de": "Planungsbeirat LSZ", "en": "Planning advisory board LSZ"},
            "kind": "advisory_board",
            "mandates": ["advises"],
            "hosted_by": "dezernat",
        }
        created = office.post("bodies", json=board)
        assert created.status_code == 201, created.text
        seat = {
            "key": "lsz-paritaet",
            "body": "lsz-beirat",
            "name": {"de": "Vertretung des Paritätischen"},
            "rule": {"kind": "exactly", "organisation": "paritaet", "count": 1},
        }
        assert office.post("seats", json=seat).status_code == 201
        read = anybody.get("bodies/lsz-beirat")
        assert read.json() == created.json()
        assert "public" in read.headers["cache-control"]
        etag = read.headers["etag"]
        assert anybody.get("bodies/lsz-beirat", headers={"If-None-Match": etag}).status_code == 304
        changed = office.patch(
            "bodies/lsz-beirat", json={"name": {"it": "Comitato"}}, headers={"If-Match": etag}
        )
        assert changed.status_code == 200, changed.text
        assert anybody.get("bodies/lsz-beirat").json()["name"]["it"] == "Comitato"
        assert anybody.get("bodies/lsz-beirat/composition").status_code == 200


def test_a_project_names_only_what_exists_elsewhere(running_town: Town) -> None:
    with running_town.client("administrator") as office, running_town.client() as anybody:
        new = {
            "key": "jobladen",
            "name": {"de": "Jobladen Lobeda"},
            "starts_on": "2026-01-01",
            "partners": [{"organisation": "awo", "role": "implementing"}],
        }
        refused = office.post("projects", json=new)
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["pointer"] == "/partners/0/organisation"
        awo = {"key": "awo", "name": {"de": "AWO"}, "kind": "welfare_association"}
        assert office.post("organisations", json=awo).status_code == 201
        created = office.post("projects", json=new)
        assert created.status_code == 201, created.text
        assert anybody.get("projects/jobladen").json() == created.json()


def test_figures_are_delivered_approved_by_a_second_person_and_released(running_town: Town) -> None:
    with (
        running_town.client("statistician", subject="first") as first,
        running_town.client("statistician", subject="second") as second,
        running_town.client() as anybody,
    ):
        level = {"key": "stadt", "name": {"de": "Stadt"}, "position": 0}
        assert first.post("area-levels", json=level).status_code == 201
        area = {
            "key": "jena",
            "level": "stadt",
            "name": {"de": "Jena"},
            "valid_from": "1990-01-01",
            "codes": {"ags": "16053"},
        }
        created = first.post("areas", json=area)
        assert created.status_code == 201, created.text
        indicator = {
            "key": "population",
            "name": {"de": "Bevölkerung", "en": "Population"},
            "unit": {"de": "Personen"},
            "kind": "count",
            "source": {"publisher": "Statistische Ämter des Bundes und der Länder"},
            "periodicity": "year",
        }
        made = first.post("indicators", json=indicator)
        assert made.status_code == 201, made.text
        body = HEADER + "16053;2024-12-31;109725;\n16053;2024-12-31;2;GESX\n"
        delivered = first.post(
            "deliveries",
            params={"source": "Statistisches Landesamt", "indicator": "population"},
            content=body.encode(),
            headers={"Content-Type": "text/csv"},
        )
        assert delivered.status_code == 201, delivered.text
        key = delivered.json()["key"]
        assert delivered.json()["state"] == "checked"
        assert first.post(f"deliveries/{key}/approval").status_code in (403, 409)
        assert anybody.get("observations?indicator=population").json()["columns"]["value"] == []
        assert second.post(f"deliveries/{key}/approval").status_code in (200, 201)
        released = second.post("releases", json={"deliveries": [key], "title": {"de": "2024"}})
        assert released.status_code == 201, released.text
        answer = anybody.get("observations?indicator=population").json()["columns"]
        shown = dict(
            zip(
                answer["breakdown"],
                zip(answer["value"], answer["status"], strict=True),
                strict=True,
            )
        )
        assert shown[""] == (109725, "normal")
        assert shown["GES=GESX"] == (None, "confidential")
        csv = anybody.get("observations?indicator=population", headers={"Accept": "text/csv"})
        assert csv.headers["content-type"].startswith("text/csv")
        assert "109725" in csv.text


def test_one_process_or_four_the_document_is_the_same(running_town: Town) -> None:
    with running_town.deployment.client() as anybody:
        document = anybody.get("/openapi.json").json()
        assert {entry["x-service"] for entry in document["paths"].values()} >= {
            "gateway",
            "indicators",
            "boards",
            "projects",
        }
        ready = anybody.get("/readyz")
        assert ready.status_code == 200, ready.text


def test_the_command_delivers_a_file_and_says_what_it_would_change(
    running_town: Town, tmp_path: Path
) -> None:
    with running_town.client("statistician") as office:
        level = {"key": "stadt", "name": {"de": "Stadt"}, "position": 0}
        assert office.post("area-levels", json=level).status_code == 201
        area = {"key": "jena", "level": "stadt", "name": {"de": "Jena"}, "valid_from": "1990-01-01"}
        created = office.post("areas", json={**area, "codes": {"ags": "16053"}})
        assert created.status_code == 201, created.text
        indicator = {
            "key": "population",
            "name": {"de": "Bevölkerung"},
            "unit": {"de": "Personen"},
            "kind": "count",
            "source": {"publisher": "Landesamt"},
        }
        assert office.post("indicators", json=indicator).status_code == 201
    said = {}
    for name, code in (("good", "16053"), ("bad", "16053x")):
        file = tmp_path / f"{name}.csv"
        file.write_text(f"area;period;value\n{code};2024-12-31;109725\n")
        options = ["--municipality", running_town.key, "--source", "Landesamt"]
        options += ["--indicator", "population", "--url", running_town.deployment.url]
        done = subprocess.run(
            [sys.executable, "-m", "services", "deliver", str(file), *options],
            env={**os.environ, "PLANRAUM_TOKEN": running_town.deployment.token("statistician")},
            capture_output=True,
            text=True,
            check=False,
        )
        said[name] = (done.returncode, " ".join(done.stderr.split()))
    assert said["good"][0] == 0, said
    assert "is checked" in said["good"][1]
    assert said["bad"][0] == 1, said
    assert "unknown area 16053x; perhaps 16053 Jena" in said["bad"][1]
