"""When positions were filled at what pay, and money beside grants"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "p_staffings"
down_revision = "p_search"
branch_labels = None
depends_on = None

_MONEY = sa.Numeric(precision=14, scale=2)


def _resource() -> list[sa.Column[object]]:
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    return [
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("changed_at", moment, server_default=now, nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "staffing",
        *_resource(),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("fte", sa.Numeric(precision=6, scale=4), nullable=False),
        sa.Column("pay_step", sa.Integer(), nullable=True),
        sa.Column("monthly_pay", _MONEY, nullable=True),
        sa.Column("pension_liable_pay", _MONEY, nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_staffing_for_the_administration")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_staffing_ends_after_its_start")),
        sa.CheckConstraint("fte > 0 AND fte <= 10", name=op.f("ck_staffing_somebody_is_there")),
        sa.CheckConstraint(
            "pension_liable_pay <= monthly_pay", name=op.f("ck_staffing_liable_is_part_of_pay")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "position"],
            ["projects.position.municipality_id", "projects.position.key"],
            name=op.f("fk_staffing_position"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_staffing")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_staffing_key")),
        schema="projects",
    )
    op.create_table(
        "income",
        *_resource(),
        sa.Column("grant", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_income_for_the_administration")
        ),
        sa.CheckConstraint(
            "kind IN ('third_party', 'revenue', 'own')", name=op.f("ck_income_kind")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_income_it_brings_something")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_income_grant"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_income")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_income_key")),
        schema="projects",
    )
    for table, column in (("staffing", "position"), ("income", "grant")):
        op.create_index(
            f"ix_{table}_{column}", table, ["municipality_id", column], schema="projects"
        )
        for statement in ddl.resource("projects", table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("income", schema="projects")
    op.drop_table("staffing", schema="projects")
