"""Where resolutions are kept."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from services.boards.grounds.tables import OnPaper, on_paper
from services.boards.tables import Table
from services.kit.tables import TenantTable, key_is_unique, refers_to


class ResolutionRow(OnPaper, Table, table=True):
    """A resolution (Beschluss).

    Triggers of the migration hold it to its vote and its body: none is stored of a body without
    the mandate to decide, nor on a vote that was not adopted or not quorate, and `valid` follows
    the vote. A strategy is the council's alone, by a power that it has on the day.
    """

    __tablename__ = "resolution"
    __table_args__ = (
        key_is_unique(),
        *on_paper(),
        ForeignKeyConstraint(
            ["municipality_id", "power", "body"],
            ["boards.power.municipality_id", "boards.power.key", "boards.power.body"],
            name="fk_resolution_power",
        ),
        UniqueConstraint("municipality_id", "vote"),
        UniqueConstraint("municipality_id", "reference"),
        CheckConstraint("kind IN ('decision', 'legitimation', 'refusal')", name="kind"),
        CheckConstraint("(kind = 'legitimation') = (strategy IS NOT NULL)", name="strategy"),
    )

    reference: str
    kind: str
    strategy: str | None = None
    power: str | None = None


class ResponseRow(TenantTable, Table, table=True):
    """What a resolution makes of a recommendation (Umgang mit der Empfehlung)."""

    __tablename__ = "resolution_response"
    __table_args__ = (
        refers_to("resolution", "boards.resolution"),
        refers_to("recommendation", "boards.recommendation"),
        CheckConstraint("kind IN ('follows', 'amends', 'rejects')", name="kind"),
        CheckConstraint("kind = 'follows' OR reason IS NOT NULL", name="reason"),
        Index(None, "municipality_id", "recommendation"),
    )

    resolution: str = Field(primary_key=True)
    recommendation: str = Field(primary_key=True)
    kind: str
    reason: str | None = None


class EndingRow(TenantTable, Table, table=True):
    """That a resolution repeals or replaces an earlier one, while it holds itself."""

    __tablename__ = "resolution_ending"
    __table_args__ = (
        refers_to("resolution", "boards.resolution"),
        refers_to("ended", "boards.resolution"),
        CheckConstraint("kind IN ('repeals', 'replaces')", name="kind"),
        CheckConstraint("ended <> resolution", name="not_itself"),
        Index(None, "municipality_id", "ended"),
    )

    resolution: str = Field(primary_key=True)
    ended: str = Field(primary_key=True)
    kind: str
    ends_from: date
