"""`planraum up` as a newcomer runs it: its own PostgreSQL, the demo, and clear refusals."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import psutil
import pytest

from services.bench.programs import Program, free_port
from services.gateway.pages.start import CALLS
from tests.support.deployments import Deployment

pytestmark = pytest.mark.xdist_group("up")


def _program(folder: Path, *arguments: str, **environment: str) -> Program:
    port = free_port()
    variables = {"PLANRAUM_DATA_DIR": str(folder), "PLANRAUM_PORT": str(port), **environment}
    return Program(arguments, variables, port, folder.parent / f"{port}.log")


def _ends_with(*arguments: str, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "services", *arguments],
        env={**{k: v for k, v in os.environ.items() if k != "DATABASE_URL"}, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, " ".join((done.stdout + done.stderr).split())


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Planraum with its own database and the demo, in a directory of its own."""
    program = _program(tmp_path_factory.mktemp("newcomer") / "data", "up")
    program.start()
    program.wait(seconds=120)
    _wait_for(program, "Planraum is up.")
    yield program
    program.stop()


def _wait_for(program: Program, words: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while words not in program.log.read_text():
        assert time.monotonic() < end, program.log.read_text()[-2000:]
        time.sleep(0.1)


def _servers_on(folder: str) -> list[int]:
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if any(folder in part for part in process.info["cmdline"] or []) and "postgres" in " ".join(
            process.info["cmdline"]
        ):
            found.append(process.pid)
    return found


def test_it_tells_where_to_look_and_the_demo_is_there(newcomer: Program) -> None:
    said = newcomer.log.read_text()
    for address in ("/docs", "/redoc", "/v1/jena/bodies", "/v1/wartburgkreis/bodies"):
        assert newcomer.url + address in said
        assert httpx.get(newcomer.url + address, trust_env=False).status_code == 200
    start = httpx.get(newcomer.url + "/", trust_env=False)
    assert "Jena" in start.text
    assert "Wartburgkreis" in start.text


def test_a_second_start_on_the_same_directory_says_so(newcomer: Program) -> None:
    folder = newcomer.environment["PLANRAUM_DATA_DIR"]
    code, said = _ends_with("up", PLANRAUM_DATA_DIR=folder, PLANRAUM_PORT=str(free_port()))
    assert code == 1
    assert "in use" in said
    code, said = _ends_with("up", PLANRAUM_DATA_DIR=folder, PLANRAUM_PORT=str(newcomer.port))
    assert code == 1
    assert "is taken" in said


def test_after_sigkill_no_server_is_left_and_every_row_and_byte_is_back(newcomer: Program) -> None:
    folder = newcomer.environment["PLANRAUM_DATA_DIR"]
    office = Deployment("newcomer", {"gateway": newcomer}, Path(folder), newcomer.environment)
    new = {"key": "neu-gegruendet", "name": {"de": "Neu gegründet"}, "kind": "association"}
    with office.client("secretary") as client:
        answer = client.post("/v1/jena/organisations", json=new)
        assert answer.status_code == 201, answer.text
    printed = _printed(newcomer)
    assert _servers_on(folder)
    newcomer.kill()
    end = time.monotonic() + 10
    while _servers_on(folder) and time.monotonic() < end:
        time.sleep(0.05)
    assert _servers_on(folder) == []
    newcomer.start()
    newcomer.wait()
    address = f"{newcomer.url}/v1/jena/organisations/neu-gegruendet"
    assert httpx.get(address, trust_env=False).json() == answer.json()
    assert _printed(newcomer) == printed


def _printed(program: Program) -> list[bytes]:
    """The report of the demo, as page and as PDF/UA, in both languages."""
    address = f"{program.url}/v1/jena/coordinated-reports/beispielbericht/editions/1/document"
    forms = [{"format": form, "lang": lang} for form in ("html", "pdf") for lang in ("de", "en")]
    answers = [httpx.get(address, params=form, trust_env=False, timeout=30) for form in forms]
    assert [answer.status_code for answer in answers] == [200] * 4
    return [answer.content for answer in answers]


def test_ctrl_c_stops_everything_cleanly(tmp_path: Path) -> None:
    program = _program(tmp_path / "data", "up", "--no-demo")
    program.start()
    program.wait()
    assert program.stop() == 0
    assert _servers_on(str(tmp_path)) == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "no PostgreSQL answers at 127.0.0.1:1/none"),
        ("mysql://somewhere", "must look like postgresql://"),
        ("not an address", "must look like postgresql://"),
    ],
)
def test_a_broken_database_url_is_told_in_one_line(url: str, words: str, tmp_path: Path) -> None:
    code, said = _ends_with(
        "up", DATABASE_URL=url, PLANRAUM_DATA_DIR=str(tmp_path), PLANRAUM_PORT=str(free_port())
    )
    assert code == 1
    assert words in said


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    code, said = _ends_with("up", PLANRAUM_PORT="much", PLANRAUM_DATA_DIR=str(tmp_path))
    assert code == 2
    assert "PORT" in said


def test_production_takes_neither_embedded_server_nor_development_tokens(tmp_path: Path) -> None:
    production = {"PLANRAUM_ENVIRONMENT": "production", "PLANRAUM_DATA_DIR": str(tmp_path)}
    port = str(free_port())
    code, said = _ends_with("up", **production, PLANRAUM_PORT=port)
    assert code == 1
    assert "PLANRAUM_INTERNAL_KEY" in said
    code, said = _ends_with("up", **production, PLANRAUM_PORT=port, PLANRAUM_INTERNAL_KEY="x" * 40)
    assert code == 1
    assert "DATABASE_URL" in said
    code, said = _ends_with("token", "--role", "planner", **production)
    assert code == 1
    assert "refused in production" in said


def test_the_journals_are_verified(newcomer: Program) -> None:
    folder = newcomer.environment["PLANRAUM_DATA_DIR"]
    socket = next((Path(folder) / "postgresql").glob("s/.s.PGSQL.*"))
    url = f"postgresql://planraum@/planraum?host={socket.parent}"
    code, said = _ends_with("verify", DATABASE_URL=url)
    assert code == 0, said
    assert "jena" in said
    assert "broken" not in said


def test_the_calls_on_the_start_page_answer(newcomer: Program) -> None:
    page = unescape(httpx.get(newcomer.url + "/", trust_env=False).text)
    calls = re.findall(r"<code>(curl .*?)</code>", page, re.DOTALL)
    assert len(calls) == len(CALLS)
    folder = newcomer.environment["PLANRAUM_DATA_DIR"]
    here = Deployment("newcomer", {"gateway": newcomer}, Path(folder), newcomer.environment)
    for call in calls:
        address = re.search(r"'(http://[^']+)'", call)
        assert address is not None, call
        with here.client(*(["planner"] if "Authorization" in call else [])) as client:
            answer = client.get(address[1])
        assert answer.status_code == 200, call
        assert '"key":' in answer.text or '"ref":' in answer.text, call  # not an empty list
