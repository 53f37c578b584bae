"""Claims with payouts, and recoveries"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_money_2"
down_revision = "p020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim",
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
        sa.Column("grant", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column(
            "expenditures",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column(
            "forecast", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("requested", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("cost", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("share", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.Column("supported", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "payouts", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("paid_out", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_claim_for_the_administration")
        ),
        sa.CheckConstraint(
            "paid_out BETWEEN 0 AND requested", name=op.f("ck_claim_no_more_than_requested")
        ),
        sa.CheckConstraint(
            "requested BETWEEN 0 AND supported", name=op.f("ck_claim_no_more_than_supported")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_claim_grant"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_claim")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_claim_key")),
        schema="projects",
    )
    op.create_index(
        "ix_claim_grant", "claim", ["municipality_id", "grant"], unique=False, schema="projects"
    )
    op.create_table(
        "recovery",
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
        sa.Column("grant", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("interest", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column(
            "repayments", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("repaid", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("waived_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_recovery_for_the_administration")
        ),
        sa.CheckConstraint(
            "amount > 0 AND interest >= 0", name=op.f("ck_recovery_money_is_not_negative")
        ),
        sa.CheckConstraint(
            "repaid BETWEEN 0 AND amount", name=op.f("ck_recovery_no_more_than_demanded")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_recovery_grant"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_recovery")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_recovery_key")),
        schema="projects",
    )
    op.create_index(
        "ix_recovery_grant",
        "recovery",
        ["municipality_id", "grant"],
        unique=False,
        schema="projects",
    )
    for table in ("claim", "recovery"):
        for statement in ddl.resource("projects", table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("recovery", schema="projects")
    op.drop_table("claim", schema="projects")
