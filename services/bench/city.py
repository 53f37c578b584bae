"""What is measured in a city of 542 areas, and against what."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import httpx
from rich.console import Console

from services.bench import cached, germany, load, measures, quarters, report
from services.bench.programs import Program
from services.contracts.shared.base import Visibility
from services.kit.embedded.binaries import find_binaries

_ID = 169999999998


@dataclass(frozen=True)
class Place:
    """Where it is measured: the platform, one without answer cache, the database, a folder."""

    platform: Program
    uncached: str
    database: str
    folder: Path


def measure(
    place: Place,
    clients: tuple[httpx.Client, httpx.Client],
    seconds: float,
    connections: int,
    console: Console,
) -> None:
    """Measure imports, cube, map and release, and print them with their ratios."""
    first, second = clients
    console.print(f"a city of {quarters.QUARTERS} areas")
    quarters.found(first)
    _million(place, first, console)
    _crosstab(first, console)
    _release(clients, console)
    quarters.release(first, second, quarters.cube())
    _cube(place, seconds, connections, console)
    _map(place, seconds, connections, console)


def _release(clients: tuple[httpx.Client, httpx.Client], console: Console) -> None:
    taken = quarters.release(*clients, quarters.table())
    console.print(f"release with disclosure control of 49,950 linked cells: {taken:.1f} s")


def _cube(place: Place, seconds: float, connections: int, console: Console) -> None:
    # Loaded here: the command's other uses need no service.
    from services.indicators.observations import queries, rules
    from services.indicators.observations.answers import Presentation
    from services.indicators.observations.rules import Question

    question = Question(indicators=("einwohner",), level="planungsraum")
    asked = queries.Asked(_ID, question, (Visibility.public,), "de")
    sql = queries.sql_of(question, Presentation("json").end)
    values = queries.values_of(asked, rules.MOST_FIGURES)
    pgbench = find_binaries() / "pgbench"
    path = f"/v1/{quarters.TOWN}/observations?indicator=einwohner&level=planungsraum"
    alone = measures.statements_per_second(
        pgbench, place.database, sql, values, seconds, connections
    )
    measured = {
        "the database alone (pgbench)": load.Rate(alone, 0),
        "Planraum, not cached": asyncio.run(
            load.measure(place.uncached + path, seconds, connections)
        ),
    }
    report.rates(console, "542 areas x 10 years x 3 categories", measured)


def _map(place: Place, seconds: float, connections: int, console: Console) -> None:
    path = f"/v1/{quarters.TOWN}/maps/einwohner?level=planungsraum&geometry=simplified"
    address, title = place.platform.url + path, "a map of 542 areas with shapes"
    cached.measure(title, address, place.folder, seconds, connections, console)


def _crosstab(client: httpx.Client, console: Console) -> None:
    if not germany.FILE.exists():
        console.print("the cross table of 107,760 cells is not here")
        return
    germany.found(client)
    taken, _ = measures.imported(client, germany.TOWN, germany.FILE)
    console.print(f"cross table of 107,760 cells, read and checked: {taken:.1f} s")


def _million(place: Place, client: httpx.Client, console: Console) -> None:
    file = place.folder / "million.csv"
    with file.open("w") as out:
        out.writelines(quarters.million())
    assert place.platform.process is not None
    bare = asyncio.run(measures.copied(place.database, quarters.million()))
    with measures.peak_memory(place.platform.process.pid) as peak:
        taken, _ = measures.imported(client, quarters.TOWN, file)
    console.print(
        f"1,000,000 rows: bare COPY {bare:.1f} s, import with checks and diff {taken:.1f} s, "
        f"{bare / taken:.2f} of its speed; at most {peak[0]:.0f} MB beside PostgreSQL"
    )
