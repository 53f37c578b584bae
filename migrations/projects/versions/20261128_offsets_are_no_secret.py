"""Followers look once how far they have come everywhere"""

from alembic import op

from services.kit import ddl

revision = "p_offsets"
down_revision = "p_participation_editions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(ddl.offsets_are_no_secret("projects"))


def downgrade() -> None:
    op.execute("DROP POLICY offsets_are_no_secret ON projects.follower")
