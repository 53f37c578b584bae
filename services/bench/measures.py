"""What is measured beside reads: imports, cubes, maps and releases."""

import os
import re
import subprocess
import threading
import time
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import httpx

_COLUMNS = (
    "municipality_id",
    "delivery",
    "indicator",
    "area",
    "period_end",
    "period",
    "breakdown",
    "period_start",
    "line",
    "value",
    "status",
)

_AS_THE_SERVICE = (
    "-c search_path=indicators -c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
)
"""What the pool of hot reads sets, so that both plan alike."""


def imported(
    client: httpx.Client, town: str, file: Path, seconds: float = 600
) -> tuple[float, str]:
    """Deliver a large file and wait until it is checked; seconds from first byte to diff, key."""
    began = time.perf_counter()
    with file.open("rb") as content:
        sent = client.post(
            f"/v1/{town}/deliveries",
            params={"source": "Messung"},
            content=iter(lambda: content.read(1 << 18), b""),
            headers={"Content-Type": "text/csv", "Prefer": "respond-async"},
        )
    sent.raise_for_status()
    key = sent.json()["key"]
    while time.perf_counter() - began < seconds:
        state = client.get(f"/v1/{town}/deliveries/{key}").raise_for_status().json()
        if state["state"] not in ("received", "running"):
            if state["state"] != "checked":
                raise RuntimeError(f"{key} is {state['state']}: {state['issues'][:3]}")
            return time.perf_counter() - began, key
        time.sleep(0.1)
    raise RuntimeError(f"{key} was not checked within {seconds} s")


async def copied(url: str, rows: Iterable[str]) -> float:
    """Seconds of a bare COPY of the same figures into a table with the same columns and keys."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("DROP TABLE IF EXISTS bench_staged")
        await connection.execute("CREATE TABLE bench_staged (LIKE indicators.staged INCLUDING ALL)")
        content = "".join(_staged(rows)).encode()
        await connection.execute("CHECKPOINT")
        began = time.perf_counter()
        await connection.copy_to_table(
            "bench_staged", source=chunks(content), columns=_COLUMNS, format="csv"
        )
        taken = time.perf_counter() - began
        await connection.execute("DROP TABLE bench_staged")
        await connection.execute("CHECKPOINT")  # neither way pays for what the other left behind
        return taken
    finally:
        await connection.close()


async def chunks(content: bytes) -> Any:
    """The content in parts, as COPY takes it."""
    for start in range(0, len(content), 1 << 20):
        yield content[start : start + (1 << 20)]


def _staged(rows: Iterable[str]) -> Iterator[str]:
    lines = iter(rows)
    next(lines)
    for line, row in enumerate(lines, 2):
        indicator, area, period, value = row.rstrip("\n").split(";")
        year, month = int(period[:4]), int(period[5:])
        start, end = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        yield (
            f'169999999998,delivery-0,{indicator},{area},{end},{period},"",{start},{line},{value},'
            "normal\n"
        )


@contextmanager
def peak_memory(process: int) -> Iterator[list[float]]:
    """The most megabytes that a process and what it starts hold at once, PostgreSQL left out."""
    highest, stop = [0.0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.05):
            highest[0] = max(highest[0], _resident(process))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield highest
    finally:
        stop.set()
        watcher.join()


def _resident(process: int) -> float:
    parents: dict[int, int] = {}
    sizes: dict[int, float] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status = (entry / "status").read_text()
        except OSError:
            continue
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        if fields.get("Name") != "postgres" and "VmRSS" in fields:
            parents[int(entry.name)] = int(fields["PPid"])
            sizes[int(entry.name)] = int(fields["VmRSS"].split()[0]) / 1024
    ours = {process}
    for _ in range(4):
        ours |= {pid for pid, parent in parents.items() if parent in ours}
    return sum(sizes.get(pid, 0.0) for pid in ours)


def statements_per_second(
    pgbench: Path, url: str, sql: str, values: Sequence[Any], seconds: float, clients: int
) -> float:
    """How often a second the database alone answers a statement (pgbench, prepared)."""
    script = re.sub(r"--[^\n]*", "", _filled(sql, values)).replace("\n", " ") + ";\n"
    done = subprocess.run(  # noqa: S603 - the program beside our PostgreSQL
        [
            str(pgbench),
            "--no-vacuum",
            "--protocol=prepared",
            f"--client={clients}",
            "--jobs=2",
            f"--time={round(seconds)}",
            "--file=/dev/stdin",
            url,
        ],
        env={**os.environ, "PGOPTIONS": _AS_THE_SERVICE},
        input=script,
        text=True,
        capture_output=True,
        check=False,
    )
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stderr[:500])
    return float(found[1])


def _filled(sql: str, values: Sequence[Any]) -> str:
    def literal(match: re.Match[str]) -> str:
        return _literal(values[int(match[1]) - 1])

    return re.sub(r"\$(\d+)", literal, sql)


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "ARRAY[" + ",".join(_literal(part) for part in value) + "]::text[]"
    text = str(value).replace("'", "''")
    return f"'{text}'"
