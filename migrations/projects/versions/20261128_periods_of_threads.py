"""links of threads name the period of a figure"""

from alembic import op

from services.kit import ddl

revision = "p_threads_2"
down_revision = "p_worked_hours"
branch_labels = None
depends_on = None

_RESULTS = "CROSS JOIN LATERAL jsonb_array_elements(n.results) AS e"
_FIGURE = "(e ->> 'indicator') || '/' || (e ->> 'area')"
_OF_EFFECT = f"n.measure || '/' || {_FIGURE}"
DATED = {
    "measure_effect": (
        "n.measure || '/' || n.release",
        [
            ("target", _OF_EFFECT, "effect", _OF_EFFECT, "'followed_by'", _RESULTS),
            ("effect", _OF_EFFECT, "observation", _FIGURE, "'seen_in'", _RESULTS),
        ],
        ["NULL", "e -> 'after' ->> 'period'"],
    ),
}


def upgrade() -> None:
    for statement in ddl.dated_thread_links("projects", DATED):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.undated_thread_links("projects", DATED):
        op.execute(statement)
