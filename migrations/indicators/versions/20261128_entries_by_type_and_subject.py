"""Events are looked up by type and by what they are about"""

from alembic import op

from services.kit import ddl

revision = "i_entries"
down_revision = "i_words_inside"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.entries_by_type_and_subject("indicators"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_entries_by_type_and_subject("indicators"):
        op.execute(statement)
