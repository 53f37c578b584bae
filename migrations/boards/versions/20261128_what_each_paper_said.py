"""What each object said of its place, so that it can be taken away again"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "b_what_each_paper_said"
down_revision = "b_decided_again"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("above", "below"):
        op.add_column(
            "oparl_object_read",
            sa.Column(name, postgresql.JSONB(none_as_null=True), nullable=True),
            schema="boards",
        )
    op.add_column(
        "oparl_object_read", sa.Column("held", sa.String(), nullable=True), schema="boards"
    )
    op.create_index(
        "ix_oparl_object_read_below",
        "oparl_object_read",
        ["below"],
        schema="boards",
        postgresql_using="gin",
    )
    # What was read before did not note it: the next reading is a whole one, and looks at each anew.
    anew = """
        UPDATE boards.oparl_object_read SET digest = NULL
        WHERE municipality_id = town AND type IN ('Paper', 'Organization') AND NOT deleted;
        UPDATE boards.oparl_server
        SET read_at = NULL, revision = revision + 1, changed_at = now()
        WHERE municipality_id = town AND read_at IS NOT NULL"""
    op.execute(ddl.in_every_town("boards", anew))


def downgrade() -> None:
    op.drop_index("ix_oparl_object_read_below", "oparl_object_read", schema="boards")
    for name in ("held", "below", "above"):
        op.drop_column("oparl_object_read", name, schema="boards")
