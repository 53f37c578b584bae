"""A cached public read against a bare ASGI app that sends the same bytes."""

import asyncio
from contextlib import ExitStack
from pathlib import Path

import httpx
from rich.console import Console

from services.bench import load, report
from services.bench.programs import Program, free_port


def measure(
    title: str, address: str, folder: Path, seconds: float, connections: int, console: Console
) -> None:
    """Print both rates and their ratio."""
    answer = httpx.get(address, timeout=60, headers={"Accept-Encoding": "identity"})
    answer.raise_for_status()
    file = folder / "same-bytes"
    file.write_bytes(answer.content)
    port = free_port()
    bare = Program((str(port), str(file)), {}, port, folder / "bare.log", "services.bench.bare")
    with ExitStack() as stack:
        bare.start()
        stack.callback(bare.stop)
        bare.wait("/")
        measured = {
            "bare ASGI, the same bytes": asyncio.run(load.measure(bare.url, seconds, connections)),
            "Planraum, cached": asyncio.run(load.measure(address, seconds, connections)),
        }
    report.rates(console, title, measured)
