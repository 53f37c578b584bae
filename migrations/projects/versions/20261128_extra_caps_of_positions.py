"""The extra cap that a position counts against"""

import sqlalchemy as sa
from alembic import op

revision = "p_extra_caps"
down_revision = "p_falls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("position", sa.Column("rule_scope", sa.String()), schema="projects")


def downgrade() -> None:
    op.drop_column("position", "rule_scope", schema="projects")
