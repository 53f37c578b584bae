"""links of threads name the period of a figure"""

from alembic import op

from services.kit import ddl

revision = "b_threads_2"
down_revision = "b_offsets"
branch_labels = None
depends_on = None

_FIGURE = "n.indicator || '/' || n.area"
DATED = {
    "evidence": (
        "n.id",
        [
            ("observation", _FIGURE, "recommendation", "n.recommendation", "'evidence'", ""),
            ("observation", _FIGURE, "resolution", "n.resolution", "'evidence'", ""),
        ],
        ["n.period", "n.period"],
    ),
}


def upgrade() -> None:
    for statement in ddl.dated_thread_links("boards", DATED):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.undated_thread_links("boards", DATED):
        op.execute(statement)
