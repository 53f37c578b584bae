"""Strategies, measures, planning fields and planning tasks"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p003"
down_revision = "p002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "strategy",
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
        sa.Column(
            "title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column(
            "legal_basis",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("deciding_body", sa.String(), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column(
            "goals", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "description", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.CheckConstraint(
            "CASE state WHEN 'adopted' THEN adopted_on IS NOT NULL"
            " WHEN 'superseded' THEN true ELSE adopted_on IS NULL END",
            name=op.f("ck_strategy_adopted_on_a_day"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_strategy")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_strategy_key")),
        schema="projects",
    )
    op.create_table(
        "measure",
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
        sa.Column(
            "title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("project", sa.String(), nullable=True),
        sa.Column("strategy", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column(
            "areas", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column(
            "target_groups",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "description", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_measure_ends_after_its_start")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "project"],
            ["projects.project.municipality_id", "projects.project.key"],
            name=op.f("fk_measure_project"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "strategy"],
            ["projects.strategy.municipality_id", "projects.strategy.key"],
            name=op.f("fk_measure_strategy"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_measure")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_measure_key")),
        schema="projects",
    )
    op.create_table(
        "planning_field",
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
        sa.Column(
            "name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "legal_basis",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column(
            "tasks", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "description", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_planning_field")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_planning_field_key")),
        schema="projects",
    )
    op.create_table(
        "planning_task",
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
        sa.Column(
            "title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("coordination", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "description", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.CheckConstraint(
            "due_on >= starts_on", name=op.f("ck_planning_task_due_after_its_start")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "field"],
            ["projects.planning_field.municipality_id", "projects.planning_field.key"],
            name=op.f("fk_planning_task_field"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_planning_task")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_planning_task_key")),
        schema="projects",
    )
    for table in ("strategy", "measure", "planning_field", "planning_task"):
        for statement in ddl.resource("projects", table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("planning_task", schema="projects")
    op.drop_table("planning_field", schema="projects")
    op.drop_table("measure", schema="projects")
    op.drop_table("strategy", schema="projects")
