"""planraum oparl: read a council information system (Ratsinformationssystem einlesen)."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import httpx
import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from services.commands.surroundings import console

if TYPE_CHECKING:
    from services.crawl.harvest import Platform, Tally

app = typer.Typer(help="Read the OParl of other council information systems.", no_args_is_help=True)
_SHOWN = 20


@app.callback()
def oparl() -> None:
    """Read the OParl of other council information systems."""


@app.command("import")
def run(
    place: Annotated[str, typer.Argument(help="Address of a system or body, or a file or folder.")],
    municipality: Annotated[str, typer.Option(help="Key of the municipality.")],
    source: Annotated[str, typer.Option(help="Key under which the source is kept.")] = "rathaus",
    url: Annotated[str, typer.Option(envvar="PLANRAUM_URL")] = "http://127.0.0.1:8000",
) -> None:
    """Take bodies, meetings, papers and consultations of a council information system.

    With the token or API key in PLANRAUM_TOKEN. An interrupted reading goes on where it stood, the
    next one asks only for what has changed. What the server gets wrong is put right and told.
    """
    from services.crawl.harvest import Platform, Refused
    from services.crawl.reading import NotRead

    token = os.environ.get("PLANRAUM_TOKEN")
    if not token:
        console.print("[red]Set PLANRAUM_TOKEN to an access token or API key.[/red]")
        raise typer.Exit(2)
    headers = {"Authorization": f"Bearer {token}"}
    base = f"{url.rstrip('/')}/v1/{municipality}/"
    with httpx.Client(base_url=base, timeout=600, headers=headers) as client:
        platform = Platform(client, source)
        try:
            _read(place, platform)
            _, waiting = platform.missing()
        except (NotRead, Refused) as refusal:
            console.print(f"[red]{refusal}[/red]")
            raise typer.Exit(1) from None
        except httpx.TransportError:
            console.print(f"[red]No Planraum answers at {url}.[/red]")
            raise typer.Exit(1) from None
    _tell(platform.tally, waiting)


def _read(place: str, platform: "Platform") -> None:
    from services.crawl import files, harvest
    from services.crawl.reading import NotRead

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} objects"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Reading", total=None)

        def tell(what: str, number: int) -> None:
            progress.update(task, description=f"Reading {what}", advance=number)

        if place.startswith(("http://", "https://")):
            with httpx.Client(timeout=60, follow_redirects=True, trust_env=False) as server:
                harvest.from_server(server, platform, place, tell=tell, wait=time.sleep)
            return
        path = Path(place)
        if not path.exists():
            raise NotRead(place, "is neither an address nor a file")
        name = f"https://files.invalid/{path.resolve().name}"
        harvest.from_files(platform, name, files.pages(path), tell)


def _tell(tally: "Tally", waiting: int) -> None:
    names = ("created", "changed", "unchanged", "deleted", "left_out")
    table = Table("", *(name.replace("_", " ") for name in names))
    for type in sorted({type for counts in tally.counts.values() for type in counts}):
        table.add_row(type, *(f"{tally.counts[name][type]:,}" for name in names))
    console.print(table)
    if waiting:
        console.print(f"{waiting:,} objects name others that were not there; they wait for them.")
    if tally.not_there:
        console.print(f"{len(tally.not_there):,} addresses answered nothing:")
        for address in tally.not_there[:_SHOWN]:
            console.print(f"  {address}")
    if tally.repairs:
        repairs = Table("times", "what was put right", "at", "for example", title_justify="left")
        for (code, name), number in tally.repairs.most_common():
            words = code.replace("_", " ")
            repairs.add_row(f"{number:,}", words, name, tally.examples[code, name])
        console.print(repairs)
