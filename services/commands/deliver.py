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
    if response.is_error:
        console.print(f"[red]{answer['title']}[/red]: {answer['detail']}")
        for fault in answer.get("errors", []):
            console.print(f"  {fault['detail']}")
        raise typer.Exit(1)
    refused, counts = answer["state"] == "refused", answer["counts"]
    colour = "red" if refused else "green"
    console.print(f"{answer['key']} is [{colour}]{answer['state']}[/{colour}]: {_figures(counts)}")
    if answer["diff"]:
        changes = Table("new", "changed", "unchanged", "vanished")
        names = ("new", "changed", "unchanged", "vanished")
        changes.add_row(*(str(answer["diff"][name]) for name in names))
        console.print(changes)
        for jump in answer["diff"]["jumps"][:_SHOWN]:
            console.print("  {area} {period}: {before} -> {after}".format(**jump))
    for issue in answer["issues"][:_SHOWN]:
        place = f"line {issue['line']}" + (f", {issue['column']}" if issue["column"] else "")
        console.print(f"  {issue['severity']} in {place}: {issue['detail']}")
    for area in answer["unknown_areas_found"][:_SHOWN]:
        meant = ", ".join(f"{s['code']} {s['label']}" for s in area["suggestions"])
        console.print(f"  unknown area {area['code']}" + (f"; perhaps {meant}" if meant else ""))
    if not refused:
        console.print("Somebody else approves it, then it can be released.")
    raise typer.Exit(1 if refused else 0)


def _figures(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())


_SHOWN = 10
