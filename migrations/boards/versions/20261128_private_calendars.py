"""private calendars"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "2410936ae145"
down_revision = "d9cbdcc2015c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(person IS NULL) <> (body IS NULL)", name=op.f("ck_calendar_feed_one_of_both")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "body"],
            ["boards.body.municipality_id", "boards.body.key"],
            name=op.f("fk_calendar_feed_body"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person"],
            ["boards.person.municipality_id", "boards.person.key"],
            name=op.f("fk_calendar_feed_person"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("municipality_id", "digest", name=op.f("uq_calendar_feed_digest")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_calendar_feed_key")),
        schema="boards",
    )
    for statement in ddl.resource("boards", "calendar_feed"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("calendar_feed", schema="boards")
