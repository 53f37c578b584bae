"""How fast the red thread of anything is told.

In a municipality of 5,000 papers, 2,000 measures, 500 projects and 200,000 journal entries.
"""

import asyncio
import statistics
import time

import asyncpg
import httpx
from rich.console import Console

from services.bench.red_thread_town import OF, fill

TOWN = "wartburgkreis"
_EACH = 15


def some(kind: str) -> list[str]:
    """Some nodes of a type, evenly spread."""
    key, count = OF[kind]
    return [f"{kind}:{key(place)}" for place in range(0, count, max(1, count // _EACH))]


def measure(client: httpx.Client, database: str, console: Console) -> None:
    """Fill the municipality, and ask for the threads of some nodes of every type, as the
    administration and as everybody, and for the gaps."""
    asyncio.run(_filled(database))
    with httpx.Client(base_url=client.base_url, timeout=60, trust_env=False) as everybody:
        for kind in OF:
            told = [f"{_taken(client, kind)} as the administration"]
            if kind != "expenditure":
                told.append(f"{_taken(everybody, kind)} as everybody")
            console.print(f"thread of a {kind}: {', '.join(told)}")
        began = time.perf_counter()
        client.get(f"/v1/{TOWN}/gaps").raise_for_status()
        console.print(f"gaps of the municipality: {(time.perf_counter() - began) * 1000:.0f} ms")


def _taken(client: httpx.Client, kind: str) -> str:
    taken = []
    for of in (some(kind)[0], *some(kind)):
        began = time.perf_counter()
        client.get(f"/v1/{TOWN}/thread", params={"of": of}).raise_for_status()
        taken.append((time.perf_counter() - began) * 1000)
    taken = taken[1:]
    return f"{statistics.median(taken):.0f} ms in the middle, {max(taken):.0f} ms at most"


async def _filled(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        asked = "SELECT municipality_id FROM gateway.municipality WHERE key = $1"
        await fill(connection, await connection.fetchval(asked, TOWN))
    finally:
        await connection.close()
