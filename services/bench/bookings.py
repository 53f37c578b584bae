"""How fast bookings of a finance system are imported: compared and stored, against a bare COPY.

The time of the import is that of the request that stores: the file is sent, read by a child
process, given to grants by the rules, compared with what is stored, named by its digest, stored and
written into the journal, all until the answer is there. The comparison that a clerk looks at before
is told apart. The COPY sends the finished rows from memory into an empty table with the same
columns, indexes and checks; it has no wall between towns, no keys of other tables and nothing to
compare.
"""

import asyncio
import time
from collections.abc import Iterator
from datetime import date, timedelta

import asyncpg
import httpx
from rich.console import Console

from services.bench.chance import chance
from services.bench.measures import chunks

ROWS = 100_000
TOWN, GRANT = "jena", "armutspraevention-2016"
_HEAD = (
    "HHJ;Belegnr.;Sachkonto;Produkt;Kostenträger;Buchungsdatum;Zahldatum;Betrag;Empfänger;Text\n"
)
_MAPPING = {
    "key": "messung",
    "name": {"de": "Messung"},
    "columns": {
        "fiscal_year": "HHJ",
        "number": "Belegnr.",
        "account": "Sachkonto",
        "product": "Produkt",
        "cost_object": "Kostenträger",
        "booked_on": "Buchungsdatum",
        "paid_on": "Zahldatum",
        "amount": "Betrag",
        "supplier_name": "Empfänger",
        "purpose": "Text",
    },
    "rules": [
        *(
            {"cost_object": str(4000 + n), "account": "50*", "grant": GRANT, "category": "staff"}
            for n in range(20)
        ),
        {"product": "3.1.1*", "grant": GRANT, "category": "other"},
    ],
}


def measure(client: httpx.Client, database: str, console: Console) -> None:
    """Import 100,000 bookings in two steps, and copy the same rows into a table like theirs."""
    client.post(f"/v1/{TOWN}/booking-mappings", json=_MAPPING).raise_for_status()
    file = "".join(_rows()).encode()
    looked, digest = _sent(client, file)
    taken, _ = _sent(client, file, digest)
    again, _ = _sent(client, file)
    bare = asyncio.run(_copied(database, _AS_IN_THE_FILE))
    by_key = asyncio.run(_copied(database, _BY_KEY))
    console.print(
        f"{ROWS:,} bookings: bare COPY in the order of the file {bare:.2f} s, in that of their keys"
        f" {by_key:.2f} s; compared {looked:.2f} s, compared and stored {taken:.2f} s, that is"
        f" {bare / taken:.2f} and {by_key / taken:.2f} of its speed; compared again {again:.2f} s"
    )


def _sent(client: httpx.Client, file: bytes, digest: str | None = None) -> tuple[float, str]:
    query = {"mapping": "messung", **({"digest": digest} if digest else {})}
    began = time.perf_counter()
    answer = client.post(
        f"/v1/{TOWN}/bookings/import",
        params=query,
        content=file,
        headers={"Content-Type": "text/csv"},
    )
    taken = time.perf_counter() - began
    told = answer.raise_for_status().json()
    if told["unreadable"] or told["new"] + told["same"] != ROWS:
        raise RuntimeError(str(told)[:500])
    return taken, told["digest"]


_AS_IN_THE_FILE = "SELECT * FROM projects.booking ORDER BY number::integer"
_BY_KEY = "SELECT * FROM projects.booking ORDER BY id"


async def _copied(url: str, ordered: str) -> float:
    """Seconds of a bare COPY of these rows into a table like theirs."""
    connection = await asyncpg.connect(url)
    rows: list[bytes] = []

    async def keep(part: bytes) -> None:
        rows.append(part)

    try:
        await connection.execute("CREATE TABLE bench_booking (LIKE projects.booking INCLUDING ALL)")
        await connection.copy_from_query(ordered, output=keep)
        await connection.execute("CHECKPOINT")
        began = time.perf_counter()
        await connection.copy_to_table("bench_booking", source=chunks(b"".join(rows)))
        taken = time.perf_counter() - began
        await connection.execute("DROP TABLE bench_booking")
        return taken
    finally:
        await connection.close()


def _rows() -> Iterator[str]:
    draw = chance(7)
    first = date(2016, 6, 1)
    yield _HEAD
    for number in range(1, ROWS + 1):
        day = first + timedelta(days=draw.randrange(900))
        written, cents = f"{day:%d.%m.%Y}", draw.randrange(100, 900_000)
        euros = f"{cents // 100:,}".replace(",", ".")
        yield (
            f"{day.year};{number};{draw.choice(('5012000', '5429000'))};3.1.1.01;"
            f"{4000 + draw.randrange(20)};{written};{written};{euros},{cents % 100:02d};"
            f"Muster {draw.randrange(400)} GmbH;Rechnung {number} vom {written}\n"
        )
