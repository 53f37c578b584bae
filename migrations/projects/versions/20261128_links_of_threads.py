"""links of threads: what measures answer, what pays for them, and what they are to change"""

from alembic import op

from services.kit import ddl

revision = "p_threads_1"
down_revision = "p_proofs_of_use"
branch_labels = None
depends_on = None


def _each(column: str, part: str = "jsonb_array_elements_text") -> str:
    return f"CROSS JOIN LATERAL {part}(n.{column}) AS e"


_TARGETS = _each("targets", "jsonb_array_elements")
_RESULTS = _each("results", "jsonb_array_elements")
_FIGURE = "(e ->> 'indicator') || '/' || (e ->> 'area')"
_OF_MEASURE = f"n.key || '/' || {_FIGURE}"
_OF_EFFECT = f"n.measure || '/' || {_FIGURE}"
LINKS = {
    "strategy": (
        "n.id",
        [("resolution", "n.resolution", "strategy", "n.key", "'legitimises'", "")],
    ),
    "measure": (
        "n.id",
        [
            ("finding", "e", "measure", "n.key", "'answered_by'", _each("findings")),
            ("recommendation", "n.recommendation", "measure", "n.key", "'answered_by'", ""),
            ("resolution", "n.mandate", "measure", "n.key", "'mandates'", ""),
            ("strategy", "n.strategy", "measure", "n.key", "'contains'", ""),
            ("strategy", "e", "measure", "n.key", "'contains'", _each("action_plans")),
            ("measure", "n.key", "project", "n.project", "'carried_out_in'", ""),
            ("measure", "n.key", "grant", "e", "'funded_by'", _each("grants")),
            ("measure", "n.key", "target", _OF_MEASURE, "'aims_at'", _TARGETS),
        ],
    ),
    "measure_effect": (
        "n.measure || '/' || n.release",
        [
            ("target", _OF_EFFECT, "effect", _OF_EFFECT, "'followed_by'", _RESULTS),
            ("effect", _OF_EFFECT, "observation", _FIGURE, "'seen_in'", _RESULTS),
        ],
    ),
    "grant": (
        "n.id",
        [("project", "n.project", "grant", "n.key", "'funded_by'", "")],
    ),
    "position": (
        "n.id",
        [
            (
                "grant",
                "e ->> 'grant'",
                "position",
                "n.key",
                "'pays_for'",
                _each("funding", "jsonb_array_elements"),
            ),
        ],
    ),
    "expenditure": (
        "n.id",
        [
            (
                "grant",
                "e ->> 'grant'",
                "expenditure",
                "n.key",
                "'pays_for'",
                _each("parts", "jsonb_array_elements"),
            ),
        ],
    ),
    "claim": (
        "n.id",
        [
            ("grant", 'n."grant"', "claim", "n.key", "'claimed_by'", ""),
            ("expenditure", "e", "claim", "n.key", "'claimed_by'", _each("expenditures")),
        ],
    ),
    "result": (
        "n.id",
        [
            ("project", "n.project", "result", "n.key", "'aims_at'", ""),
            ("grant", 'n."grant"', "result", "n.key", "'aims_at'", ""),
        ],
    ),
    "target_indicator": (
        "n.id",
        [
            ("result", "n.result", "target", "n.key", "'measured_by'", ""),
            ("target", "n.key", "indicator", "n.indicator", "'measured_by'", ""),
        ],
    ),
}


def upgrade() -> None:
    for statement in ddl.thread_links("projects", LINKS):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_thread_links("projects", LINKS):
        op.execute(statement)
