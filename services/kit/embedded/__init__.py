"""An embedded PostgreSQL for one machine: a real server, kept alive by this program only.

`EmbeddedServer(directory).start()` initialises the directory on first use and starts the server
on a Unix socket; `url()` is the address for every driver. Needs the standard library and one
folder of PostgreSQL binaries (15 or newer).
"""

from services.kit.embedded.binaries import find_binaries
from services.kit.embedded.errors import EmbeddedError, InUse, NoBinaries, WrongMajor
from services.kit.embedded.server import EmbeddedServer

__all__ = ["EmbeddedError", "EmbeddedServer", "InUse", "NoBinaries", "WrongMajor", "find_binaries"]
