"""planraum serve: one deployable in a process of its own."""

import gc
from enum import StrEnum
from typing import Annotated

import typer
import uvicorn

from services.commands.surroundings import explained, settings, with_secret
from services.commands.up import configured, settle
from services.kit.migrate import DatabaseUnfit


class Deployable(StrEnum):
    """The four deployables."""

    gateway = "gateway"
    indicators = "indicators"
    boards = "boards"
    projects = "projects"


def run(service: Annotated[Deployable, typer.Argument(help="Which of the four.")]) -> None:
    """Run the gateway or one service; DATABASE_URL and PLANRAUM_INTERNAL_KEY must be set."""
    gc.disable()  # until everything is loaded
    from services.kit.telemetry import start_logging
    from services.platform import alone

    given = settings()
    with explained():
        url = given.database_url
        if url is None:
            raise DatabaseUnfit("DATABASE_URL is not set; a single service starts no database.")
        given = with_secret(given)
        start_logging(given)
        app = alone(service, given, url.get_secret_value())
    settle()
    uvicorn.Server(configured(app, given)).run()
