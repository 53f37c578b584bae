"""planraum token: a token for development on this machine."""

from typing import Annotated

import typer

from services.commands.surroundings import explained, settings
from services.contracts.shared.access import Role
from services.kit.migrate import DatabaseUnfit
from services.kit.settings import Environment


def run(
    role: Annotated[list[Role], typer.Option(help="What the bearer is; may be repeated.")],
    municipality: Annotated[str, typer.Option(help='Key of the municipality, "*" for all.')] = "*",
    subject: Annotated[str, typer.Option(help="An identifier for the journal.")] = "developer",
    hours: Annotated[int, typer.Option(min=1, max=24, help="How long it is valid.")] = 8,
) -> None:
    """Print an access token that only a local Planraum on this machine accepts."""
    from services.gateway import local_tokens

    given = settings()
    with explained():
        if given.environment is Environment.production:
            raise DatabaseUnfit(
                "Development tokens are refused in production; use your identity provider."
            )
        typer.echo(local_tokens.mint(given, municipality, role, subject, hours * 3600))
