"""links of threads: which figures a finding rests on"""

from alembic import op

from services.kit import ddl

revision = "i_threads_1"
down_revision = "5a9d27c4e816"
branch_labels = None
depends_on = None

_EVIDENCE = "CROSS JOIN LATERAL jsonb_array_elements(n.evidence) AS e"
LINKS = {
    "finding": (
        "n.id",
        [
            (
                "observation",
                "(e ->> 'indicator') || '/' || (e ->> 'area')",
                "finding",
                "n.key",
                "'shows'",
                _EVIDENCE,
            ),
        ],
    ),
}


def upgrade() -> None:
    for statement in ddl.thread_links("indicators", LINKS):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_thread_links("indicators", LINKS):
        op.execute(statement)
