"""Reasons of absence and exclusion that are erased with the person"""

import sqlalchemy as sa
from alembic import op

revision = "b0281128c002"
down_revision = "b0281128c001"
branch_labels = None
depends_on = None

DECIDED = "(state = 'proposed') = (decision_reason IS NULL)"


def _decided(condition: str) -> None:
    name = op.f("ck_exclusion_decided_with_a_reason")
    op.drop_constraint(name, "exclusion", schema="boards", type_="check")
    op.create_check_constraint(name, "exclusion", condition, schema="boards")


def upgrade() -> None:
    for table in ("attendance", "exclusion"):
        erased_at = sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True)
        op.add_column(table, erased_at, schema="boards")
    _decided(f"erased_at IS NOT NULL OR {DECIDED}")


def downgrade() -> None:
    _decided(DECIDED)
    for table in ("attendance", "exclusion"):
        op.drop_column(table, "erased_at", schema="boards")
