"""Editions of reports are made in the background"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "b_report_making"
down_revision = "b_words_inside"
branch_labels = None
depends_on = None

_STAGE = "ck_coordinated_report_stage"


def _json(name: str, *, nullable: bool = False) -> sa.Column[object]:
    kind = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    return sa.Column(name, kind, nullable=nullable)


def _stages(stages: str, without_edition: str) -> None:
    op.drop_constraint(op.f(_STAGE), "coordinated_report", schema="boards")
    op.create_check_constraint(
        op.f(_STAGE),
        "coordinated_report",
        f"stage IN ({stages}) AND ({without_edition} OR edition IS NOT NULL)",
        schema="boards",
    )


def upgrade() -> None:
    _stages(
        "'draft', 'making', 'in_review', 'approved', 'published'", "stage IN ('draft', 'making')"
    )
    op.create_table(
        "report_making",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        _json("changes", nullable=True),
        sa.Column("stage_before", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=True),
        _json("faults"),
        sa.CheckConstraint(
            "state IN ('waiting', 'looking_up', 'made', 'refused')"
            " AND (state = 'made') = (edition IS NOT NULL)",
            name=op.f("ck_report_making_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "report"],
            ["boards.coordinated_report.municipality_id", "boards.coordinated_report.key"],
            name=op.f("fk_report_making_report"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "report", name=op.f("pk_report_making")),
        schema="boards",
    )
    for statement in ddl.tenant_wall("boards", "report_making"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("report_making", schema="boards")
    drafts = """
        UPDATE boards.coordinated_report
        SET stage = 'draft', revision = revision + 1, changed_at = now()
        WHERE municipality_id = town AND stage = 'making'"""
    op.execute(ddl.in_every_town("boards", drafts))
    _stages("'draft', 'in_review', 'approved', 'published'", "stage = 'draft'")
