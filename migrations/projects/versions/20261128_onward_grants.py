"""Onward grants"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p0281128g002"
down_revision = "p_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    def listed(name: str, *, nullable: bool = False) -> sa.Column[object]:
        kind = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
        return sa.Column(name, kind, nullable=nullable)

    def money(name: str, *, nullable: bool = False) -> sa.Column[object]:
        return sa.Column(name, sa.Numeric(precision=14, scale=2), nullable=nullable)

    def moment(name: str) -> sa.Column[object]:
        now = sa.text("now()")
        return sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=False)

    op.create_table(
        "onward_grant",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        moment("created_at"),
        moment("changed_at"),
        sa.Column("grant", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("natural_person", sa.Boolean(), nullable=False),
        listed("title"),
        listed("purpose", nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=False),
        money("applied_amount"),
        money("eligible_cost", nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        money("bound"),
        money("awarded"),
        money("paid"),
        money("recovered"),
        money("repaid"),
        sa.Column("ended_on", sa.Date(), nullable=True),
        listed("end_reason", nullable=True),
        sa.Column("proof_due_on", sa.Date(), nullable=True),
        listed("proof", nullable=True),
        listed("decisions"),
        listed("notices"),
        listed("payouts"),
        listed("recoveries"),
        listed("repayments"),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_onward_grant_ends_after_its_start")
        ),
        sa.CheckConstraint(
            "natural_person = (recipient IS NULL)", name=op.f("ck_onward_grant_one_applies")
        ),
        sa.CheckConstraint(
            "visibility = 'administration' OR NOT natural_person",
            name=op.f("ck_onward_grant_persons_are_private"),
        ),
        sa.CheckConstraint(
            "state IN ('applied', 'approved', 'granted', 'refused', 'withdrawn', 'closed')",
            name=op.f("ck_onward_grant_state"),
        ),
        sa.CheckConstraint(
            "0 <= awarded AND awarded <= bound",
            name=op.f("ck_onward_grant_awarded_within_the_decision"),
        ),
        sa.CheckConstraint(
            "paid - recovered <= awarded", name=op.f("ck_onward_grant_paid_within_the_award")
        ),
        sa.CheckConstraint(
            "0 <= repaid AND repaid <= recovered AND recovered <= paid",
            name=op.f("ck_onward_grant_back_within_paid"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_onward_grant_grant"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_onward_grant")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_onward_grant_key")),
        schema="projects",
    )
    op.create_index(
        "ix_onward_grant_municipality_id_grant",
        "onward_grant",
        ["municipality_id", "grant"],
        schema="projects",
    )
    for statement in ddl.resource("projects", "onward_grant"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("onward_grant", schema="projects")
