"""What changed after measures, as of each release"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p021"
down_revision = "p_targets_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    op.create_table(
        "measure_effect",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("release", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", json, nullable=False),
        sa.Column("results", json, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "measure"],
            ["projects.measure.municipality_id", "projects.measure.key"],
            name=op.f("fk_measure_effect_measure"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "measure", "release", name=op.f("pk_measure_effect")
        ),
        schema="projects",
    )
    for statement in ddl.tenant_wall("projects", "measure_effect"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("measure_effect", schema="projects")
