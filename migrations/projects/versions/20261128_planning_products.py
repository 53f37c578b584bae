"""What tasks of planning have produced"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "p022"
down_revision = "p_targets_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    op.add_column(
        "planning_task",
        sa.Column("products", json, nullable=False, server_default=sa.text("'[]'")),
        schema="projects",
    )
    op.alter_column("planning_task", "products", server_default=None, schema="projects")


def downgrade() -> None:
    op.drop_column("planning_task", "products", schema="projects")
