"""Who builds a frontend in TypeScript is told of every mistake before the program runs."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from lxml import html

from tests.support.node import CLIENT, node

DOCUMENT = CLIENT.parents[1] / "openapi" / "platform.json"


def scripts() -> dict[str, str]:
    found: dict[str, str] = json.loads((CLIENT / "package.json").read_text("utf-8"))["scripts"]
    return found


def test_the_examples_compile_against_the_api_document_as_it_is(tmp_path: Path) -> None:
    """In a folder of its own, so that types are never older than the document."""
    client = tmp_path / "clients" / "typescript"
    shutil.copytree(CLIENT, client, ignore=shutil.ignore_patterns("node_modules", "platform.d.ts"))
    (client / "node_modules").symlink_to(CLIENT / "node_modules")
    (tmp_path / "openapi").symlink_to(DOCUMENT.parent)
    program, *arguments = scripts()["generate"].split()
    assert program == "openapi-typescript"
    generated = node("node_modules/openapi-typescript/bin/cli.js", *arguments, folder=client)
    assert generated.returncode == 0, generated.stderr
    compiled = node("node_modules/typescript/bin/tsc", "--strict", folder=client)
    assert (compiled.returncode, compiled.stdout) == (0, "")


def test_what_is_installed_is_pinned_by_its_content_and_comes_from_the_users_own_registry() -> None:
    lock = json.loads((CLIENT / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert "node_modules/openapi-fetch" in packages
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert "ignore-scripts=true" in (CLIENT / ".npmrc").read_text("utf-8").splitlines()


def a_map_with(*patterns: str) -> dict[str, Any]:
    """The map of the API document, with one area and one line of the legend for each pattern."""
    operation = json.loads(DOCUMENT.read_text("utf-8"))["paths"][
        "/v1/{municipality}/maps/{indicator}"
    ]
    content = operation["get"]["responses"]["200"]["content"]
    made: dict[str, Any] = deepcopy(next(iter(content.values()))["example"])
    (area, *_), (line, *_) = made["features"], made["legend"]
    made["features"], made["legend"] = [], []
    for number, pattern in enumerate(patterns):
        one, entry = deepcopy(area), {**line, "pattern": pattern, "number": None}
        one["properties"] |= {"key": f"area-{number}", "pattern": pattern}
        west, east = 11.5 + number / 10, 11.6 + number / 10
        ring = [[west, 50], [east, 50], [east, 50.1], [west, 50.1], [west, 50]]
        one["geometry"] = {"type": "Polygon", "coordinates": [ring]}
        made["features"].append(one)
        made["legend"].append(entry)
    return made


@contextmanager
def told(answers: dict[str, Any]) -> Iterator[str]:
    """A platform that has these answers and refuses all else; its address."""

    class Telling(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = answers.get(self.path.partition("?")[0])
            refusal = {"type": "/problems/not-found", "status": 404, "detail": "Nothing here."}
            body = json.dumps(known or refusal).encode()
            self.send_response(200 if known else 404)
            kind = "application/json" if known else "application/problem+json"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is written down."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Telling)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_no_colour_alone_tells_that_a_figure_is_hidden_or_missing() -> None:
    """What lies over an area stands in the legend as well (WCAG 2.2, 1.4.1)."""
    patterns = ("diagonal", "none", "dots", "cross")
    with told({"/v1/jena/maps/quote": a_map_with(*patterns)}) as url:
        done = node("examples/page.ts", url, "jena", "quote", NO_PROXY="127.0.0.1")
    assert (done.returncode, done.stderr) == (0, "")
    page = html.fromstring(done.stdout)
    hatched = ["url(#diagonal)", "url(#dots)", "url(#cross)"]
    assert page.xpath("//figure/svg/path[@class='pattern']/@fill") == hatched
    assert page.xpath("//*[@class='legend']//rect[starts-with(@fill, 'url')]/@fill") == hatched
    assert len(page.xpath("//figure/svg/path[starts-with(@id, 'area-')]")) == 4
    assert {f"url(#{name})" for name in page.xpath("//figure//defs/pattern/@id")} == {*hatched}
