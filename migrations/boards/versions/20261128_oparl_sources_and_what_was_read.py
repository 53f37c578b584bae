"""OParl sources and what was read"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "5026c5991b6e"
down_revision = "0a71c1d5e738"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "oparl_server",
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
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("list", sa.String(), nullable=True),
        sa.Column("next", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "next IS NULL OR list IS NOT NULL", name=op.f("ck_oparl_server_page_of_a_list")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_oparl_server")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_oparl_server_key")),
        schema="boards",
    )
    op.create_table(
        "oparl_object_read",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("collection", sa.String(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column(
            "waits_for", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("raw", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id", "source"],
            ["boards.oparl_server.municipality_id", "boards.oparl_server.key"],
            name=op.f("fk_oparl_object_read_source"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "source", "external_id", name=op.f("pk_oparl_object_read")
        ),
        schema="boards",
    )
    op.create_index(
        "ix_oparl_object_read_waits_for",
        "oparl_object_read",
        ["waits_for"],
        unique=False,
        schema="boards",
        postgresql_using="gin",
    )
    for statement in ddl.resource("boards", "oparl_server"):
        op.execute(statement)
    for statement in ddl.tenant_wall("boards", "oparl_object_read"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("oparl_object_read", schema="boards")
    op.drop_table("oparl_server", schema="boards")
