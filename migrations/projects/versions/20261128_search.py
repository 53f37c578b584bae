"""What is searched"""

from alembic import op

from services.kit import ddl

revision = "p_search"
down_revision = "p_threads_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.search("projects"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_search("projects"):
        op.execute(statement)
