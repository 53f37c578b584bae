"""the wall asks once"""

from alembic import op

from services.kit import ddl

revision = "5a9d27c4e816"
down_revision = "8d0c1f7e52aa"
branch_labels = None
depends_on = None

TABLES = ("staged", "observation")


def upgrade() -> None:
    for table in TABLES:
        for statement in ddl.ask_once("indicators", table):
            op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        for statement in ddl.ask_each_time("indicators", table):
            op.execute(statement)
