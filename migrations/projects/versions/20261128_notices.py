"""States of grants and the notices of the funders"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p0281128g001"
down_revision = "p_money_2"
branch_labels = None
depends_on = None

_MAY_BE_UNKNOWN = {
    "starts_on": sa.Date(),
    "ends_on": sa.Date(),
    "eligible_cost": sa.Numeric(precision=14, scale=2),
}


def upgrade() -> None:
    for column, kind in _MAY_BE_UNKNOWN.items():
        op.alter_column("grant", column, existing_type=kind, nullable=True, schema="projects")
    money = sa.Numeric(precision=14, scale=2)
    for added in (
        sa.Column("state", sa.String(), nullable=False, server_default="granted"),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("applied_amount", money, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("own_use", money, nullable=False, server_default="0"),
        sa.Column("notice", sa.Integer(), nullable=True),
    ):
        op.add_column("grant", added, schema="projects")
    for column in ("state", "own_use"):  # so far all were granted; from now on it is said
        op.alter_column("grant", column, server_default=None, schema="projects")
    op.create_check_constraint(
        op.f("ck_grant_own_use_is_not_negative"), "grant", "own_use >= 0", schema="projects"
    )
    op.create_check_constraint(
        op.f("ck_grant_state"),
        "grant",
        "state IN ('applied', 'granted', 'refused', 'withdrawn', 'closed')",
        schema="projects",
    )
    op.create_index(
        "ix_grant_municipality_id_programme",
        "grant",
        ["municipality_id", "programme"],
        schema="projects",
    )
    _notices()


def _notices() -> None:
    def listed(name: str) -> sa.Column[object]:
        kind = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
        return sa.Column(name, kind, nullable=False)

    money = sa.Numeric(precision=14, scale=2)
    op.create_table(
        "notice",
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
        sa.Column("grant", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("eligible_cost", money, nullable=False),
        sa.Column("amount", money, nullable=False),
        sa.Column("rate", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.Column("financing", sa.String(), nullable=False),
        listed("sources"),
        listed("budget_lines"),
        listed("partner_budgets"),
        listed("overrides"),
        listed("conditions"),
        sa.Column(
            "note", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('award', 'amendment', 'extension', 'revocation', 'final')",
            name=op.f("ck_notice_kind"),
        ),
        sa.CheckConstraint(
            "(kind = 'award') = (number = 1)", name=op.f("ck_notice_the_first_awards")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_notice_ends_after_its_start")),
        sa.CheckConstraint(
            "amount >= 0 AND amount <= eligible_cost", name=op.f("ck_notice_amount_within_the_cost")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_notice_grant"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_notice")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_notice_key")),
        sa.UniqueConstraint("municipality_id", "grant", "number", name=op.f("uq_notice_grant")),
        schema="projects",
    )
    for statement in ddl.resource("projects", "notice"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("notice", schema="projects")
    op.drop_index("ix_grant_municipality_id_programme", "grant", schema="projects")
    for column in ("notice", "own_use", "ended_on", "applied_amount", "applied_on", "state"):
        op.drop_column("grant", column, schema="projects")
    # Refused where something is not known: the older table has no place for that.
    for column, kind in _MAY_BE_UNKNOWN.items():
        op.alter_column("grant", column, existing_type=kind, nullable=False, schema="projects")
