"""What a command finds or makes before it works: settings, secret, database."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from pydantic import SecretStr, ValidationError
from rich.console import Console

from services.kit.embedded import EmbeddedError, EmbeddedServer
from services.kit.migrate import DatabaseUnfit
from services.kit.settings import Environment, Settings

console = Console(stderr=True, highlight=False)


def settings() -> Settings:
    """The settings of this process; a wrong one ends the command with one line that names it."""
    try:
        return Settings()
    except ValidationError as error:
        for fault in error.errors():
            name = "_".join(str(part) for part in fault["loc"]).upper()
            console.print(f"[red]Setting {name}: {fault['msg']}[/red]")
        raise typer.Exit(2) from None


@contextmanager
def explained() -> Iterator[None]:
    """Expected failures end the command with their own clear text, not with a stack."""
    try:
        yield
    except (EmbeddedError, DatabaseUnfit) as error:
        console.print(f"[red]{error}[/red]")
        raise typer.Exit(1) from None


def with_secret(given: Settings) -> Settings:
    """Settings with an internal key: in production it must be set, locally it is made once."""
    if given.internal_key is not None:
        if len(given.internal_key.get_secret_value()) < 32:
            raise DatabaseUnfit("PLANRAUM_INTERNAL_KEY must have 32 characters or more.")
        return given
    if given.environment is Environment.production:
        raise DatabaseUnfit("PLANRAUM_INTERNAL_KEY is not set; production needs it.")
    return given.model_copy(update={"internal_key": SecretStr(_kept(given.data_dir))})


def _kept(directory: Path) -> str:
    directory.mkdir(mode=0o711, parents=True, exist_ok=True)
    path = directory / "internal.key"
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    return path.read_text()


@contextmanager
def database(given: Settings) -> Iterator[str]:
    """Address of the database: DATABASE_URL, or an embedded PostgreSQL for as long as we run."""
    if given.database_url is not None:
        yield given.database_url.get_secret_value()
        return
    if given.environment is Environment.production:
        raise DatabaseUnfit("DATABASE_URL is not set; production does not use the embedded server.")
    server = EmbeddedServer(given.data_dir / "postgresql", pg_bin=given.pg_bin)
    server.start()
    try:
        yield server.url()
    finally:
        server.stop()
