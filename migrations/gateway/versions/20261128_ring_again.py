"""The worker hears of a job that is queued again"""

from alembic import op

from services.kit import ddl

revision = "g_ring_again"
down_revision = "g_webhooks_own"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.ring_again("gateway"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_ring_again("gateway"):
        op.execute(statement)
