"""links of threads name the period of a figure"""

from alembic import op

from services.kit import ddl

revision = "i_threads_2"
down_revision = "i_offsets"
branch_labels = None
depends_on = None

_EVIDENCE = "CROSS JOIN LATERAL jsonb_array_elements(n.evidence) AS e"
_FIGURE = "(e ->> 'indicator') || '/' || (e ->> 'area')"
DATED = {
    "finding": (
        "n.id",
        [("observation", _FIGURE, "finding", "n.key", "'shows'", _EVIDENCE)],
        ["e ->> 'period'"],
    ),
}


def upgrade() -> None:
    for statement in ddl.dated_thread_links("indicators", DATED):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.undated_thread_links("indicators", DATED):
        op.execute(statement)
