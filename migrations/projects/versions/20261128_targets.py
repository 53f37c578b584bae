"""Results, target indicators with periods, and updates"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_targets_1"
down_revision = "p_funding_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "result",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("grant", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column(
            "title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "description", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.CheckConstraint(
            "level IN ('output', 'outcome', 'impact')", name=op.f("ck_result_level")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_result_grant"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "project"],
            ["projects.project.municipality_id", "projects.project.key"],
            name=op.f("fk_result_project"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_result")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_result_key")),
        schema="projects",
    )
    op.create_index(
        "ix_result_project",
        "result",
        ["municipality_id", "project"],
        unique=False,
        schema="projects",
    )
    op.create_table(
        "target_indicator",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column(
            "title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "unit", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("counting", sa.String(), nullable=False),
        sa.Column("baseline", sa.Numeric(precision=20, scale=6), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("tolerance", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("esf_code", sa.String(), nullable=True),
        sa.Column("indicator", sa.String(), nullable=True),
        sa.Column(
            "dimensions", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "description", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.CheckConstraint(
            "counting IN ('cumulative', 'per_period')", name=op.f("ck_target_indicator_counting")
        ),
        sa.CheckConstraint(
            "direction IN ('increase', 'decrease', 'maintain')",
            name=op.f("ck_target_indicator_direction"),
        ),
        sa.CheckConstraint(
            "measure IN ('number', 'percentage')", name=op.f("ck_target_indicator_measure")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "result"],
            ["projects.result.municipality_id", "projects.result.key"],
            name=op.f("fk_target_indicator_result"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_target_indicator")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_target_indicator_key")),
        schema="projects",
    )
    op.create_index(
        "ix_target_indicator_result",
        "target_indicator",
        ["municipality_id", "result"],
        unique=False,
        schema="projects",
    )
    op.create_table(
        "target_period",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target", sa.Numeric(precision=20, scale=6), nullable=True),
        sa.Column(
            "parts", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind = 'report' OR target IS NOT NULL",
            name=op.f("ck_target_period_a_milestone_has_a_target"),
        ),
        sa.CheckConstraint(
            "kind IN ('report', 'milestone', 'target')", name=op.f("ck_target_period_kind")
        ),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_target_period_ends_after_its_start")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "indicator"],
            ["projects.target_indicator.municipality_id", "projects.target_indicator.key"],
            name=op.f("fk_target_period_indicator"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_target_period")),
        sa.UniqueConstraint(
            "municipality_id", "indicator", "ends_on", name=op.f("uq_target_period_indicator")
        ),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_target_period_key")),
        schema="projects",
    )
    op.create_table(
        "target_update",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=20, scale=6), nullable=True),
        sa.Column(
            "parts", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "comment", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "evidence", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_because", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'draft') = (submitted_by IS NULL)"
            " AND (submitted_by IS NULL) = (submitted_at IS NULL)",
            name=op.f("ck_target_update_submitted_by_somebody"),
        ),
        sa.CheckConstraint(
            "(state = 'returned') = (returned_because IS NOT NULL)",
            name=op.f("ck_target_update_returned_for_a_reason"),
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'returned')) = (decided_by IS NOT NULL)"
            " AND (decided_by IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_target_update_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "state <> 'approved' OR decided_by <> submitted_by",
            name=op.f("ck_target_update_approved_by_a_second"),
        ),
        sa.CheckConstraint(
            "state <> 'approved' OR value IS NOT NULL",
            name=op.f("ck_target_update_approved_with_a_value"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'returned')",
            name=op.f("ck_target_update_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "period"],
            ["projects.target_period.municipality_id", "projects.target_period.key"],
            name=op.f("fk_target_update_period"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_target_update")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_target_update_key")),
        schema="projects",
    )
    op.create_index(
        "ix_target_update_period",
        "target_update",
        ["municipality_id", "period", "state", "reported_on"],
        unique=False,
        schema="projects",
    )
    for table in ("result", "target_indicator", "target_period", "target_update"):
        for statement in ddl.resource("projects", table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_target_update_period", table_name="target_update", schema="projects")
    op.drop_table("target_update", schema="projects")
    op.drop_table("target_period", schema="projects")
    op.drop_index("ix_target_indicator_result", table_name="target_indicator", schema="projects")
    op.drop_table("target_indicator", schema="projects")
    op.drop_index("ix_result_project", table_name="result", schema="projects")
    op.drop_table("result", schema="projects")
