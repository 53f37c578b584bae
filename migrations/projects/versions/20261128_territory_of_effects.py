"""The territory that an effect stands on, and until when

An effect that was found before does not say by which changes of the territory: it is looked up anew
until it is found again.
"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "p_territory_of_effects"
down_revision = "p_extra_caps"
branch_labels = None
depends_on = None

_DAY = "(evaluated_at AT TIME ZONE 'Europe/Berlin')::date"


def upgrade() -> None:
    op.add_column("measure_effect", sa.Column("territory", sa.Date()), schema="projects")
    op.add_column("measure_effect", sa.Column("until", sa.Date()), schema="projects")
    found = f"""
        UPDATE projects.measure_effect SET territory = {_DAY}, until = {_DAY}, results = coalesce((
            SELECT jsonb_agg(e || '{{"territory": null, "crosswalks": []}}' ORDER BY n)
            FROM jsonb_array_elements(results) WITH ORDINALITY AS r (e, n)), '[]')
        WHERE municipality_id = town"""
    op.execute(ddl.in_every_town("projects", found))
    op.alter_column("measure_effect", "territory", nullable=False, schema="projects")


def downgrade() -> None:
    op.drop_column("measure_effect", "until", schema="projects")
    op.drop_column("measure_effect", "territory", schema="projects")
    before = """
        UPDATE projects.measure_effect SET results = coalesce((
            SELECT jsonb_agg(e - 'territory' - 'crosswalks' ORDER BY n)
            FROM jsonb_array_elements(results) WITH ORDINALITY AS r (e, n)), '[]')
        WHERE municipality_id = town"""
    op.execute(ddl.in_every_town("projects", before))
