"""rules of needs analysis say who is to see to what they find"""

import sqlalchemy as sa
from alembic import op

revision = "i_findings_responsible"
down_revision = "i_entries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "needs_rule", sa.Column("responsible", sa.String(), nullable=True), schema="indicators"
    )


def downgrade() -> None:
    op.drop_column("needs_rule", "responsible", schema="indicators")
