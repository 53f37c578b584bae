"""Everything that is measured, one after the other, on a platform that is thrown away."""

import asyncio
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import httpx
from rich.console import Console

from services.bench import (
    bookings,
    cached,
    city,
    data,
    events,
    load,
    portfolio,
    red_thread,
    report,
    search,
)
from services.bench.load import Rate
from services.bench.programs import Program, free_port
from services.contracts.shared.access import Role
from services.gateway import local_tokens
from services.kit.settings import Settings


def run(seconds: float, connections: int, console: Console) -> None:
    """Measure each figure for so long with so many connections, and print it."""
    with tempfile.TemporaryDirectory(prefix="planraum-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        platform = _platform(folder / "data", folder / "log")
        stack.callback(lambda: platform.process and platform.stop())
        _starts(platform, console)
        _memory(platform, folder / "data", console)
        _fill(platform, folder / "data", console)
        url = _database(folder / "data")
        uncached = _platform(
            folder / "data",
            folder / "uncached.log",
            "--no-demo",
            DATABASE_URL=url,
            PLANRAUM_CACHE_MEGABYTES="0",
        )
        port = free_port()
        plain = Program(
            (str(port),), {"DATABASE_URL": url}, port, folder / "plain.log", "services.bench.plain"
        )
        for program, ready in ((uncached, "/readyz"), (plain, "/observations?indicator=none")):
            program.start()
            stack.callback(program.stop)
            program.wait(ready)
        for question, path in data.questions():
            start = "&start=2024-01-01" if "from=" in path else ""
            asked = {
                "FastAPI + SQLModel + Pydantic": f"{plain.url}/observations?indicator=i-07{start}",
                "Planraum, not cached": uncached.url + path,
                "Planraum, cached": platform.url + path,
            }
            measured: dict[str, Rate] = {}
            for what, address in asked.items():
                measured[what] = asyncio.run(load.measure(address, seconds, connections))
            report.rates(console, question, measured)
        board = f"{platform.url}/v1/jena/bodies/programmbeirat-abi/page"
        for title, address in (
            ("the page of a board", board),
            ("a list of OParl", f"{platform.url}/oparl/v1.1/jena/organizations"),
        ):
            cached.measure(title, address, folder, seconds, connections, console)
        first, second = _clients(platform, folder / "data")
        with first, second:
            bookings.measure(first, url, console)
            city.measure(
                city.Place(platform, uncached.url, url, folder),
                (first, second),
                seconds,
                connections,
                console,
            )
            portfolio.measure(first, url, console)
            red_thread.measure(first, url, console)
            search.measure(first, url, console)
            events.measure(first, url, console)


_IDLE = 30
"""Seconds after which connections that nobody needs are given back."""


def _platform(folder: Path, log: Path, *more: str, **environment: str) -> Program:
    port = free_port()
    variables = {
        "PLANRAUM_DATA_DIR": str(folder),
        "PLANRAUM_PORT": str(port),
        "PLANRAUM_RATE_LIMIT": "1000000000",
        "PLANRAUM_LOG_LEVEL": "warning",
        **environment,
    }
    return Program(("up", *more), variables, port, log)


def _starts(platform: Program, console: Console) -> None:
    for what in ("first start (initdb, migrations)", "next start"):
        began = time.perf_counter()
        platform.start()
        platform.wait("/v1/municipalities", 120)
        console.print(f"{what}: first answer after {time.perf_counter() - began:.1f} s")
        while "Planraum is up." not in platform.log.read_text():
            time.sleep(0.1)
        if what != "next start":
            platform.log.write_text("")
            platform.stop()


def _memory(platform: Program, folder: Path, console: Console) -> None:
    assert platform.process is not None
    time.sleep(_IDLE)
    found = report.memory(platform.process.pid, folder)
    if found is not None:
        console.print(
            f"idle with the demo: {found[0]:.0f} MB resident, {found[1]:.0f} MB proportional, "
            "PostgreSQL included"
        )


def _clients(platform: Program, folder: Path) -> tuple[httpx.Client, httpx.Client]:
    given = Settings(data_dir=folder)
    first, second = (
        httpx.Client(
            base_url=platform.url,
            headers={
                "Authorization": "Bearer "
                + local_tokens.mint(given, "*", [Role.administrator], subject, 3600)
            },
            timeout=600,
            trust_env=False,
        )
        for subject in ("first", "second")
    )
    return first, second


def _fill(platform: Program, folder: Path, console: Console) -> None:
    first, second = _clients(platform, folder)
    with first, second:
        taken = data.fill((first, second), console)
    rows = data.INDICATORS * data.AREAS * len(data.YEARS)
    console.print(f"  checked, protected and released at {rows / taken:,.0f} figures per second")


def _database(folder: Path) -> str:
    socket = next((folder / "postgresql").glob("s/.s.PGSQL.*"))
    return f"postgresql://planraum@/planraum?host={socket.parent}"
