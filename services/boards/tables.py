"""The schema this service owns."""

from sqlmodel import SQLModel

from services.kit.tables import schema


class Table(SQLModel, registry=schema("boards")):
    """Root of every table of this service: `class BodyRow(Resource, Table, table=True)`."""
