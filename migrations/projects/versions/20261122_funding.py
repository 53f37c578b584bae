"""References, programmes, projects, grants and positions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p002"
down_revision = "p001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reference",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("municipality_id", "resource", "key", name=op.f("pk_reference")),
        schema="projects",
    )
    op.create_table(
        "programme",
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
            "short_name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column(
            "funders", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "legal_basis",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column(
            "periods", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("successor_of", sa.String(), nullable=True),
        sa.Column(
            "description", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("website", sa.String(), nullable=True),
        sa.CheckConstraint("successor_of <> key", name=op.f("ck_programme_not_its_own_successor")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "successor_of"],
            ["projects.programme.municipality_id", "projects.programme.key"],
            name=op.f("fk_programme_successor_of"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_programme")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_programme_key")),
        schema="projects",
    )
    op.create_table(
        "project",
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
            "programmes", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "partners", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "sites", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "advising_bodies",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column(
            "goals", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "tasks", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "description", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("website", sa.String(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_project_ends_after_its_start")),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_project")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_project_key")),
        schema="projects",
    )
    op.create_table(
        "grant",
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
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("grantee", sa.String(), nullable=False),
        sa.Column("funder", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("eligible_cost", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("rate", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.Column("financing", sa.String(), nullable=False),
        sa.Column(
            "sources", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.CheckConstraint("amount <= eligible_cost", name=op.f("ck_grant_amount_within_the_cost")),
        sa.CheckConstraint(
            "eligible_cost >= 0 AND amount >= 0", name=op.f("ck_grant_money_is_not_negative")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_grant_ends_after_its_start")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "programme"],
            ["projects.programme.municipality_id", "projects.programme.key"],
            name=op.f("fk_grant_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "project"],
            ["projects.project.municipality_id", "projects.project.key"],
            name=op.f("fk_grant_project"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_grant")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_grant_key")),
        schema="projects",
    )
    op.create_index(
        "ix_grant_project", "grant", ["municipality_id", "project"], unique=False, schema="projects"
    )
    op.create_table(
        "position",
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
        sa.Column("fte", sa.Numeric(precision=5, scale=4), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("pay_grade", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "funding", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=True),
        sa.Column(
            "tasks", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_position_ends_after_its_start")),
        sa.CheckConstraint("fte > 0 AND fte <= 1", name=op.f("ck_position_one_position_at_most")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "project"],
            ["projects.project.municipality_id", "projects.project.key"],
            name=op.f("fk_position_project"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_position")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_position_key")),
        schema="projects",
    )
    for table in ("programme", "project", "grant", "position"):
        for statement in ddl.resource("projects", table):
            op.execute(statement)
    for statement in ddl.tenant_wall("projects", "reference"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("position", schema="projects")
    op.drop_table("grant", schema="projects")
    op.drop_table("project", schema="projects")
    op.drop_table("programme", schema="projects")
    op.drop_table("reference", schema="projects")
