"""calendars of what is due in all services"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "9c41f7d0ab26"
down_revision = "4f3412614168"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deadline_feed",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(
            sa.Column(
                name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
            )
            for name in ("created_at", "changed_at")
        ),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        *(
            sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=False)
            for name in ("kinds", "services", "responsible", "roles")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_deadline_feed")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_deadline_feed_key")),
        sa.UniqueConstraint("municipality_id", "digest", name=op.f("uq_deadline_feed_digest")),
        schema="gateway",
    )
    for statement in ddl.resource("gateway", "deadline_feed"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("deadline_feed", schema="gateway")
