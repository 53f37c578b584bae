"""The local rules that hold for money passed on"""

import sqlalchemy as sa
from alembic import op

revision = "p_local_rules"
down_revision = "p_people_of_targets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("onward_grant", sa.Column("rule_scope", sa.String()), schema="projects")


def downgrade() -> None:
    op.drop_column("onward_grant", "rule_scope", schema="projects")
