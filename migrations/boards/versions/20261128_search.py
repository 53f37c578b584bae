"""What is searched"""

from alembic import op

from services.kit import ddl

revision = "b_search"
down_revision = "b_coordinated_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.search("boards"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_search("boards"):
        op.execute(statement)
