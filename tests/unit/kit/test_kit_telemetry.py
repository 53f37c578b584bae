"""The log tells an operator what happened and nobody who did what."""

import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import structlog
from pydantic import SecretStr

from services.kit import problems, telemetry
from services.kit.settings import Settings
from tests.unit.kit.towers import CANARY, ask

TOWERS = "/v1/jena/towers"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Logging as at the start of a process, put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level
    telemetry.log = problems.log = structlog.get_logger()


def start(**settings: Any) -> None:
    given = {"log_level": "debug", "log_format": "json", **settings}
    telemetry.start_logging(Settings(internal_key=SecretStr("x" * 32), **given))
    telemetry.log = problems.log = structlog.get_logger()


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


async def test_a_request_is_one_line_without_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    start()
    response = await ask(
        "POST", f"{TOWERS}?q={CANARY}", json={"name": {"de": CANARY}}, headers={"x-note": CANARY}
    )
    (line,) = told(capsys)
    assert CANARY not in json.dumps(line)
    assert line["event"] == "request"
    assert line["route"] == "/v1/{municipality}/towers"
    assert (line["method"], line["status"], line["service"]) == ("POST", 422, "boards")
    assert line["request"] == response.headers["x-request-id"]


@pytest.mark.parametrize("log_format", ["json", "text"])
async def test_a_failure_is_told_by_type_and_place_only(
    capsys: pytest.CaptureFixture[str], log_format: str
) -> None:
    start(log_format=log_format)
    await ask("DELETE", f"{TOWERS}/{CANARY}")
    logged = capsys.readouterr().err
    assert CANARY not in logged
    assert "RuntimeError" in logged
    assert "towers.py" in logged
    assert "fell_tower" in logged


def test_a_failure_that_is_its_own_cause_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    start()
    own = RuntimeError(CANARY)
    try:
        raise own from own
    except RuntimeError as error:
        telemetry.log.error("unexpected", exc_info=error)
    (line,) = told(capsys)
    assert line["exception"].count("RuntimeError") == 1


def test_of_failures_together_each_is_told_by_type_and_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    start()
    failed: list[Exception] = []
    for step in (lambda: {}["plantaperson"], lambda: int("plantaperson")):
        try:
            step()
        except Exception as error:
            failed.append(error)
    structlog.get_logger().error("failed", exc_info=ExceptionGroup("plantaperson", failed))
    (line,) = told(capsys)
    types = [one for one in line["exception"].split("\n") if not one.startswith(" ")]
    assert types == ["ExceptionGroup", "KeyError", "ValueError"]
    assert line["exception"].count("<lambda>") == 2
    assert "planta" not in str(line)


async def test_a_failed_request_is_logged_as_failed(capsys: pytest.CaptureFixture[str]) -> None:
    start()
    await ask("DELETE", f"{TOWERS}/x")
    (line,) = [line for line in told(capsys) if line["event"] == "request"]
    assert line["status"] == 500


@pytest.mark.parametrize(
    "field",
    [
        "authorization",
        "Set-Cookie",
        "access_token",
        "client_secret",
        "PASSWORD",
        "api_key",
        "apikey",
        "x-planraum-identity",
    ],
)
def test_secrets_are_removed_at_every_depth(capsys: pytest.CaptureFixture[str], field: str) -> None:
    start()
    telemetry.log.info(
        "told", **{field: CANARY, "headers": {field: CANARY}, "all": [{field: CANARY}]}
    )
    (line,) = told(capsys)
    assert CANARY not in json.dumps(line)
    assert line[field] == line["headers"][field] == line["all"][0][field] == "[removed]"


def test_a_forged_line_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    start()
    telemetry.log.info("told", key='x\n{"event": "forged"}\r\n')
    assert len(told(capsys)) == 1


@pytest.mark.parametrize("sent", ["0193d3a4-5b6c-7d8e-9f00-112233445566", "x", "ä", ""])
async def test_a_request_keeps_a_good_identifier_and_gets_a_new_one_otherwise(sent: str) -> None:
    response = await ask("GET", TOWERS, headers={"x-request-id": sent.encode()})
    given = response.headers["x-request-id"]
    assert UUID(given)
    assert (given == sent) is (len(sent) == 36)
