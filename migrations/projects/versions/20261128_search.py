"""What is searched"""

from alembic import op

from services.kit import ddl

revision = "p_search"
down_revision = "p_proofs_of_use"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.search("projects"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_search("projects"):
        op.execute(statement)
