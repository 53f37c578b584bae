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
    op.create_table(
        "file_content",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha512", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality_id", "sha512", name=op.f("pk_file_content")),
        schema="projects",
    )
    op.create_table(
        "file_part",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha512", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "sha512"],
            ["projects.file_content.municipality_id", "projects.file_content.sha512"],
            name=op.f("fk_file_part_municipality_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "sha512", "number", name=op.f("pk_file_part")),
        schema="projects",
    )
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
    # Documents and pictures are packed already: to compress them again would gain nothing.
    op.execute("ALTER TABLE projects.file_part ALTER COLUMN body SET STORAGE EXTERNAL")
    for table in ("file_content", "file_part"):
        for statement in ddl.tenant_wall("projects", table):
            op.execute(statement)
    for statement in ddl.resource("projects", "evidence_file"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("evidence_file", schema="projects")
    op.drop_table("file_part", schema="projects")
    op.drop_table("file_content", schema="projects")
