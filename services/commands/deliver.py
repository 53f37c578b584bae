"""planraum deliver: send a file of figures, watch its check, and see what it would change."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from services.commands.surroundings import console

_SHOWN = 20
_AGAIN = 1.0
_WATCHED = {
    "waiting": "Waiting for its turn",
    "reading": "Reading rows",
    "matching": "Matching areas and indicators",
    "checking": "Checking",
    "keeping": "Keeping the figures",
    "finished": "Checked",
}


def run(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    municipality: Annotated[str, typer.Option(help="Key of the municipality.")],
    source: Annotated[str, typer.Option(help="Who the figures come from.")],
    unknown_areas: Annotated[str, typer.Option(help="refuse or skip")] = "refuse",
    indicator: Annotated[str | None, typer.Option(help="Of a file that names none.")] = None,
    period: Annotated[str | None, typer.Option(help="Of a file that names none.")] = None,
    mapping: Annotated[str | None, typer.Option(help="Saved mapping to read it by.")] = None,
    url: Annotated[str, typer.Option(envvar="PLANRAUM_URL")] = "http://127.0.0.1:8000",
) -> None:
    """Deliver a file (Datenlieferung) with the token or API key in PLANRAUM_TOKEN."""
    token = os.environ.get("PLANRAUM_TOKEN")
    if not token:
        console.print("[red]Set PLANRAUM_TOKEN to an access token or API key.[/red]")
        raise typer.Exit(2)
    query = {"source": source, "unknown_areas": unknown_areas}
    said = {"indicator": indicator, "period": period, "mapping": mapping}
    query |= {name: value for name, value in said.items() if value}
    headers = {"Authorization": f"Bearer {token}"}
    base = f"{url.rstrip('/')}/v1/{municipality}/"
    try:
        with httpx.Client(base_url=base, timeout=600, headers=headers) as client:
            delivery = _delivered(client, file, query)
    except httpx.TransportError:
        console.print(f"[red]No Planraum answers at {url}.[/red]")
        raise typer.Exit(1) from None
    _tell(delivery)


def _delivered(client: httpx.Client, file: Path, query: dict[str, str]) -> dict[str, Any]:
    """Send the file and wait until it is checked; the delivery."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        sending = progress.add_task(f"Sending {file.name}", total=file.stat().st_size)
        response = client.post(
            "deliveries",
            params=query,
            content=_watched(file, progress, sending),
            headers={"Content-Type": "application/octet-stream"},
        )
        if response.is_error:
            progress.stop()
            _explain(response)
        delivery: dict[str, Any] = response.json()
        if delivery["state"] == "received":
            task = progress.add_task(_WATCHED["waiting"], total=None)
            for event in _events(client, delivery["key"]):
                described = _WATCHED[event["phase"]]
                progress.update(
                    task, description=described, completed=event["done"], total=event["total"]
                )
            answer = client.get(f"deliveries/{delivery['key']}")
            delivery = answer.json()
    return delivery


def _watched(file: Path, progress: Progress, task: TaskID) -> Iterator[bytes]:
    with file.open("rb") as content:
        while chunk := content.read(256 * 1024):
            progress.advance(task, len(chunk))
            yield chunk


def _events(client: httpx.Client, key: str) -> Iterator[dict[str, Any]]:
    """How far the check is, until it is done; asks again when the connection is cut."""
    while True:
        try:
            with client.stream("GET", f"deliveries/{key}/events") as stream:
                for line in stream.iter_lines():
                    if line.startswith("data: "):
                        event: dict[str, Any] = json.loads(line.removeprefix("data: "))
                        yield event
                        if event["state"] != "received":
                            return
        except httpx.TransportError:
            pass
        time.sleep(_AGAIN)


def _explain(response: httpx.Response) -> None:
    problem = response.json()
    console.print(f"[red]{problem['title']}[/red]: {problem['detail']}")
    for fault in problem.get("errors", []):
        console.print(f"  {fault['detail']}")
    raise typer.Exit(1)


def _tell(delivery: dict[str, Any]) -> None:
    refused = delivery["state"] == "refused"
    colour = "red" if refused else "green"
    counts = ", ".join(
        f"{number:,} {name.replace('_', ' ')}" for name, number in delivery["counts"].items()
    )
    console.print(f"{delivery['key']} is [{colour}]{delivery['state']}[/{colour}]: {counts}")
    if delivery["diff"]:
        _tell_changes(delivery["diff"])
    if delivery["issues"]:
        _tell_issues(delivery)
    for area in delivery["unknown_areas_found"][:_SHOWN]:
        meant = ", ".join(f"{s['code']} {s['label']}" for s in area["suggestions"])
        console.print(f"  unknown area {area['code']}" + (f"; perhaps {meant}" if meant else ""))
    if not refused:
        console.print("Somebody else approves it, then it can be released.")
    raise typer.Exit(1 if refused else 0)


def _tell_changes(diff: dict[str, Any]) -> None:
    names = ("new", "changed", "unchanged", "taken_back", "vanished")
    changes = Table(*(name.replace("_", " ") for name in names))
    changes.add_row(*(f"{diff[name]:,}" for name in names))
    console.print(changes)
    for jump in diff["jumps"][:_SHOWN]:
        console.print("  {area} {period}: {before} -> {after}".format(**jump))


def _tell_issues(delivery: dict[str, Any]) -> None:
    table = Table("line", "column", "what", "", title="What looks wrong", title_justify="left")
    for issue in delivery["issues"][:_SHOWN]:
        colour = "red" if issue["severity"] == "error" else "yellow"
        column = issue["column"] or ""
        code = f"[{colour}]{issue['code']}[/{colour}]"
        table.add_row(f"{issue['line']:,}", column, code, issue["detail"])
    console.print(table)
    every = ", ".join(f"{number:,} {code}" for code, number in delivery["issue_counts"].items())
    console.print(f"  in all: {every}")
