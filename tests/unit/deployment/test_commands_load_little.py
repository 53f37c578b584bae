"""A command loads what it needs: asking for help does not wait for four services."""

import subprocess
import sys

import pytest

SERVICES = ("indicators", "boards", "projects", "gateway")


def _loaded(after: str) -> set[str]:
    """The services whose app is loaded after these lines."""
    told = "print(*(m for m in sys.modules if m.startswith('services.') and m.endswith('.app')))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{after}\n{told}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.split(".")[1] for name in done.stdout.split()} & set(SERVICES)


def test_the_command_itself_loads_no_service() -> None:
    assert _loaded("import services.commands") == set()


@pytest.mark.parametrize("service", SERVICES)
def test_a_process_of_one_service_loads_that_one_alone(service: str) -> None:
    made = (
        "from services.platform import alone\n"
        "from services.kit.settings import Settings\n"
        f"alone({service!r}, Settings(internal_key='x' * 64), 'postgresql://nobody@/none')"
    )
    assert _loaded(made) == {service}
