"""planraum verify: is the journal whole?"""

import asyncio
import json
from typing import Annotated

import asyncpg
import typer
from rich.progress import track

from services.commands.surroundings import console, database, explained, settings
from services.contracts.shared.journal import Entry
from services.kit import journal, migrate


def run(
    municipality: Annotated[str | None, typer.Option(help="Only this one.")] = None,
) -> None:
    """Recompute every hash of every journal; ends with 1 when one is broken, and names where."""
    given = settings()
    with explained(), database(given) as url:
        broken = asyncio.run(_verify(url, municipality))
    raise typer.Exit(1 if broken else 0)


async def _verify(url: str, municipality: str | None) -> int:
    connection = await migrate.connect(url)
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=str, decoder=json.loads, format="text"
    )
    broken = 0
    try:
        for service in migrate.SERVICES:
            heads = await connection.fetch(
                f"SELECT municipality_id, municipality, seq, hash FROM {service}.journal_head"  # noqa: S608 - names of ours
            )
            wanted = [h for h in heads if municipality in (None, h["municipality"])]
            for head in track(wanted, f"{service:<10}", console=console, transient=True):
                bad = journal.first_broken(
                    await _entries(connection, service, head["municipality_id"]),
                    (head["seq"], head["hash"]),
                )
                broken += bad is not None
                state = f"[red]broken at {bad}[/red]" if bad else f"whole, {head['seq']} entries"
                console.print(f"{service:<10} {head['municipality']:<20} {state}")
    finally:
        await connection.close()
    return broken


async def _entries(
    connection: "asyncpg.Connection[asyncpg.Record]", service: str, municipality_id: int
) -> list[Entry]:
    async with connection.transaction():
        await connection.execute(
            "SELECT set_config('app.municipality', $1, true)", str(municipality_id)
        )
        rows = await connection.fetch(
            f"SELECT * FROM {service}.journal WHERE municipality_id = $1 ORDER BY seq",  # noqa: S608 - as above
            municipality_id,
        )
    return [Entry.model_validate(dict(row)) for row in rows]
