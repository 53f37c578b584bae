"""persons: purpose, consents, contact, deletion date"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "36a0c1d5e701"
down_revision = "c6d224f69c54"
branch_labels = None
depends_on = None

NAMES = ("given_name", "family_name")


def _json(name: str, default: str | None = None) -> sa.Column[object]:
    kind = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    return sa.Column(name, kind, server_default=default, nullable=default is None)


def upgrade() -> None:
    for column in (
        sa.Column("affix", sa.String(), nullable=True),
        sa.Column("gender", sa.String(), nullable=True),
        _json("email", "[]"),
        _json("phone", "[]"),
        sa.Column("address", sa.String(), nullable=True),
        _json("life"),
        sa.Column("purpose", sa.String(), server_default="board_work", nullable=False),
        sa.Column("public_by_law", sa.String(), nullable=True),
        _json("consents", "[]"),
        sa.Column("delete_on", sa.Date(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erasure_ground", sa.String(), nullable=True),
    ):
        op.add_column("person", column, schema="boards")
    for name in NAMES:
        op.alter_column("person", name, existing_type=sa.VARCHAR(), nullable=True, schema="boards")
    op.create_check_constraint(
        op.f("ck_person_named_until_erased"),
        "person",
        "erased_at IS NOT NULL OR (given_name IS NOT NULL AND family_name IS NOT NULL)",
        schema="boards",
    )
    op.create_index(
        op.f("ix_person_municipality_id_delete_on"),
        "person",
        ["municipality_id", "delete_on"],
        schema="boards",
        postgresql_where=sa.text("delete_on IS NOT NULL AND erased_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_person_municipality_id_delete_on"), "person", schema="boards")
    op.drop_constraint(op.f("ck_person_named_until_erased"), "person", schema="boards")
    for name in NAMES:
        named = f"""
            UPDATE boards.person SET {name} = '-', revision = revision + 1
            WHERE municipality_id = town AND {name} IS NULL"""
        op.execute(ddl.in_every_town("boards", named))
        op.alter_column("person", name, existing_type=sa.VARCHAR(), nullable=False, schema="boards")
    for name in (
        "erasure_ground",
        "erased_at",
        "delete_on",
        "consents",
        "public_by_law",
        "purpose",
        "life",
        "address",
        "phone",
        "email",
        "gender",
        "affix",
    ):
        op.drop_column("person", name, schema="boards")
