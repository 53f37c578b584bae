"""planraum deliver: send a file of figures and see what it would change."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.progress import Progress, TaskID
from rich.table import Table

from services.commands.surroundings import console


def run(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    municipality: Annotated[str, typer.Option(help="Key of the municipality.")],
    source: Annotated[str, typer.Option(help="Who the figures come from.")],
    unknown_areas: Annotated[str, typer.Option(help="refuse or skip")] = "refuse",
    indicator: Annotated[str | None, typer.Option(help="For tidy CSV of one indicator.")] = None,
    url: Annotated[str, typer.Option(envvar="PLANRAUM_URL")] = "http://127.0.0.1:8000",
) -> None:
    """Deliver a file (Datenlieferung) with the token or API key in PLANRAUM_TOKEN."""
    token = os.environ.get("PLANRAUM_TOKEN")
    if not token:
        console.print("[red]Set PLANRAUM_TOKEN to an access token or API key.[/red]")
        raise typer.Exit(2)
    query = {"source": source, "unknown_areas": unknown_areas}
    if indicator:
        query["indicator"] = indicator
    with httpx.Client(base_url=url, timeout=600) as client, Progress(console=console) as progress:
        task = progress.add_task(f"Sending {file.name}", total=file.stat().st_size)
        try:
            response = client.post(
                f"/v1/{municipality}/deliveries",
                params=query,
                content=_watched(file, progress, task),
                headers={
                    "Authorization": f"Bearer {token}",
                    "Content-Type": "application/octet-stream",
                },
            )
        except httpx.TransportError:
            console.print(f"[red]No Planraum answers at {url}.[/red]")
            raise typer.Exit(1) from None
    _tell(response)


def _watched(file: Path, progress: Progress, task: TaskID) -> Iterator[bytes]:
    with file.open("rb") as content:
        while chunk := content.read(256 * 1024):
            progress.advance(task, len(chunk))
            yield chunk


def _tell(response: httpx.Response) -> None:
    answer = response.json()
    if response.status_code >= 400:
        console.print(f"[red]{answer['title']}[/red]: {answer['detail']}")
        for fault in answer.get("errors", []):
            console.print(f"  {fault['detail']}")
        raise typer.Exit(1)
    table = Table("", "", show_header=False)
    for name, value in answer.items():
        if isinstance(value, str | int):
            table.add_row(name, str(value))
    console.print(table)
    raise typer.Exit(0 if answer["state"] != "refused" else 1)
