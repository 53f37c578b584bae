"""Events are looked up by type and by what they are about"""

from alembic import op

from services.kit import ddl

revision = "b_entries"
down_revision = "b_report_making"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.entries_by_type_and_subject("boards"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_entries_by_type_and_subject("boards"):
        op.execute(statement)
