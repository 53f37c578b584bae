"""The schema this service owns."""

from sqlmodel import SQLModel

from services.kit.tables import schema


class Table(SQLModel, registry=schema("gateway")):
    """Root of every table of this service."""
