"""Topics of bodies"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b_topics_of_bodies"
down_revision = "b_what_each_paper_said"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "body",
        sa.Column(
            "topics",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
            server_default=sa.text("'[]'::jsonb"),
        ),
        schema="boards",
    )
    op.alter_column("body", "topics", server_default=None, schema="boards")


def downgrade() -> None:
    op.drop_column("body", "topics", schema="boards")
