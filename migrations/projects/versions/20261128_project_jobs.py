"""Work of the projects service in the background"""

from alembic import op

from services.kit import ddl

revision = "p_targets_2"
down_revision = "p_targets_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.job_queue("projects"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_job_queue("projects"):
        op.execute(statement)
