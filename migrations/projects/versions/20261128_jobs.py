"""what this service does in the background"""

from alembic import op

from services.kit import ddl

revision = "p_jobs"
down_revision = "p_operations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in ddl.job_queue("projects"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_job_queue("projects"):
        op.execute(statement)
