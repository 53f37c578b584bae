"""Bookings that are of no grant any more, and the mapping by which a booking came"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "p_bookings_leave"
down_revision = "p_local_rules"
branch_labels = None
depends_on = None

_GONE = "ck_booking_of_a_grant_or_gone"
_BY_THEIR_GRANT = """
    UPDATE projects.booking AS b
    SET mapping = m.key
    FROM (
        SELECT rule ->> 'grant' AS "grant", min(m.key) AS key
        FROM projects.booking_mapping AS m
        CROSS JOIN LATERAL jsonb_array_elements(m.rules) AS rule
        WHERE m.municipality_id = town
        GROUP BY rule ->> 'grant'
        HAVING count(DISTINCT m.key) = 1
    ) AS m
    WHERE b.municipality_id = town AND m."grant" = b."grant"
"""
"""Where one mapping alone names the grant; of the others it is not known."""


def upgrade() -> None:
    op.add_column("booking", sa.Column("gone", sa.String(), nullable=True), schema="projects")
    op.add_column("booking", sa.Column("mapping", sa.String(), nullable=True), schema="projects")
    op.alter_column("booking", "grant", nullable=True, schema="projects")
    op.execute(ddl.in_every_town("projects", _BY_THEIR_GRANT))
    op.create_check_constraint(
        op.f(_GONE), "booking", '("grant" IS NULL) = (gone IS NOT NULL)', schema="projects"
    )


def downgrade() -> None:
    gone = "DELETE FROM projects.booking WHERE municipality_id = town AND gone IS NOT NULL"
    op.execute(ddl.in_every_town("projects", gone))
    op.drop_constraint(op.f(_GONE), "booking", schema="projects")
    op.alter_column("booking", "grant", nullable=False, schema="projects")
    op.drop_column("booking", "mapping", schema="projects")
    op.drop_column("booking", "gone", schema="projects")
