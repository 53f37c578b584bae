"""What each object said of its place, so that it can be taken away again"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "b_what_each_paper_said"
down_revision = "b_decided_again"
branch_labels = None
depends_on = None

_HELD = """
    UPDATE boards.oparl_object_read AS r SET held = o.parent FROM boards.{table} AS o
    WHERE r.municipality_id = town AND o.municipality_id = town AND o.parent IS NOT NULL
      AND r.type = 'Organization' AND r.collection = '{collection}' AND r.key = o.key;"""
_ABOVE = """
    UPDATE boards.oparl_object_read AS r SET above = p.said
    FROM (
        SELECT p.key, jsonb_agg(a.external_id ORDER BY s.place) AS said
        FROM boards.paper AS p
        CROSS JOIN jsonb_array_elements_text(p.superordinate) WITH ORDINALITY AS s (key, place)
        JOIN boards.paper AS a ON a.municipality_id = town AND a.key = s.key
        WHERE p.municipality_id = town AND a.external_id IS NOT NULL
        GROUP BY p.key) AS p
    WHERE r.municipality_id = town AND r.type = 'Paper' AND r.key = p.key;"""


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
    # What was read before did not note it: what things belong to now is what their source said, and
    # the next reading is a whole one, and looks at each anew.
    for statement in (
        _HELD.format(table="body", collection="bodies"),
        _HELD.format(table="organisation", collection="organisations"),
        _ABOVE,
    ):
        op.execute(ddl.in_every_town("boards", statement))
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
