"""Files that somebody hid on purpose"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "b_files_hidden"
down_revision = "b_ring_again"
branch_labels = None
depends_on = None

_SHOWN_AND_HIDDEN = """
    UPDATE boards.file AS f SET narrowed = true, revision = revision + 1, changed_at = now()
    WHERE f.municipality_id = town AND f.subject_kind = 'publication'
      AND f.visibility = 'administration' AND EXISTS (
        SELECT FROM boards.publication_version AS v
        WHERE v.municipality_id = town AND v.publication = f.subject AND v.withdrawn_at IS NULL
          AND v.visibility <> 'administration' AND v.files ? f.key)"""


def upgrade() -> None:
    hidden = sa.Column("narrowed", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("file", hidden, schema="boards")
    # What a version shows and nobody may see was hidden after it came.
    op.execute(ddl.in_every_town("boards", _SHOWN_AND_HIDDEN))
    op.alter_column("file", "narrowed", server_default=None, schema="boards")


def downgrade() -> None:
    op.drop_column("file", "narrowed", schema="boards")
