"""files that are kept elsewhere, and those that were erased"""

import sqlalchemy as sa
from alembic import op

from services.kit import ddl

revision = "c1d94f0e27a8"
down_revision = "5026c5991b6e"
branch_labels = None
depends_on = None

REASON = "(withdrawn_at IS NULL) = (reason IS NULL)"
MAY_BE_NULL = {
    "name": (sa.VARCHAR(), "'-'"),
    "file_name": (sa.VARCHAR(), "'-'"),
    "size": (sa.BigInteger(), "0"),
    "sha512": (sa.VARCHAR(), "'-'"),
}


def upgrade() -> None:
    for column in (
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("download_link", sa.String(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("file", column, schema="boards")
    for name, (kind, _) in MAY_BE_NULL.items():
        op.alter_column("file", name, existing_type=kind, nullable=True, schema="boards")
    op.create_unique_constraint(
        op.f("uq_file_external_id"), "file", ["municipality_id", "external_id"], schema="boards"
    )
    op.drop_constraint(op.f("ck_file_reason"), "file", schema="boards")
    for name, rule in (
        ("reason", REASON),
        ("named_until_erased", "(name IS NOT NULL AND file_name IS NOT NULL)"),
        ("kept_here_or_elsewhere", "(link IS NULL) = (sha512 IS NOT NULL)"),
    ):
        op.create_check_constraint(
            op.f(f"ck_file_{name}"), "file", f"erased_at IS NOT NULL OR {rule}", schema="boards"
        )


def downgrade() -> None:
    for name in ("reason", "named_until_erased", "kept_here_or_elsewhere"):
        op.drop_constraint(op.f(f"ck_file_{name}"), "file", schema="boards")
    for name, (kind, filled) in MAY_BE_NULL.items():
        named = f"""
            UPDATE boards.file SET {name} = {filled}, revision = revision + 1
            WHERE municipality_id = town AND {name} IS NULL"""
        op.execute(ddl.in_every_town("boards", named))
        op.alter_column("file", name, existing_type=kind, nullable=False, schema="boards")
    reasoned = """
        UPDATE boards.file SET reason = '-', revision = revision + 1
        WHERE municipality_id = town AND withdrawn_at IS NOT NULL AND reason IS NULL"""
    op.execute(ddl.in_every_town("boards", reasoned))
    op.create_check_constraint(op.f("ck_file_reason"), "file", REASON, schema="boards")
    for name in ("erased_at", "external_id", "download_link", "link"):
        op.drop_column("file", name, schema="boards")
