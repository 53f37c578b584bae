"""Journal, history, idempotency keys and follower offsets"""

from alembic import op

from services.kit import ddl

revision = "b001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.common_tables("boards"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_common_tables("boards"):
        op.execute(statement)
