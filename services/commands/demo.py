"""planraum demo: Jena and the Wartburgkreis, loaded through the API."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated

import httpx
import typer
from rich.progress import track

from services.commands.surroundings import console, settings
from services.contracts.shared.access import Role
from services.demo.api import DemoRefused
from services.kit.settings import Settings

if TYPE_CHECKING:
    from services.demo.loader import Step

_TOKENS_LIVE = 3600


def run(
    url: Annotated[
        str | None,
        typer.Option(envvar="PLANRAUM_URL", help="A running Planraum on this machine."),
    ] = None,
) -> None:
    """Load the demo municipalities into a running Planraum; does nothing when they are there."""
    given = settings()
    try:
        steps = asyncio.run(_load(url or f"http://{given.host}:{given.port}", given))
    except _EXPECTED as error:
        console.print(f"[red]{_told(error)}[/red]")
        raise typer.Exit(1) from None
    console.print("The demo municipalities are complete." if steps else "Nothing was missing.")


async def load(base_url: str, settings: Settings) -> None:
    """Load what is missing of the demo; a demo that cannot be loaded is told, not raised."""
    try:
        await _load(base_url, settings)
    except _EXPECTED as error:
        console.print(f"[yellow]The demo was not loaded. {_told(error)}[/yellow]")


_EXPECTED = (DemoRefused, httpx.TransportError)


def _told(error: Exception) -> str:
    if isinstance(error, httpx.TransportError):
        return "No Planraum answers; start it with `make up`."
    return str(error)


async def _load(base_url: str, settings: Settings) -> int:
    from services.demo import loader
    from services.gateway import local_tokens

    @cache
    def bearer(municipality: str, roles: tuple[Role, ...], subject: str) -> Mapping[str, str]:
        token = local_tokens.mint(settings, municipality, roles, subject, _TOKENS_LIVE)
        return {"Authorization": f"Bearer {token}"}

    def as_(municipality: str, roles: Sequence[Role], subject: str) -> Mapping[str, str]:
        return bearer(municipality, tuple(roles), subject)

    async with httpx.AsyncClient(base_url=base_url, timeout=60, trust_env=False) as client:
        try:
            return await loader.load(client, as_, _shown)
        except local_tokens.RefusedInProduction as refused:
            raise DemoRefused(str(refused)) from None


def _shown(steps: "Sequence[Step]") -> "Iterable[Step]":
    return track(steps, "Loading Jena and the Wartburgkreis", console=console, transient=True)
