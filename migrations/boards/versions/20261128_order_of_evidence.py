"""The order in which evidence was given"""

import sqlalchemy as sa
from alembic import op

revision = "4c7be0a91d35"
down_revision = "2410936ae145"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "evidence",
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        schema="boards",
    )
    op.alter_column("evidence", "position", server_default=None, schema="boards")


def downgrade() -> None:
    op.drop_column("evidence", "position", schema="boards")
