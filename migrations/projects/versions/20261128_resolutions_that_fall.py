"""Whether a resolution that something rests on still holds"""

import sqlalchemy as sa
from alembic import op

revision = "p_falls"
down_revision = "p_bookings_leave"
branch_labels = None
depends_on = None

_FALLS = "ck_reference_a_resolution_falls"


def upgrade() -> None:
    op.add_column("reference", sa.Column("fallen", sa.String(), nullable=True), schema="projects")
    op.add_column(
        "reference", sa.Column("fallen_from", sa.Date(), nullable=True), schema="projects"
    )
    op.create_check_constraint(
        op.f(_FALLS),
        "reference",
        "fallen IS NULL OR resource = 'resolutions'",
        schema="projects",
    )


def downgrade() -> None:
    op.drop_constraint(op.f(_FALLS), "reference", schema="projects")
    op.drop_column("reference", "fallen_from", schema="projects")
    op.drop_column("reference", "fallen", schema="projects")
