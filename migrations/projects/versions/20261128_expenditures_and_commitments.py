"""Expenditures and commitments"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_money_1"
down_revision = "p003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commitment",
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
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=True),
        sa.Column("supplier_name", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "shares", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_commitment_for_the_administration")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_commitment_it_costs_something")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "project"],
            ["projects.project.municipality_id", "projects.project.key"],
            name=op.f("fk_commitment_project"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_commitment_key")),
        schema="projects",
    )
    op.create_index(
        "ix_commitment_project",
        "commitment",
        ["municipality_id", "project"],
        unique=False,
        schema="projects",
    )
    op.create_index(
        "ix_commitment_shares",
        "commitment",
        ["shares"],
        unique=False,
        schema="projects",
        postgresql_using="gin",
    )
    op.create_table(
        "expenditure",
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
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=True),
        sa.Column("supplier_name", sa.String(), nullable=True),
        sa.Column("invoice_number", sa.String(), nullable=True),
        sa.Column("invoice_date", sa.Date(), nullable=True),
        sa.Column("payment_date", sa.Date(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("gross", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("net", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("recoverable_vat", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column(
            "shares", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "evidence", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("commitment", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("eligible", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column(
            "parts", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("own", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("booking", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_expenditure_for_the_administration")
        ),
        sa.CheckConstraint(
            "eligible = gross - recoverable_vat", name=op.f("ck_expenditure_no_recoverable_vat")
        ),
        sa.CheckConstraint("net <= gross", name=op.f("ck_expenditure_net_within_the_gross")),
        sa.CheckConstraint(
            "own BETWEEN 0 AND eligible", name=op.f("ck_expenditure_own_within_the_eligible")
        ),
        sa.CheckConstraint(
            "recoverable_vat BETWEEN 0 AND gross", name=op.f("ck_expenditure_vat_within_the_gross")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "commitment"],
            ["projects.commitment.municipality_id", "projects.commitment.key"],
            name=op.f("fk_expenditure_commitment"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "project"],
            ["projects.project.municipality_id", "projects.project.key"],
            name=op.f("fk_expenditure_project"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_expenditure")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_expenditure_key")),
        schema="projects",
    )
    op.create_index(
        "ix_expenditure_commitment",
        "expenditure",
        ["municipality_id", "commitment"],
        unique=False,
        schema="projects",
    )
    op.create_index(
        "ix_expenditure_parts",
        "expenditure",
        ["parts"],
        unique=False,
        schema="projects",
        postgresql_using="gin",
    )
    op.create_index(
        "ix_expenditure_project",
        "expenditure",
        ["municipality_id", "project"],
        unique=False,
        schema="projects",
    )
    for table in ("commitment", "expenditure"):
        for statement in ddl.resource("projects", table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("expenditure", schema="projects")
    op.drop_table("commitment", schema="projects")
