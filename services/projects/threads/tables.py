"""Where the links that this service knows are kept."""

from services.kit.threads.tables import ThreadLink
from services.projects.tables import Table


class ThreadLinkRow(ThreadLink, Table, table=True):
    """A link of a thread (Verbindung)."""
