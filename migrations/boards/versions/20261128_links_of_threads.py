"""links of threads: on what boards decide, and what they say to whom"""

from alembic import op

from services.kit import ddl

revision = "b_threads_1"
down_revision = "b0281128m001"
branch_labels = None
depends_on = None

_FINDINGS = "CROSS JOIN LATERAL jsonb_array_elements(n.findings) AS f"
_FIGURE = "n.indicator || '/' || n.area"


def _each(column: str) -> str:
    return f"CROSS JOIN LATERAL jsonb_array_elements_text(n.{column}) AS e"


LINKS = {
    "recommendation": (
        "n.id",
        [
            ("finding", "f ->> 'key'", "recommendation", "n.key", "'answered_by'", _FINDINGS),
            ("paper", "n.paper", "recommendation", "n.key", "'advised_on'", ""),
        ],
    ),
    "resolution": (
        "n.id",
        [
            ("finding", "f ->> 'key'", "resolution", "n.key", "'answered_by'", _FINDINGS),
            ("paper", "n.paper", "resolution", "n.key", "'advised_on'", ""),
            ("resolution", "n.key", "strategy", "n.strategy", "'legitimises'", ""),
        ],
    ),
    "resolution_response": (
        "n.resolution || '/' || n.recommendation",
        [("recommendation", "n.recommendation", "resolution", "n.resolution", "n.kind", "")],
    ),
    "resolution_ending": (
        "n.resolution || '/' || n.ended",
        [("resolution", "n.ended", "resolution", "n.resolution", "n.kind", "")],
    ),
    "evidence": (
        "n.id",
        [
            ("observation", _FIGURE, "recommendation", "n.recommendation", "'evidence'", ""),
            ("observation", _FIGURE, "resolution", "n.resolution", "'evidence'", ""),
        ],
    ),
    "paper": (
        "n.id",
        [
            ("paper", "e", "paper", "n.key", "'contains'", _each("superordinate")),
            ("paper", "n.key", "project", "e", "'names'", _each("projects")),
            ("paper", "n.key", "measure", "e", "'names'", _each("measures")),
        ],
    ),
    "publication_version": (
        "n.id",
        [("indicator", "e", "publication", "n.publication", "'cited_in'", _each("indicators"))],
    ),
}


def upgrade() -> None:
    for statement in ddl.thread_links("boards", LINKS):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_thread_links("boards", LINKS):
        op.execute(statement)
