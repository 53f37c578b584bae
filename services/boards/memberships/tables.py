"""Where memberships are kept."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique, refers_to


class MembershipRow(Resource, Table, table=True):
    """A membership (Mitgliedschaft).

    The migration adds: nobody has the same role in the same body twice at a time; a substitute
    once for each member, seat or body.
    """

    __tablename__ = "membership"
    __table_args__ = (
        key_is_unique(),
        refers_to("person", "boards.person"),
        refers_to("body", "boards.body"),
        refers_to("on_behalf_of", "boards.organisation"),
        ForeignKeyConstraint(
            ["municipality_id", "seat", "body"],
            ["boards.seat.municipality_id", "boards.seat.key", "boards.seat.body"],
        ),
        ForeignKeyConstraint(
            ["municipality_id", "substitute_for", "body"],
            [f"boards.membership.{column}" for column in ("municipality_id", "key", "body")],
        ),
        UniqueConstraint("municipality_id", "body", "key"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("term_ends_on >= starts_on", name="term_after_start"),
        CheckConstraint("role = 'substitute' OR substitute_for IS NULL", name="for_substitutes"),
        Index(None, "municipality_id", "seat"),
    )

    person: str
    body: str
    seat: str | None = None
    role: str
    substitute_for: str | None = None
    rank: int | None = None
    voting: bool
    on_behalf_of: str | None = None
    starts_on: date
    term_ends_on: date | None = None
    ends_on: date | None = None
