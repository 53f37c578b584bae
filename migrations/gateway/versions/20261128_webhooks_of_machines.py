"""Machines have webhooks of their own"""

import sqlalchemy as sa
from alembic import op

revision = "g_webhooks_own"
down_revision = "g_entries"
branch_labels = None
depends_on = None
_KEY = "fk_webhook_api_key"


def upgrade() -> None:
    op.add_column("webhook", sa.Column("api_key", sa.Uuid(), nullable=True), schema="gateway")
    op.create_foreign_key(
        _KEY,
        "webhook",
        "api_key",
        ["municipality_id", "api_key"],
        ["municipality_id", "id"],
        source_schema="gateway",
        referent_schema="gateway",
    )


def downgrade() -> None:
    op.drop_constraint(_KEY, "webhook", schema="gateway", type_="foreignkey")
    op.drop_column("webhook", "api_key", schema="gateway")
