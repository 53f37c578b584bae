"""Bookings of the finance system, and how its files are read"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_money_3"
down_revision = "p0281128g002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "booking",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("position", sa.String(), nullable=True),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("cost_object", sa.String(), nullable=True),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("invoice_date", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("currency", sa.String(), server_default="EUR", nullable=False),
        sa.Column("supplier_name", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("grant", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("digest", sa.Uuid(), nullable=False),
        sa.Column("expenditure", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "imported_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "fiscal_year BETWEEN 1990 AND 2100", name=op.f("ck_booking_in_a_budget_year")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_booking")),
        schema="projects",
    )
    op.create_index(
        "ix_booking_grant",
        "booking",
        ["municipality_id", "grant", "booked_on"],
        unique=False,
        schema="projects",
    )
    op.create_table(
        "booking_mapping",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
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
            "columns", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("decimal", sa.String(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column(
            "rules", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_booking_mapping_for_the_administration")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_booking_mapping")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_booking_mapping_key")),
        schema="projects",
    )
    for statement in ddl.resource("projects", "booking_mapping"):
        op.execute(statement)
    for statement in ddl.tenant_wall("projects", "booking"):
        op.execute(statement)
    op.execute("REVOKE DELETE, TRUNCATE ON projects.booking FROM planraum_projects")


def downgrade() -> None:
    op.drop_table("booking_mapping", schema="projects")
    op.drop_table("booking", schema="projects")
