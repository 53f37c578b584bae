"""How numbers of papers and resolutions are written; who chairs by office is said by the seat"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b0281128c003"
down_revision = "b0281128c002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("resolution_numbers", "paper_numbers"):
        op.add_column("body", sa.Column(name, sa.String(), nullable=True), schema="boards")
    op.drop_column("body", "chair_office", schema="boards")


def downgrade() -> None:
    office = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    op.add_column("body", sa.Column("chair_office", office, nullable=True), schema="boards")
    for name in ("paper_numbers", "resolution_numbers"):
        op.drop_column("body", name, schema="boards")
