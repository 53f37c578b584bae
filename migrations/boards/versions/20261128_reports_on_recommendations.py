"""The recommendation that a report puts to a decision"""

import sqlalchemy as sa
from alembic import op

revision = "b_reports_on_recommendations"
down_revision = "b_search"
branch_labels = None
depends_on = None

_FOREIGN_KEY = "fk_coordinated_report_recommendation"


def upgrade() -> None:
    column = sa.Column("recommendation", sa.String(), nullable=True)
    op.add_column("coordinated_report", column, schema="boards")
    op.create_foreign_key(
        _FOREIGN_KEY,
        "coordinated_report",
        "recommendation",
        ["municipality_id", "recommendation"],
        ["municipality_id", "key"],
        source_schema="boards",
        referent_schema="boards",
    )


def downgrade() -> None:
    op.drop_constraint(_FOREIGN_KEY, "coordinated_report", schema="boards")
    op.drop_column("coordinated_report", "recommendation", schema="boards")
