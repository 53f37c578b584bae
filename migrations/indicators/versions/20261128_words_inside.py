"""Words of what not everybody may see, and where a document is read"""

from alembic import op

from services.kit import ddl

revision = "i_words_inside"
down_revision = "i_threads_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.search_words_inside("indicators"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_search_words_inside("indicators"):
        op.execute(statement)
