"""planraum up: everything in one process, with the demo municipalities."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

import typer
import uvicorn

from services.commands import demo
from services.commands.surroundings import console, database, explained, settings, with_secret
from services.kit import migrate
from services.kit.migrate import DatabaseUnfit
from services.kit.settings import Settings, default_data_directory


def run(
    demo_data: Annotated[
        bool | None, typer.Option("--demo/--no-demo", help="Load Jena and the Wartburgkreis.")
    ] = None,
) -> None:
    """Start PostgreSQL, the gateway and all services in this process; Ctrl-C stops them."""
    gc.disable()  # until everything is loaded
    from services.kit.telemetry import start_logging

    given = settings()
    if "log_level" not in given.model_fields_set:
        given = given.model_copy(update={"log_level": "warning"})
    if demo_data is not None:
        given = given.model_copy(update={"demo": demo_data})
    signal.signal(signal.SIGTERM, _stop)
    with explained(), suppress(KeyboardInterrupt):
        given = with_secret(given)
        start_logging(given)
        listener = _listen(given)
        with listener, database(given) as url:
            for service in asyncio.run(migrate.upgrade(url)):
                console.print(f"  {service}: database brought to {migrate.head(service)}")
            with asyncio.Runner(loop_factory=fast_loop()) as runner:
                runner.run(_serve(given, url, listener))


def _stop(*_: object) -> None:
    """SIGTERM ends us as Ctrl-C does: requests are answered, then PostgreSQL is stopped."""
    raise KeyboardInterrupt


def _listen(given: Settings) -> socket.socket:
    """The port, taken before anything is started, so that a taken one is told at once."""
    listener = socket.socket(socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((given.host, given.port))
    except OSError:
        listener.close()
        raise DatabaseUnfit(
            f"Port {given.port} on {given.host} is taken; is Planraum running already? "
            "Set PLANRAUM_PORT to another one."
        ) from None
    return listener


def fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where there is one; asyncio's own loop elsewhere."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def settle() -> None:
    """What is loaded now stays: the garbage collector need not look at it again and again.

    What a request leaves behind is taken away while it is still in the cache of the processor, a
    few milliseconds at a time; all that lives is looked at seldom, because that takes long.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(2_000, 20, 100)


class Server(uvicorn.Server):
    """Tells when it has begun."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.begun = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.begun.set()


def configured(app: Callable[..., Any], given: Settings) -> uvicorn.Config:
    """uvicorn as every deployable of ours runs it."""
    return uvicorn.Config(
        app,
        host=given.host,
        port=given.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        limit_concurrency=1000,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=64 * 1024,
    )


async def _serve(given: Settings, url: str, listener: socket.socket) -> None:
    from services.platform import OneProcess

    server = Server(configured(OneProcess(given, url), given))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    begun = asyncio.create_task(server.begun.wait())
    await asyncio.wait({begun, serving}, return_when=asyncio.FIRST_COMPLETED)
    begun.cancel()
    settle()
    if server.started:
        base = f"http://{given.host}:{given.port}"
        if given.demo:
            await demo.load(base, given)
        _tell(base, given)
    await serving


def _tell(base: str, given: Settings) -> None:
    where = "" if given.data_dir == default_data_directory() else given.data_dir
    command = "planraum token --municipality jena --role planner"
    token = f"PLANRAUM_DATA_DIR={where} .venv/bin/{command}" if where else f".venv/bin/{command}"
    text = f"""
[bold]Planraum is up.[/bold]

  Start page       {base}/
  Documentation    {base}/docs   (to read: {base}/redoc)
  Jena             {base}/v1/jena/bodies
  Wartburgkreis    {base}/v1/wartburgkreis/bodies

  A token for your own machine:
  {token}

  Ctrl-C stops everything and keeps the data.
"""
    console.print(text, soft_wrap=True)
