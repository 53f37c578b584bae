"""Where counts of participants are kept."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class ParticipantCountRow(Resource, Table, table=True):
    """How many took part (Teilnehmendenzahl): not protected, for those who enter it."""

    __tablename__ = "participant_count"
    __table_args__ = (
        key_is_unique(),
        refers_to("monitoring", "projects.monitoring"),
        UniqueConstraint("municipality_id", "monitoring", "code", "starts_on"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_its_start"),
        CheckConstraint("women >= 0 AND men >= 0 AND non_binary >= 0", name="not_negative"),
        CheckConstraint("visibility = 'administration'", name="never_shown"),
    )

    monitoring: str
    code: str
    starts_on: date
    ends_on: date
    women: int | None = None
    men: int | None = None
    non_binary: int | None = None
