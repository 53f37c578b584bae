"""What an edition of a report is, nobody changes"""

from alembic import op

revision = "b_editions_of_reports_stay"
down_revision = "b_reports_on_recommendations"
branch_labels = None
depends_on = None

_MAY_CHANGE = "stage, decided_by, reason, publication, version, visibility, revision, changed_at"


def upgrade() -> None:
    op.execute("REVOKE UPDATE ON boards.report_edition FROM planraum_boards")
    op.execute(f"GRANT UPDATE ({_MAY_CHANGE}) ON boards.report_edition TO planraum_boards")


def downgrade() -> None:
    op.execute(f"REVOKE UPDATE ({_MAY_CHANGE}) ON boards.report_edition FROM planraum_boards")
    op.execute("GRANT UPDATE ON boards.report_edition TO planraum_boards")
