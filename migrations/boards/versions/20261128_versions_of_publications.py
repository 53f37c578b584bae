"""versions of publications, and withdrawing them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "5e81c3b7a4d6"
down_revision = "b0281128a001"
branch_labels = None
depends_on = None


def _json(name: str, *, nullable: bool = False) -> sa.Column[object]:
    kind = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    return sa.Column(name, kind, nullable=nullable)


def upgrade() -> None:
    for column in (
        sa.Column("commissioned_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
    ):
        op.add_column("publication", column, schema="boards")
    op.create_foreign_key(
        op.f("fk_publication_commissioned_by"),
        "publication",
        "body",
        ["municipality_id", "commissioned_by"],
        ["municipality_id", "key"],
        source_schema="boards",
        referent_schema="boards",
    )
    op.create_check_constraint(
        op.f("ck_publication_reason"),
        "publication",
        "(withdrawn_at IS NULL) = (reason IS NULL)",
        schema="boards",
    )
    op.create_table(
        "publication_version",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("publication", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        _json("changes", nullable=True),
        _json("files"),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("adopted_by", sa.String(), nullable=True),
        _json("indicators"),
        _json("releases"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (reason IS NULL)", name=op.f("ck_publication_version_reason")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "adopted_by"],
            ["boards.body.municipality_id", "boards.body.key"],
            name=op.f("fk_publication_version_adopted_by"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "publication"],
            ["boards.publication.municipality_id", "boards.publication.key"],
            name=op.f("fk_publication_version_publication"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_publication_version")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_publication_version_key")),
        sa.UniqueConstraint(
            "municipality_id", "publication", "number", name="uq_publication_version_number"
        ),
        schema="boards",
    )
    for statement in ddl.resource("boards", "publication_version"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("publication_version", schema="boards")
    op.drop_constraint(op.f("ck_publication_reason"), "publication", schema="boards")
    op.drop_constraint(op.f("fk_publication_commissioned_by"), "publication", schema="boards")
    for name in ("reason", "withdrawn_at", "commissioned_by"):
        op.drop_column("publication", name, schema="boards")
