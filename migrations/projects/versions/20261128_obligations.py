"""obligations, who sees to them, and their calendars"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "p_obligations"
down_revision = "p022"
branch_labels = None
depends_on = None


def _json(name: str, *, nullable: bool = False) -> sa.Column[object]:
    kind = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    return sa.Column(name, kind, nullable=nullable)


def _resource() -> list[sa.Column[object]]:
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    return [
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
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
        sa.Column("grant", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        _json("title"),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("raw_due", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sorted_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        _json("clauses"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("substitute", sa.String(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        _json("reminders"),
        sa.CheckConstraint(
            "visibility = 'administration'", name=op.f("ck_obligation_for_the_administration")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'waived', 'dropped')", name=op.f("ck_obligation_state")
        ),
        sa.CheckConstraint(
            "(state = 'done') = (done_on IS NOT NULL)", name=op.f("ck_obligation_done_on_a_day")
        ),
        sa.CheckConstraint(
            "(due_on IS NULL) = (reason IS NOT NULL)", name=op.f("ck_obligation_a_day_or_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_obligation_grant"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_obligation_key")),
        sa.UniqueConstraint("municipality_id", "grant", "origin", name=op.f("uq_obligation_grant")),
        schema="projects",
    )
    op.create_index(
        "ix_obligation_due",
        "obligation",
        ["municipality_id", "state", "due_on"],
        unique=False,
        schema="projects",
    )
    op.create_table(
        "obligation_assignment",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("grant", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("substitute", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id", "grant"],
            ["projects.grant.municipality_id", "projects.grant.key"],
            name=op.f("fk_obligation_assignment_grant"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "grant", name=op.f("pk_obligation_assignment")),
        schema="projects",
    )
    op.create_table(
        "obligation_feed",
        *_resource(),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_obligation_feed")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_obligation_feed_key")),
        sa.UniqueConstraint("municipality_id", "digest", name=op.f("uq_obligation_feed_digest")),
        schema="projects",
    )
    for table in ("obligation", "obligation_feed"):
        for statement in ddl.resource("projects", table):
            op.execute(statement)
    for statement in ddl.tenant_wall("projects", "obligation_assignment"):
        op.execute(statement)


def downgrade() -> None:
    for table in ("obligation_feed", "obligation_assignment", "obligation"):
        op.drop_table(table, schema="projects")
