"""Where persons are kept."""

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class PersonRow(Resource, Table, table=True):
    """A person (Person). Personal data: named nowhere else."""

    __tablename__ = "person"
    __table_args__ = (key_is_unique(), refers_to("organisation", "boards.organisation"))

    given_name: str
    family_name: str
    form_of_address: str | None = None
    title: str | None = None
    organisation: str | None = None
