"""A place for a town of its own, and a settled town that is made once."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.embedded import ask, town


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="pr", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def settled() -> Iterator[Path]:
    """A town of two districts whose server is stopped, for tests that leave it as it was."""
    with tempfile.TemporaryDirectory(prefix="pr", dir="/tmp") as folder:
        directory = Path(folder) / "town"
        with town(directory) as server:
            ask(server, "CREATE TABLE district AS SELECT unnest(ARRAY['Lobeda', 'Winzerla']) name")
        yield directory


@pytest.fixture
def existing(settled: Path, place: Path) -> Path:
    """A copy of the settled town to do harm to."""
    return Path(shutil.copytree(settled, place / "town"))
