"""The tour in the README, as commands to run and answers to compare."""

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

BASE_URL = "http://127.0.0.1:8000"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    """One command as it is printed, and what it answers."""

    command: str
    expected: str


def parse(readme: Path) -> list[Step]:
    """Every `$ command` of the console blocks with the lines below it.

    A line that ends with a backslash goes on in the next one.
    """
    return [step for block in _BLOCK.findall(readme.read_text("utf-8")) for step in _steps(block)]


def _steps(block: str) -> list[Step]:
    steps: list[Step] = []
    going_on = False
    for line in block.splitlines():
        if line.startswith("$ "):
            steps.append(Step(line[2:], ""))
        elif going_on:
            steps[-1] = steps[-1]._replace(command=f"{steps[-1].command}\n{line}")
        else:
            steps[-1] = steps[-1]._replace(expected=f"{steps[-1].expected}{line}\n")
        going_on = line.endswith("\\") and (going_on or line.startswith("$ "))
    return steps


def run(command: str, base_url: str, token: str) -> str:
    """What the command prints, asked of the platform at `base_url` with `token` as $TOKEN."""
    done = subprocess.run(
        ["bash", "-c", command.replace(BASE_URL, base_url)],
        env={**os.environ, "TOKEN": token, "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.stdout.replace("\r", "").replace(base_url, BASE_URL) + done.stderr
