"""Events are looked up by type and by what they are about"""

from alembic import op

from services.kit import ddl

revision = "p_entries"
down_revision = "p_words_inside"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.entries_by_type_and_subject("projects"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_entries_by_type_and_subject("projects"):
        op.execute(statement)
