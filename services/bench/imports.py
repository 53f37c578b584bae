"""How fast a million figures are delivered, against a bare COPY into the same indexed table."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import asyncpg
import httpx

from services.bench.data import AREAS, INDICATORS, TOWN

MONTHS = [f"{year}-{month:02}" for year in range(2001, 2008) for month in range(1, 13)]
_PIECE = 256 * 1024
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
    "gone",
    "provisional",
)


class Imported(NamedTuple):
    """Rows, and the seconds that each way took."""

    rows: int
    copied: float
    imported: float

    @property
    def ratio(self) -> float:
        """Speed of the import, checks and diff included, over that of the bare COPY."""
        return self.copied / self.imported


def million(client: httpx.Client, database_url: str) -> Imported:
    """Measure in the town of `data.fill`: 60 indicators in 200 areas over 84 months.

    `client` is an administrator at the platform, `database_url` that of its owner. The figures are
    left unapproved; the COPY is undone.
    """
    with tempfile.TemporaryDirectory(prefix="planraum-bench-") as name:
        tidy, bare = Path(name) / "tidy.csv", Path(name) / "bare.txt"
        rows = _write(tidy, bare)
        copied = asyncio.run(_copy(database_url, bare))
        return Imported(rows, copied, _deliver(client, tidy))


def _write(tidy: Path, bare: Path) -> int:
    """The same figures as an office sends them and as COPY takes them."""
    chance, rows = Random(11), 0  # noqa: S311 - the same figures every time
    with tidy.open("w") as file, bare.open("w") as copied:
        file.write("indicator;area;period;value\n")
        for indicator in range(INDICATORS):
            for area in range(AREAS):
                for month in MONTHS:
                    rows += 1
                    value = chance.randrange(100, 9999)
                    file.write(f"i-{indicator:02d};{area:03d};{month};{value}\n")
                    copied.write(
                        f"1\tbench\ti-{indicator:02d}\tbezirk-{area:03d}\t{month}-28\t{month}\t"
                        f"\t{month}-01\t{rows}\t{value}\tnormal\tf\tf\n"
                    )
    return rows


async def _copy(database_url: str, bare: Path) -> float:
    """Seconds until the rows are committed; they are taken out again."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("CHECKPOINT")
        began = time.perf_counter()
        await connection.copy_to_table(
            "staged", schema_name="indicators", source=bare, columns=_COLUMNS, timeout=600
        )
        taken = time.perf_counter() - began
        await connection.execute("DELETE FROM indicators.staged WHERE municipality_id = 1")
        await connection.execute("VACUUM indicators.staged", timeout=600)
        await connection.execute("CHECKPOINT", timeout=600)
    finally:
        await connection.close()
    return taken


def _deliver(client: httpx.Client, tidy: Path) -> float:
    base, began = f"/v1/{TOWN}/deliveries", time.perf_counter()
    sent = client.post(
        base,
        params={"source": "Messung"},
        content=_pieces(tidy),
        headers={"Content-Type": "text/csv"},
    )
    sent.raise_for_status()
    address = f"{base}/{sent.json()['key']}"
    while client.get(f"{address}/progress").json()["state"] == "received":
        time.sleep(0.05)
    taken = time.perf_counter() - began
    delivery = client.get(address).json()
    if delivery["state"] != "checked":
        raise RuntimeError(f"the delivery is {delivery['state']}: {delivery['issues'][:3]}")
    return taken


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
