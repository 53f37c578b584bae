"""Write a migration from the tables: python -m tests.support.revision boards "add quorum".

Starts a server of its own, brings it to the newest migration and lets Alembic compare. Read what
it wrote, and add `ddl.resource(...)` for each new table.
"""

import sys

from alembic import command

from services.kit import migrate
from tests.support import server


def main(service: str, message: str) -> None:
    with server.running() as started:
        config = migrate.configuration(service)
        config.attributes["url"] = started.url(server.TEMPLATE)
        command.revision(config, message, autogenerate=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
