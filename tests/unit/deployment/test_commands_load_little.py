"""A command loads what it needs: asking for help does not wait for four services."""

import subprocess
import sys

import pytest

SERVICES = ("indicators", "boards", "projects", "gateway")
HEAVY = {"alembic", "fastapi", "joserfc", "sqlalchemy"}


def _loaded(after: str) -> set[str]:
    """The services of which anything is loaded after these lines, and what is large."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{after}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    names = set(done.stdout.split())
    assert "services" in names
    return {one for one in SERVICES if f"services.{one}" in names} | (names & HEAVY)


def test_the_command_itself_loads_no_service_and_nothing_large() -> None:
    assert _loaded("import services.commands") == set()


@pytest.mark.parametrize("service", SERVICES)
def test_a_process_of_one_service_loads_that_one_alone(service: str) -> None:
    made = (
        "import services.commands\n"
        "from services.platform import alone\n"
        "from services.kit.settings import Settings\n"
        f"alone({service!r}, Settings(internal_key='x' * 64), 'postgresql://nobody@/none')"
    )
    assert _loaded(made) - HEAVY == {service}


@pytest.mark.parametrize(
    "module",
    [
        "services.indicators.deliveries.formats",
        "services.projects.booking_files",
        "services.projects.list_reading",
    ],
)
def test_a_process_that_reads_a_file_loads_nothing_large(module: str) -> None:
    assert _loaded(f"import {module}.__main__") == {module.split(".")[1]}
