"""Who builds a frontend in TypeScript is told of every mistake before the program runs."""

import json
import shutil
from pathlib import Path

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
