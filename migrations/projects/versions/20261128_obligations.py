"""obligations, who sees to them, and their calendars"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_obligations"
down_revision = "p_jobs"
branch_labels = None
depends_on = None

_JSON = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())


def _resource() -> list[sa.Column[object]]:
    now = sa.text("now()")
    moment = sa.DateTime(timezone=True)
    return [
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("changed_at", moment, server_default=now, nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "obligation",
        *_resource(),
    )
