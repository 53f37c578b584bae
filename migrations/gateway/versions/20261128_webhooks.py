"""webhooks and what is sent to them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "g_webhooks"
down_revision = "9c41f7d0ab26"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _moment("created_at", default=True),
        _moment("changed_at", default=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("types", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("roles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("supplier", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("disabled_reason", sa.String(), nullable=True),
        _moment("disabled_at"),
        sa.Column("missed_from", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_webhook")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_webhook_key")),
        schema="gateway",
    )
    op.create_table(
        "webhook_secret",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        _moment("ends_at"),
        _of_a_webhook("webhook_secret"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_webhook_secret")),
        schema="gateway",
    )
    op.create_table(
        "webhook_delivery",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        _moment("next_at"),
        _moment("created_at", default=True),
        sa.Column("attempts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        _of_a_webhook("webhook_delivery"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_webhook_delivery")),
        sa.UniqueConstraint(
            "municipality_id",
            "webhook",
            "service",
            "seq",
            name=op.f("uq_webhook_delivery_webhook"),
        ),
        schema="gateway",
    )
    op.create_index(
        op.f("ix_webhook_delivery_municipality_id_webhook_state_next_at"),
        "webhook_delivery",
        ["municipality_id", "webhook", "state", "next_at"],
        schema="gateway",
    )
    op.create_table(
        "webhook_lane",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("webhook", sa.Uuid(), nullable=False),
        _moment("wake_at"),
        _moment("busy_until"),
        _moment("well_at"),
        _of_a_webhook("webhook_lane"),
        sa.PrimaryKeyConstraint("municipality_id", "webhook", name=op.f("pk_webhook_lane")),
        schema="gateway",
    )
    for statement in ddl.resource("gateway", "webhook"):
        op.execute(statement)
    for table in ("webhook_secret", "webhook_delivery", "webhook_lane"):
        for statement in ddl.tenant_wall("gateway", table):
            op.execute(statement)
    op.execute("CREATE POLICY lanes_are_no_secret ON gateway.webhook_lane FOR SELECT USING (true)")
    for statement in ddl.job_queue("gateway"):
        op.execute(statement)


def _moment(name: str, *, default: bool = False) -> sa.Column[object]:
    kind = sa.DateTime(timezone=True)
    if default:
        return sa.Column(name, kind, server_default=sa.text("now()"), nullable=False)
    return sa.Column(name, kind, nullable=True)


def _of_a_webhook(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_id", "webhook"],
        ["gateway.webhook.municipality_id", "gateway.webhook.id"],
        name=op.f(f"fk_{table}_webhook"),
    )


def downgrade() -> None:
    for statement in ddl.drop_job_queue("gateway"):
        op.execute(statement)
    for table in ("webhook_lane", "webhook_delivery", "webhook_secret", "webhook"):
        op.drop_table(table, schema="gateway")
