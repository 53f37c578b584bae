"""The Python client, loaded as whoever copied its file would."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "clients" / "python" / "planraum_client.py"


def python_client() -> Any:
    """The module in the file."""
    spec = importlib.util.spec_from_file_location("planraum_client", FILE)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules["planraum_client"] = loaded
    spec.loader.exec_module(loaded)
    return loaded
