"""A subscriber that was down and a gateway that was killed: each event arrives, once."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from services.bench.programs import Program, free_port
from tests.e2e.conftest import Town
from tests.support.deployments import Deployment


@pytest.fixture
def allowing(deployment: Deployment) -> Iterator[Program]:
    """The gateway of this deployment, which may send to this machine."""
    program = deployment.programs["gateway"]
    program.stop()
    before = program.environment
    program.environment = {
        **before,
        "PLANRAUM_JOB_PATIENCE": "1",
        "PLANRAUM_WEBHOOK_ALLOW": "127.0.0.1",
    }
    program.start()
    program.wait()
    yield program
    program.stop()
    program.environment = before
    program.start()
    program.wait()


class Subscriber:
    """Listens on a port of this machine and writes down what comes."""

    def __init__(self, port: int) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                heard.append((self.headers["webhook-id"], json.loads(body)))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def until_attempted(client: httpx.Client, count: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        log = client.get("webhooks/empfang/deliveries").json()["items"]
        if sum(bool(one["attempts"]) for one in log) >= count:
            return
        time.sleep(0.05)
    raise AssertionError(log)


def until_heard(subscriber: Subscriber, count: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and len(subscriber.heard) < count:
        time.sleep(0.05)


def a_body(number: int) -> dict[str, Any]:
    return {
        "key": f"beirat-{number}",
        "name": {"de": "Beirat"},
        "kind": "advisory_board",
        "mandates": ["advises"],
    }


def test_a_subscriber_that_was_down_hears_of_each_step_once(
    running_town: Town, allowing: Program
) -> None:
    port = free_port()
    with running_town.client("administrator") as client:
        made = client.post(
            "webhooks",
            json={
                "key": "empfang",
                "url": f"http://127.0.0.1:{port}/",
                "purpose": "Test",
                "types": ["boards.*", "indicators.topic.*"],
            },
        )
        assert made.status_code == 201, made.text
        for number in range(3):
            assert client.post("bodies", json=a_body(number)).status_code == 201
        until_attempted(client, 3)
        allowing.kill()
        allowing.start()
        allowing.wait()
        subscriber = Subscriber(port)
        try:
            topic = {"key": "bildung", "name": {"de": "Bildung"}}
            assert client.post("topics", json=topic).status_code == 201
            until_heard(subscriber, 4)
            log = client.get("webhooks/empfang/deliveries").json()["items"]
        finally:
            subscriber.close()
    subjects = sorted(event["subject"] for _, event in subscriber.heard)
    assert subjects == [*(f"bodies/beirat-{n}" for n in range(3)), "topics/bildung"], log
    assert len({message for message, _ in subscriber.heard}) == 4
    assert {event["municipality"] for _, event in subscriber.heard} == {running_town.key}
    outcomes = [one["outcome"] for one in log[-1]["attempts"]]
    assert (outcomes[0], outcomes[-1]) == ("unreachable", "accepted")
