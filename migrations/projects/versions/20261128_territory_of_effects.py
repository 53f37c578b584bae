"""The territory that an effect stands on, and until when

An effect that was found before does not say by which changes of the territory: it is looked up anew
until it is found again.
"""

import sqlalchemy as sa
from alembic import op

revision = "p_territory_of_effects"
down_revision = "p_extra_caps"
branch_labels = None
depends_on = None

_DAY = "(evaluated_at AT TIME ZONE 'Europe/Berlin')::date"
_TABLE = "ALTER TABLE projects.measure_effect"


def _of_all_towns(statement: str) -> None:
    """The wall stands aside for this statement, and no link of a thread is another afterwards."""
    op.execute(f"{_TABLE} NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER link")
    op.execute(statement)
    op.execute(f"{_TABLE} FORCE ROW LEVEL SECURITY, ENABLE TRIGGER link")


def upgrade() -> None:
    op.add_column("measure_effect", sa.Column("territory", sa.Date()), schema="projects")
    op.add_column("measure_effect", sa.Column("until", sa.Date()), schema="projects")
    _of_all_towns(f"""
        UPDATE projects.measure_effect SET territory = {_DAY}, until = {_DAY}, results = coalesce((
            SELECT jsonb_agg(e || '{{"territory": null, "crosswalks": []}}' ORDER BY n)
            FROM jsonb_array_elements(results) WITH ORDINALITY AS r (e, n)), '[]')""")
    op.alter_column("measure_effect", "territory", nullable=False, schema="projects")


def downgrade() -> None:
    op.drop_column("measure_effect", "until", schema="projects")
    op.drop_column("measure_effect", "territory", schema="projects")
    _of_all_towns("""
        UPDATE projects.measure_effect SET results = coalesce((
            SELECT jsonb_agg(e - 'territory' - 'crosswalks' ORDER BY n)
            FROM jsonb_array_elements(results) WITH ORDINALITY AS r (e, n)), '[]')""")
