"""Lists of operations, published operations, disclosures of grants"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_operations"
down_revision = "p021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operation_list",
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
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("programming_period", sa.String(), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("cci", sa.String(), nullable=True),
        sa.Column("programme_name", sa.String(), nullable=True),
        sa.Column("nuts", sa.String(), nullable=True),
        sa.Column(
            "columns", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "interventions",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column(
            "legal_entities",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.Column("edition", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_operation_list")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_operation_list_key")),
        schema="projects",
    )
    op.create_table(
        "grant_disclosure",
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
        sa.Column("programming_period", sa.String(), nullable=True),
        sa.Column("fund", sa.String(), nullable=True),
        sa.Column("cci", sa.String(), nullable=True),
        sa.Column("intervention_code", sa.Integer(), nullable=True),
        sa.Column("specific_objective", sa.String(), nullable=True),
        sa.Column("postcode", sa.String(), nullable=True),
        sa.Column("nuts", sa.String(), nullable=True),
        sa.Column(
            "summary", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_grant_disclosure_grant"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_grant_disclosure")),
        sa.UniqueConstraint("municipality_id", "grant", name="uq_grant_disclosure_grant"),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_grant_disclosure_key")),
        schema="projects",
    )
    op.create_table(
        "operation",
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
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=True),
        sa.Column("beneficiary", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("total_cost", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("rate", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.Column("union_share", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("national_share", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("shares_computed", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("intervention", sa.String(), nullable=True),
        sa.Column("intervention_code", sa.Integer(), nullable=True),
        sa.Column("specific_objective", sa.String(), nullable=True),
        sa.Column("listed_from", sa.Date(), nullable=False),
        sa.Column("listed_until", sa.Date(), nullable=True),
        sa.Column("grant", sa.String(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_operation_ends_after_its_start")),
        sa.CheckConstraint("total_cost >= 0", name=op.f("ck_operation_money_is_not_negative")),
        sa.CheckConstraint(
            "union_share + national_share = total_cost",
            name=op.f("ck_operation_shares_give_the_total"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_operation_grant"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "list"],
            ["projects.operation_list.municipality_id", "projects.operation_list.key"],
            name=op.f("fk_operation_list"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_operation")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_operation_key")),
        schema="projects",
    )
    op.create_index(
        "ix_operation_grant",
        "operation",
        ["municipality_id", "grant"],
        unique=False,
        schema="projects",
    )
    op.create_index(
        "ix_operation_list",
        "operation",
        ["municipality_id", "list"],
        unique=False,
        schema="projects",
    )
    for table in ("operation_list", "operation", "grant_disclosure"):
        for statement in ddl.resource("projects", table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_operation_list", table_name="operation", schema="projects")
    op.drop_index("ix_operation_grant", table_name="operation", schema="projects")
    op.drop_table("operation", schema="projects")
    op.drop_table("grant_disclosure", schema="projects")
    op.drop_table("operation_list", schema="projects")
