"""Evidence files, and their contents kept once"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "p_evidence_files"
down_revision = "p_entries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    for statement in ddl.contents("projects"):
        op.execute(statement)
    op.create_table(
        "evidence_file",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("changed_at", moment, server_default=now, nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("mime_type", sa.String(), nullable=False),
        sa.Column("charset", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha512", sa.String(), nullable=False),
        sa.Column("withdrawn_at", moment, nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_evidence_file_for_the_administration")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (reason IS NULL)", name=op.f("ck_evidence_file_reason")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_evidence_file")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_evidence_file_key")),
        schema="projects",
    )
    op.create_index(
        op.f("ix_evidence_file_sha512"),
        "evidence_file",
        ["municipality_id", "sha512"],
        unique=False,
        schema="projects",
    )
    for statement in ddl.resource("projects", "evidence_file"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("evidence_file", schema="projects")
    for statement in ddl.drop_contents("projects"):
        op.execute(statement)
