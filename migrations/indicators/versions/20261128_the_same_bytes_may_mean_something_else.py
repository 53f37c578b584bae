"""the same bytes may mean something else"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "8d0c1f7e52aa"
down_revision = "1e5fda7ad55a"
branch_labels = None
depends_on = None

INDEX = "ix_delivery_municipality_id_sha256"
ACCEPTED = sa.text("state NOT IN ('refused', 'rejected', 'withdrawn')")
# Before, the digest alone told files apart: of several deliveries of the same bytes all but the
# first carry their key behind it.
MARKED = """
    UPDATE indicators.delivery AS d
    SET sha256 = d.sha256 || ':' || d.key, revision = revision + 1, changed_at = now()
    WHERE d.municipality_id = town AND EXISTS (
        SELECT FROM indicators.delivery AS o
        WHERE o.municipality_id = town AND o.sha256 = d.sha256
          AND (o.created_at, o.id) < (d.created_at, d.id))"""
PLAIN = """
    UPDATE indicators.delivery
    SET sha256 = split_part(sha256, ':', 1), revision = revision + 1, changed_at = now()
    WHERE municipality_id = town AND strpos(sha256, ':') > 0"""


def upgrade() -> None:
    op.add_column(
        "delivery", sa.Column("mapping_revision", sa.Integer(), nullable=True), schema="indicators"
    )
    op.drop_index(INDEX, table_name="delivery", schema="indicators")
    op.create_index(
        INDEX, "delivery", ["municipality_id", "sha256"], unique=False, schema="indicators"
    )
    op.execute(ddl.in_every_town("indicators", PLAIN))


def downgrade() -> None:
    op.execute(ddl.in_every_town("indicators", MARKED))
    op.drop_index(INDEX, table_name="delivery", schema="indicators")
    op.create_index(
        INDEX,
        "delivery",
        ["municipality_id", "sha256"],
        unique=True,
        schema="indicators",
        postgresql_where=ACCEPTED,
    )
    op.drop_column("delivery", "mapping_revision", schema="indicators")
