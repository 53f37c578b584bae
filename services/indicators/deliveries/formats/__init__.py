"""Reading delivered files: recognised by what is in them, never by their name."""

from services.indicators.deliveries.formats.content import Limits
from services.indicators.deliveries.formats.reading import read, recognise
from services.indicators.deliveries.formats.table import (
    Dimension,
    FileRefused,
    Format,
    Issue,
    Issues,
    ReadTable,
    Row,
    Severity,
)

__all__ = [
    "Dimension",
    "FileRefused",
    "Format",
    "Issue",
    "Issues",
    "Limits",
    "ReadTable",
    "Row",
    "Severity",
    "read",
    "recognise",
]
