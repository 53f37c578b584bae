"""Target indicators that count people without a code of the ESF Plus"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "p_people_of_targets"
down_revision = "p_evidence_files"
branch_labels = None
depends_on = None

_PEOPLE = (
    "\\m(person(en|s)?|persone|people|mensch(en)?|teilnehm\\w+|participants?|partecipanti"
    "|kind(er|ern)?|jugendliche[nr]?|schüler\\w*|frauen|männer|children|pupils|women|men)\\M"
)


def upgrade() -> None:
    op.add_column("target_indicator", sa.Column("people", sa.Boolean()), schema="projects")
    counts = sa.Column(
        "counts_people", sa.Boolean(), server_default=sa.text("false"), nullable=False
    )
    op.add_column("target_indicator", counts, schema="projects")
    # What was hidden stays so, and what sounds like people is hidden until somebody says otherwise.
    people = f"""
        UPDATE projects.target_indicator
        SET counts_people = true, revision = revision + 1, changed_at = now()
        WHERE municipality_id = town AND (
            esf_code NOT IN ('EECO18', 'EECO19')
            OR esf_code IS NULL AND EXISTS (
                SELECT FROM jsonb_each_text(unit) AS one WHERE one.value ~* '{_PEOPLE}'))"""
    op.execute(ddl.in_every_town("projects", people))
    op.alter_column("target_indicator", "counts_people", server_default=None, schema="projects")


def downgrade() -> None:
    op.drop_column("target_indicator", "counts_people", schema="projects")
    op.drop_column("target_indicator", "people", schema="projects")
