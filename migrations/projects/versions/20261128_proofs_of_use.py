"""Proofs of use as they were made"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_proofs_of_use"
down_revision = "p_obligations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    op.create_table(
        "proof_of_use",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("changed_at", moment, server_default=now, nullable=False),
        sa.Column("grant", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("obligation", sa.String(), nullable=True),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_proof_of_use_for_the_administration")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_proof_of_use_grant"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_proof_of_use")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_proof_of_use_key")),
        sa.UniqueConstraint(
            "municipality_id", "grant", "number", name=op.f("uq_proof_of_use_grant")
        ),
        schema="projects",
    )
    op.create_table(
        "proof_of_use_content",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column(
            "content",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("municipality_id", "sha256", name=op.f("pk_proof_of_use_content")),
        schema="projects",
    )
    for statement in ddl.resource("projects", "proof_of_use"):
        op.execute(statement)
    for statement in ddl.tenant_wall("projects", "proof_of_use_content"):
        op.execute(statement)
    op.execute("REVOKE UPDATE ON projects.proof_of_use FROM planraum_projects")
    op.execute(
        "REVOKE UPDATE, DELETE, TRUNCATE ON projects.proof_of_use_content FROM planraum_projects"
    )


def downgrade() -> None:
    op.drop_table("proof_of_use_content", schema="projects")
    op.drop_table("proof_of_use", schema="projects")
