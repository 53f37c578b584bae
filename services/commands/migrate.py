"""planraum migrate: roles, schemas and migrations."""

import asyncio
import os

from services.commands.surroundings import console, database, explained, settings
from services.kit import migrate


def run() -> None:
    """Bring the database to the newest state.

    PLANRAUM_<SERVICE>_PASSWORD lets the role of a service log in with that password, for services
    that run in processes of their own.
    """
    given = settings()
    passwords = {
        service: password
        for service in migrate.SERVICES
        if (password := os.environ.get(f"PLANRAUM_{service.upper()}_PASSWORD"))
    }
    with explained(), database(given) as url:
        changed = asyncio.run(migrate.upgrade(url, passwords))
    for service in migrate.SERVICES:
        state = "brought to" if service in changed else "is at"
        console.print(f"{service} {state} {migrate.head(service)}")
