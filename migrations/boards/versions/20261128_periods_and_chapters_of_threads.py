"""links of threads name the period of a figure, and chapters of reports what they are about"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "b_threads_2"
down_revision = "b_amendments_follow"
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
_NAMED = (
    "indicator",
    "observation",
    "finding",
    "recommendation",
    "resolution",
    "measure",
)
_NAMES = "CROSS JOIN LATERAL jsonb_array_elements(n.names) AS e"
CHAPTERS = (
    "n.key",
    [
        *(
            (
                kind,
                f"CASE e ->> 'type' WHEN '{kind}' THEN e ->> 'key' END",
                "chapter",
                "n.key",
                "'cited_in'",
                _NAMES,
            )
            for kind in _NAMED
        ),
        ("publication", "n.publication", "chapter", "n.key", "'contains'", ""),
    ],
    [*("e ->> 'at'" for _ in _NAMED), "NULL"],
)


def upgrade() -> None:
    op.create_table(
        "report_chapter",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("titles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("publication", sa.String(), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "report", "number"],
            [
                "boards.report_edition.municipality_id",
                "boards.report_edition.report",
                "boards.report_edition.number",
            ],
            name=op.f("fk_report_chapter_report"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "key", name=op.f("pk_report_chapter")),
        sa.UniqueConstraint(
            "municipality_id", "report", "number", "place", name=op.f("uq_report_chapter_report")
        ),
        schema="boards",
    )
    for statement in ddl.tenant_wall("boards", "report_chapter"):
        op.execute(statement)
    for statement in ddl.dated_thread_links("boards", DATED):
        op.execute(statement)
    for statement in ddl.more_thread_links("boards", "report_chapter", *CHAPTERS):
        op.execute(statement)


def downgrade() -> None:
    unsaid = """
        DELETE FROM boards.thread_link
        WHERE municipality_id = town AND said_by LIKE 'report_chapter/%'"""
    op.execute(ddl.in_every_town("boards", unsaid))
    op.drop_table("report_chapter", schema="boards")
    op.execute("DROP FUNCTION boards.link_report_chapter()")
    for statement in ddl.undated_thread_links("boards", DATED):
        op.execute(statement)
