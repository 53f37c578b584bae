"""planraum bench: how fast a public read is against the obvious way to write it."""

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from services.commands.surroundings import console, explained, settings
from services.kit.embedded import EmbeddedServer


def run(
    seconds: Annotated[float, typer.Option(min=0.5, help="How long each figure is measured.")] = 4,
    connections: Annotated[int, typer.Option(min=1, max=256)] = 16,
) -> None:
    """Print requests per second and their ratios, on a database of its own that is thrown away.

    The same question (one indicator in 200 areas, and all periods of one indicator) is asked of a
    plain FastAPI, SQLModel and Pydantic app, of the gateway with an empty cache, and of the
    gateway with a full one. Compare ratios of one run; machines are noisy.
    """
    from services.bench import data, load, report  # noqa: PLC0415 - not needed by other commands
    from services.bench.programs import Programs

    with (
        explained(),
        tempfile.TemporaryDirectory(prefix="planraum-bench-") as folder,
        EmbeddedServer(Path(folder) / "postgresql", pg_bin=settings().pg_bin) as server,
    ):
        console.print("Filling a database with 192,000 observations ...")
        asyncio.run(data.fill(server.url()))
        with Programs(server.url(), Path(folder)) as programs:
            measured = [
                (question, name, asyncio.run(load.measure(url, seconds, connections)))
                for question, name, url in programs.questions()
            ]
        report.show(console, measured)
        report.memory(console, settings(), Path(folder))
