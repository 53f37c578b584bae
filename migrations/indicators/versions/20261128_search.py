"""What is searched"""

from alembic import op

from services.kit import ddl

revision = "i_search"
down_revision = "i_threads_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.search("indicators"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_search("indicators"):
        op.execute(statement)
