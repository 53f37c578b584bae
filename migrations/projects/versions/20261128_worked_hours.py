"""Hours worked for grants in staffings, and the annual cost by which they are charged"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "p_worked_hours"
down_revision = "p_offsets"
branch_labels = None
depends_on = None

_ONE_PERSON = "ck_staffing_one_person_by_hours"


def upgrade() -> None:
    cost = sa.Column("annual_cost", sa.Numeric(precision=14, scale=2), nullable=True)
    op.add_column("staffing", cost, schema="projects")
    hours = sa.Column("hours", JSONB(), server_default=sa.text("'[]'"), nullable=False)
    op.add_column("staffing", hours, schema="projects")
    op.alter_column("staffing", "hours", server_default=None, schema="projects")
    op.create_check_constraint(
        op.f(_ONE_PERSON), "staffing", "hours = '[]' OR fte <= 1", schema="projects"
    )


def downgrade() -> None:
    op.drop_constraint(op.f(_ONE_PERSON), "staffing", schema="projects")
    op.drop_column("staffing", "hours", schema="projects")
    op.drop_column("staffing", "annual_cost", schema="projects")
