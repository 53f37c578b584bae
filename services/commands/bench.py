"""planraum bench: how fast a public read is against the obvious way to write it."""

from typing import Annotated

import typer

from services.commands.surroundings import console


def run(
    seconds: Annotated[float, typer.Option(min=0.5, help="How long each figure is measured.")] = 4,
    connections: Annotated[int, typer.Option(min=1, max=256)] = 16,
) -> None:
    """Print memory, start times, requests per second and their ratios.

    Everything runs on a database of its own that is thrown away. The same question is asked of a
    plain FastAPI, SQLModel and Pydantic app, of the platform with its answer cache switched off,
    and of the platform as it is. Then the page of a board and a list of OParl against a bare ASGI
    app, 100,000 bookings of a finance system against a bare COPY, and a city of 542 areas: imports
    against a bare COPY, a cube against the database alone, a cached map against a bare ASGI app,
    and a release with disclosure control. Then the portfolio of 500 projects, and the red thread
    and the search of 5,000 papers, 2,000 measures and 500 projects, and the events of a journal of
    200,000 entries.
    Compare ratios of one run; machines are noisy.
    """
    from services.bench import running

    running.run(seconds, connections, console)
