"""the same bytes may mean something else"""

import sqlalchemy as sa
from alembic import op

revision = "8d0c1f7e52aa"
down_revision = "1e5fda7ad55a"
branch_labels = None
depends_on = None

INDEX = "ix_delivery_municipality_id_sha256"
ACCEPTED = sa.text("state NOT IN ('refused', 'rejected', 'withdrawn')")
# Before, the digest alone told files apart: of several deliveries of the same bytes all but the
# first carry their key behind it.
IN_EVERY_TOWN = """
    DO $$
    DECLARE town bigint;
    BEGIN
        PERFORM set_config('app.actor', 'migration', true);
        FOR town IN SELECT municipality_id FROM indicators.edition LOOP
            PERFORM set_config('app.municipality', town::text, true);
            UPDATE indicators.delivery AS d
            SET sha256 = {digest}, revision = revision + 1, changed_at = now()
            WHERE d.municipality_id = town AND {where};
        END LOOP;
        PERFORM set_config('app.municipality', '', true);
        PERFORM set_config('app.actor', '', true);
    END $$"""
MARKED = IN_EVERY_TOWN.format(
    digest="d.sha256 || ':' || d.key",
    where="""EXISTS (
                SELECT FROM indicators.delivery AS o
                WHERE o.municipality_id = town AND o.sha256 = d.sha256
                  AND (o.created_at, o.id) < (d.created_at, d.id))""",
)
PLAIN = IN_EVERY_TOWN.format(
    digest="split_part(d.sha256, ':', 1)", where="strpos(d.sha256, ':') > 0"
)


def upgrade() -> None:
    op.add_column(
        "delivery", sa.Column("mapping_revision", sa.Integer(), nullable=True), schema="indicators"
    )
    op.drop_index(INDEX, table_name="delivery", schema="indicators")
    op.create_index(
        INDEX, "delivery", ["municipality_id", "sha256"], unique=False, schema="indicators"
    )
    op.execute(PLAIN)


def downgrade() -> None:
    op.execute(MARKED)
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
