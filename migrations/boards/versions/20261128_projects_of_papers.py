"""Which projects and measures papers are about"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b0281128m001"
down_revision = "b0281128c003"
branch_labels = None
depends_on = None

_COLUMNS = {"projects": "'[]'", "measures": "'[]'", "funded": "'{}'"}


def upgrade() -> None:
    for name, nothing in _COLUMNS.items():
        json = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
        column = sa.Column(name, json, nullable=False, server_default=sa.text(nothing))
        op.add_column("paper", column, schema="boards")
        op.alter_column("paper", name, server_default=None, schema="boards")


def downgrade() -> None:
    for name in _COLUMNS:
        op.drop_column("paper", name, schema="boards")
