"""Followers look once how far they have come everywhere"""

from alembic import op

from services.kit import ddl

revision = "g_offsets"
down_revision = "g_webhooks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(ddl.offsets_are_no_secret("gateway"))


def downgrade() -> None:
    op.execute("DROP POLICY offsets_are_no_secret ON gateway.follower")
