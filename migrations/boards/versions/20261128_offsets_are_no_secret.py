"""Followers look once how far they have come everywhere"""

from alembic import op

from services.kit import ddl

revision = "b_offsets"
down_revision = "b_editions_of_reports_stay"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(ddl.offsets_are_no_secret("boards"))


def downgrade() -> None:
    op.execute("DROP POLICY offsets_are_no_secret ON boards.follower")
