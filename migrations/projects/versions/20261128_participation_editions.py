"""Who takes part, as it was published"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_participation_editions"
down_revision = "p_staffings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    op.create_table(
        "participation_edition",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("monitoring", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("counts", json, nullable=False),
        sa.Column("rows", json, nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_participation_edition_number")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "monitoring"],
            ["projects.monitoring.municipality_id", "projects.monitoring.key"],
            name=op.f("fk_participation_edition_monitoring"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "monitoring", "number", name=op.f("pk_participation_edition")
        ),
        schema="projects",
    )
    for statement in ddl.tenant_wall("projects", "participation_edition"):
        op.execute(statement)
    op.execute(
        "REVOKE UPDATE, DELETE, TRUNCATE ON projects.participation_edition FROM planraum_projects"
    )


def downgrade() -> None:
    op.drop_table("participation_edition", schema="projects")
