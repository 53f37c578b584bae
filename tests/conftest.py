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
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

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
    # What tests start would else compile everything anew each time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    pure = all("unit" in str(argument) for argument in config.args) and config.args
    if hasattr(config, "workerinput") or pure or config.option.collectonly:
        return
    running = server.running()
    started = running.__enter__()
    os.environ[_SERVER] = started.url("postgres")
    config.add_cleanup(lambda: running.__exit__(None, None, None))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadGroupScheduling | None:
    """One worker does a module: what its tests begin with is entered once, not by each worker."""
    if config.getoption("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False  # the order of the folders: what takes long is not last
    return Modules(config, log)


class Modules(LoadGroupScheduling):
    """Whole groups, and whole modules of what is in no group."""

    def _split_scope(self, nodeid: str) -> str:
        group: str = super()._split_scope(nodeid)
        return group if group != nodeid else nodeid.partition("::")[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is set up for a group of tests, one worker sets up."""
    if not config.getoption("loadgroup", False):
        return
    for item in items:
        marked = item.get_closest_marker("xdist_group")
        if marked is not None:
            # As xdist writes it, where pytest from 9.2 on reads it: in vain without this.
            named = f"{item.nodeid.removesuffix(f'@{marked.args[0]}')}@{marked.args[0]}"
            item._id = type(item._id).parse(named)
            assert item.nodeid == named


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
async def copying(database_url: str) -> AsyncIterator[None]:
    """What tests begin with can be copied in this database."""
    copies.use(database_url)
    yield
    await copies.close()


@pytest.fixture(scope="session")
async def apps(
    settings: Settings, database_url: str, copying: None
) -> AsyncIterator[dict[str, FastAPI]]:
    """All services as one process composes them, running.

    Whatever a test waits for of a journal it has followed itself (`Follower.catch_up`); that the
    services follow beside it, sooner or later, must make no difference to it.
    """
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
