"""Every kind of resource that a service keeps."""

import gc
from importlib import import_module

from services.kit.migrate import SERVICES
from services.kit.resources import Kind


def kinds() -> dict[str, str]:
    """What events call it, and its collection."""
    for service in SERVICES:
        import_module(f"services.{service}.app")
    gc.unfreeze()  # what the run has loaded is frozen, and a frozen object is told by nobody
    found = [one for one in gc.get_objects() if isinstance(one, Kind)]
    gc.freeze()
    return {
        one.event: one.collection for one in found if one.row.__module__.startswith("services.")
    }
