"""Where the links that this service knows are kept."""

from services.indicators.tables import Table
from services.kit.threads.tables import ThreadLink


class ThreadLinkRow(ThreadLink, Table, table=True):
    """A link of a thread (Verbindung)."""
