"""One server for the run, one database for each worker, one town for each test."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import hypothesis  # loaded before any test changes how deep Python may recurse
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import event

from services.commands.up import settle
from services.contracts.shared.access import Municipality
from services.kit.identity import Signer
from services.kit.settings import Settings
from services.platform import services
from tests.support import copies, server
from tests.support.towns import KEY, Door, new_town

_SERVER = "PLANRAUM_TEST_SERVER"
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")
SHARED = Path(__file__).parents[1] / ".." / "shared" / "data"


def pytest_configure(config: pytest.Config) -> None:
    """Only the controlling process starts the server; workers learn its address."""
    gc.disable()  # until everything is collected
    pure = all("unit" in str(argument) for argument in config.args) and config.args
    if hasattr(config, "workerinput") or pure or config.option.collectonly:
        return
    running = server.running()
    started = running.__enter__()
    os.environ[_SERVER] = started.url("postgres")
    config.add_cleanup(lambda: running.__exit__(None, None, None))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is set up for a group of tests or for a whole module, one worker sets up."""
    if not config.getoption("loadgroup", False):
        return
    for item in items:
        group = _group(item)
        if group is not None:
            # As xdist writes it, where pytest from 9.2 on reads it: in vain without this.
            named = f"{item.nodeid.removesuffix(f'@{group}')}@{group}"
            item._id = type(item._id).parse(named)
            assert item.nodeid == named


def _group(item: pytest.Item) -> str | None:
    marked = item.get_closest_marker("xdist_group")
    if marked is not None:
        return str(marked.args[0])
    needed = getattr(item, "_fixtureinfo", None)
    found = needed.name2fixturedefs.values() if needed else ()
    of_module = any(fixture[-1].scope == "module" for fixture in found)
    return item.nodeid.partition("::")[0] if of_module else None


def pytest_collection_finish() -> None:
    settle()


@pytest.fixture(scope="session")
def database_url() -> str:
    """This worker's own migrated database."""
    admin = os.environ[_SERVER]
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    asyncio.run(server.create(admin, name))
    return admin.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        internal_key=SecretStr(KEY), data_dir=tmp_path_factory.mktemp("data"), log_level="error"
    )


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer(KEY)


@pytest.fixture(scope="session")
async def apps(settings: Settings, database_url: str) -> AsyncIterator[dict[str, FastAPI]]:
    """All services as one process composes them, running."""
    gc.disable()  # until everything is loaded
    made = services(settings, database_url)
    async with AsyncExitStack() as stack:
        for app in made.values():
            await stack.enter_async_context(app.router.lifespan_context(app))
        settle()
        yield made


@pytest.fixture
def town() -> Municipality:
    """A municipality that nobody else knows."""
    return new_town()


@pytest.fixture(scope="session")
async def copying(database_url: str) -> AsyncIterator[None]:
    """What tests begin with can be copied in this database."""
    copies.use(database_url)
    yield
    await copies.close()


@pytest.fixture
async def doors(
    apps: dict[str, FastAPI], signer: Signer, copying: None
) -> AsyncIterator[Callable[[str, Municipality], Door]]:
    """Open the door of a service in a town: `doors("boards", town)`."""
    clients = {
        name: httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url=f"http://{name}",
        )
        for name, app in apps.items()
    }
    yield lambda service, municipality: Door(clients[service], signer, municipality)
    for client in clients.values():
        await client.aclose()


@pytest.fixture
def boards(doors: Callable[[str, Municipality], Door], town: Municipality) -> Door:
    return doors("boards", town)


@pytest.fixture
def indicators(doors: Callable[[str, Municipality], Door], town: Municipality) -> Door:
    return doors("indicators", town)


@pytest.fixture
def projects(doors: Callable[[str, Municipality], Door], town: Municipality) -> Door:
    return doors("projects", town)


@pytest.fixture
def statements(apps: dict[str, FastAPI]) -> Iterator[list[str]]:
    """Every statement that sessions send, in order; not those of followers in the background."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        task = asyncio.current_task()
        if task is None or not task.get_name().startswith("follow "):
            seen.append(statement)

    engines = [app.state.database.engine.sync_engine for app in apps.values()]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files of real offices, beside the project."""
    folder = SHARED.resolve()
    if not folder.is_dir():
        pytest.skip(f"the folder of real files is not there: {folder.name}")
    return folder


@pytest.fixture
async def owner(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """The owner of the schemas, whom no wall holds."""
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()
