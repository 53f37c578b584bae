"""files, and their contents kept once"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "7d0c5a1e9b42"
down_revision = "7341cca5c921"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.contents("boards"):
        op.execute(statement)
    op.add_column("file_content", sa.Column("text", sa.String(), nullable=True), schema="boards")
    op.create_table(
        "file",
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
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("mime_type", sa.String(), nullable=False),
        sa.Column("charset", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha512", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(subject_kind IS NULL) = (subject IS NULL)", name=op.f("ck_file_subject")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (reason IS NULL)", name=op.f("ck_file_reason")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_file")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_file_key")),
        schema="boards",
    )
    op.create_index(
        op.f("ix_file_municipality_id_subject_kind_subject_key"),
        "file",
        ["municipality_id", "subject_kind", "subject", "key"],
        unique=False,
        schema="boards",
    )
    op.create_index(
        op.f("ix_file_municipality_id_sha512"),
        "file",
        ["municipality_id", "sha512"],
        unique=False,
        schema="boards",
    )
    for statement in ddl.resource("boards", "file"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("file", schema="boards")
    for statement in ddl.drop_contents("boards"):
        op.execute(statement)
