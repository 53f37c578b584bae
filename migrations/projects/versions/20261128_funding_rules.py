"""Rules of funding programmes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_funding_rules"
down_revision = "p0281128g001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "funding_rule",
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
        sa.Column("programme", sa.String(), nullable=True),
        sa.Column("parameter", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column(
            "note", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_funding_rule_ends_after_its_start")
        ),
        sa.CheckConstraint(
            "(value IS NULL) <> (text IS NULL)", name=op.f("ck_funding_rule_a_value_or_a_text")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "programme"],
            ["projects.programme.municipality_id", "projects.programme.key"],
            name=op.f("fk_funding_rule_programme"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_funding_rule")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_funding_rule_key")),
        schema="projects",
    )
    op.create_index(
        "ix_funding_rule_programme",
        "funding_rule",
        ["municipality_id", "programme", "parameter"],
        unique=False,
        schema="projects",
    )
    for statement in ddl.resource("projects", "funding_rule"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("funding_rule", schema="projects")
