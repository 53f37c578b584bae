"""A subscriber that was down and a gateway that was killed: each event arrives, once."""

import asyncio
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import asyncpg
import httpx

from services.bench.programs import free_port
from tests.e2e.conftest import Town
from tests.support.deployments import Deployment


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


async def _until_free(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        end = time.monotonic() + 60
        lent = "SELECT FROM gateway.webhook_lane WHERE busy_until IS NOT NULL"
        while await connection.fetch(lent):
            assert time.monotonic() < end, "the lane was not given back"
            await asyncio.sleep(0.02)
    finally:
        await connection.close()


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
    running_town: Town, deployment: Deployment
) -> None:
    port = free_port()
    gateway = deployment.programs["gateway"]
    owner = gateway.environment["DATABASE_URL"].replace("//planraum_gateway@", "//planraum@")
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
        # A lane that is still lent comes back after 45 seconds, which is tested with a clock.
        asyncio.run(_until_free(owner))
        gateway.kill()
        gateway.start()
        gateway.wait()
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
