"""Coordinated reports and their editions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "b_coordinated_reports"
down_revision = "b_threads_1"
branch_labels = None
depends_on = None


def _json(name: str, *, nullable: bool = False) -> sa.Column[object]:
    kind = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    return sa.Column(name, kind, nullable=nullable)


def _resource() -> list[sa.Column[object]]:
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    return [
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("changed_at", moment, server_default=now, nullable=False),
    ]


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_id", column],
        [f"boards.{target}.municipality_id", f"boards.{target}.key"],
        name=op.f(f"fk_{table}_{column}"),
    )


def upgrade() -> None:
    op.create_table(
        "coordinated_report",
        *_resource(),
        sa.Column("kind", sa.String(), nullable=False),
        _json("title"),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("strategy", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        _json("indicators"),
        _json("chapters"),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("publication", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "visibility = 'administration'",
            name=op.f("ck_coordinated_report_for_the_administration"),
        ),
        sa.CheckConstraint(
            "stage IN ('draft', 'in_review', 'approved', 'published')"
            " AND (stage = 'draft' OR edition IS NOT NULL)",
            name=op.f("ck_coordinated_report_stage"),
        ),
        _refers("coordinated_report", "body", "body"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_coordinated_report")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_coordinated_report_key")),
        schema="boards",
    )
    op.create_table(
        "report_content",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        _json("content"),
        sa.PrimaryKeyConstraint("municipality_id", "sha256", name=op.f("pk_report_content")),
        schema="boards",
    )
    op.create_table(
        "report_edition",
        *_resource(),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        _json("changes", nullable=True),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("publication", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "stage IN ('in_review', 'returned', 'approved', 'published')"
            " AND (stage = 'in_review') = (decided_by IS NULL)"
            " AND (stage = 'returned') = (reason IS NOT NULL)"
            " AND (stage = 'published') = (version IS NOT NULL)"
            " AND (version IS NULL) = (publication IS NULL)",
            name=op.f("ck_report_edition_stage"),
        ),
        sa.CheckConstraint(
            "stage NOT IN ('approved', 'published') OR decided_by <> made_by",
            name=op.f("ck_report_edition_approved_by_a_second"),
        ),
        sa.CheckConstraint(
            "stage = 'published' OR visibility = 'administration'",
            name=op.f("ck_report_edition_hidden_until_published"),
        ),
        _refers("report_edition", "report", "coordinated_report"),
        _refers("report_edition", "publication", "publication"),
        sa.ForeignKeyConstraint(
            ["municipality_id", "sha256"],
            ["boards.report_content.municipality_id", "boards.report_content.sha256"],
            name=op.f("fk_report_edition_sha256"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_report_edition")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_report_edition_key")),
        sa.UniqueConstraint(
            "municipality_id", "report", "number", name=op.f("uq_report_edition_report")
        ),
        schema="boards",
    )
    for table in ("coordinated_report", "report_edition"):
        for statement in ddl.resource("boards", table):
            op.execute(statement)
    for statement in ddl.tenant_wall("boards", "report_content"):
        op.execute(statement)
    op.execute("REVOKE UPDATE, DELETE, TRUNCATE ON boards.report_content FROM planraum_boards")


def downgrade() -> None:
    for table in ("report_edition", "report_content", "coordinated_report"):
        op.drop_table(table, schema="boards")
