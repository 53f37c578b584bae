"""A cached public read against bare ASGI apps: one sends the same body, one the same answer."""

import asyncio
from contextlib import ExitStack
from pathlib import Path

import httpx
from rich.console import Console

from services.bench import load, report
from services.bench.bare import TYPE
from services.bench.programs import Program, free_port

_ROUNDS = 4
_OF_THE_SERVER = {b"content-length", b"date", b"server"}


def measure(
    title: str, address: str, folder: Path, seconds: float, connections: int, console: Console
) -> None:
    """Print the three rates and their ratios.

    The first bare app sends the body and its type alone. The second sends all header fields of
    ours as well, fixed once: what is left between it and us is our own work. They are asked in
    turn, and the best round of each counts, because a busy machine makes the others slower.
    """
    answer = httpx.get(address, timeout=60, headers={"Accept-Encoding": "identity"})
    answer.raise_for_status()
    fields = [item for item in answer.headers.raw if item[0].lower() not in _OF_THE_SERVER]
    heads = {
        "bare ASGI, the same body": TYPE,
        "bare ASGI, the same answer": b"\r\n".join(b": ".join(item) for item in fields),
    }
    addresses: dict[str, str] = {}
    with ExitStack() as stack:
        for number, (name, head) in enumerate(heads.items()):
            file = folder / f"bare-{number}"
            file.write_bytes(head + b"\r\n\r\n" + answer.content)
            port = free_port()
            log = folder / f"bare-{number}.log"
            bare = Program((str(port), str(file)), {}, port, log, "services.bench.bare")
            bare.start()
            stack.callback(bare.stop)
            bare.wait("/")
            addresses[name] = bare.url
        addresses["Planraum, cached"] = address
        rounds = [
            {
                name: asyncio.run(load.measure(url, seconds / _ROUNDS, connections))
                for name, url in addresses.items()
            }
            for _ in range(_ROUNDS)
        ]
    best = {
        name: max((once[name] for once in rounds), key=lambda rate: rate.per_second)
        for name in addresses
    }
    report.rates(console, title, best)
