"""legislative terms, the OParl profile, and the public side of the boards"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "0a71c1d5e738"
down_revision = "22dd8332e429"
branch_labels = None
depends_on = None

RESOURCES = ("legislative_term", "oparl_profile")
TABLES = ("oparl_object", "oparl_source", "oparl_stand")
FUNCTIONS = (
    """
    CREATE FUNCTION boards.oparl_moment(moment timestamptz) RETURNS text STABLE LANGUAGE sql AS $$
        SELECT to_char(moment AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD"T"HH24:MI:SS')
            || CASE WHEN here >= interval '0' THEN '+' ELSE '-' END
            || to_char(greatest(here, -here), 'HH24:MI')
        FROM (SELECT moment AT TIME ZONE 'Europe/Berlin' - moment AT TIME ZONE 'UTC') AS z (here)
    $$""",
    """
    CREATE FUNCTION boards.oparl_uuid(name text) RETURNS uuid IMMUTABLE LANGUAGE sql AS $$
        SELECT encode(set_byte(set_byte(hash, 6, get_byte(hash, 6) & 15 | 128),
                               8, get_byte(hash, 8) & 63 | 128), 'hex')::uuid
        FROM (SELECT substring(sha256(convert_to(name, 'UTF8')) FROM 1 FOR 16) AS hash) AS named
    $$""",
    """
    CREATE FUNCTION boards.oparl_url(collection text, id uuid) RETURNS text IMMUTABLE LANGUAGE sql
    AS $$ SELECT chr(1) || '/' || collection || '/' || id $$""",
    """
    CREATE FUNCTION boards.oparl_members(object json) RETURNS text IMMUTABLE LANGUAGE sql AS $$
        SELECT coalesce(',' || nullif(substr(made, 2, length(made) - 2), ''), '')
        FROM (SELECT json_strip_nulls(object)::text AS made) AS made
    $$""",
    """
    CREATE FUNCTION boards.oparl_tail(o boards.oparl_object) RETURNS text STABLE LANGUAGE sql AS $$
        SELECT ',"created":"' || boards.oparl_moment(o.created)
            || '","modified":"' || boards.oparl_moment(o.modified)
            || CASE WHEN o.deleted THEN '","deleted": true}' ELSE '"}' END
    $$""",
    """
    CREATE FUNCTION boards.oparl_whole(o boards.oparl_object) RETURNS text STABLE LANGUAGE sql AS $$
        SELECT o.head || o.content || o.internal || o.apart || o.back || boards.oparl_tail(o)
    $$""",
    """
    CREATE FUNCTION boards.oparl_lean(o boards.oparl_object) RETURNS text STABLE LANGUAGE sql AS $$
        SELECT o.head || o.content || o.apart || o.back || boards.oparl_tail(o)
    $$""",
    """
    CREATE FUNCTION boards.oparl_part(o boards.oparl_object) RETURNS json STABLE LANGUAGE sql AS $$
        SELECT (o.head || o.content || o.internal || boards.oparl_tail(o))::json
    $$""",
    """
    CREATE FUNCTION boards.oparl_is_current() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (SELECT FROM boards.oparl_stand
                       WHERE municipality_id = NEW.municipality_id AND seq >= NEW.seq) THEN
            RAISE EXCEPTION 'the public side was not brought up to entry %', NEW.seq;
        END IF;
        RETURN NULL;
    END $$""",
)
NAMES = (
    "is_current()",
    "part(boards.oparl_object)",
    "lean(boards.oparl_object)",
    "whole(boards.oparl_object)",
    "tail(boards.oparl_object)",
    "members(json)",
    "url(text, uuid)",
    "uuid(text)",
    "moment(timestamptz)",
)


def _resource(name: str, *columns: sa.Column[object] | sa.CheckConstraint) -> None:
    op.create_table(
        name,
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _moment("created_at", server_default=sa.text("now()"), nullable=False),
        _moment("changed_at", server_default=sa.text("now()"), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f(f"uq_{name}_key")),
        schema="boards",
    )
    for statement in ddl.resource("boards", name):
        op.execute(statement)


def _moment(name: str, **more: Any) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), **more)


def _json(name: str) -> sa.Column[object]:
    kind = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    return sa.Column(name, kind, nullable=False)


def _text(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=nullable)


def upgrade() -> None:
    _resource(
        "legislative_term",
        _json("name"),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_legislative_term_ends_after_start")
        ),
    )
    _resource(
        "oparl_profile",
        _json("name"),
        *map(_text, ("short_name", "classification", "website", "license")),
        _moment("license_valid_since", nullable=True),
        _moment("oparl_since", nullable=True),
        *map(_text, ("contact_name", "contact_email")),
        _json("equivalent"),
    )
    op.create_table(
        "oparl_object",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        _text("type", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _moment("created", nullable=False),
        _moment("modified", nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        *(_text(n, nullable=False) for n in ("head", "content", "internal", "apart", "back")),
        sa.Column("lists", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("municipality_id", "type", "id", name=op.f("pk_oparl_object")),
        schema="boards",
    )
    op.create_index(
        op.f("ix_oparl_object_municipality_id_type_modified"),
        "oparl_object",
        ["municipality_id", "type", "modified"],
        schema="boards",
    )
    op.create_index(
        op.f("ix_oparl_object_municipality_id_due"),
        "oparl_object",
        ["municipality_id", "due"],
        schema="boards",
        postgresql_where=sa.text("due IS NOT NULL"),
    )
    op.create_table(
        "oparl_source",
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Uuid(), nullable=False),
        _text("type", nullable=False),
        sa.Column("object", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality_id", "source", "type", "object", name=op.f("pk_oparl_source")
        ),
        schema="boards",
    )
    op.create_index(
        op.f("ix_oparl_source_municipality_id_type_object"),
        "oparl_source",
        ["municipality_id", "type", "object"],
        schema="boards",
    )
    op.create_table(
        "oparl_stand",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _text("version", nullable=False),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_oparl_stand")),
        schema="boards",
    )
    for table in ("oparl_source", "oparl_stand"):
        for statement in ddl.tenant_wall("boards", table):
            op.execute(statement)
    for function in FUNCTIONS:
        op.execute(function)
    # Whoever writes to the journal must have brought the public side up to date: what was hidden
    # a moment ago must not be readable a moment longer.
    op.execute("""
        CREATE CONSTRAINT TRIGGER public_side_is_current AFTER INSERT ON boards.journal
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION boards.oparl_is_current()""")


def downgrade() -> None:
    op.execute("DROP TRIGGER public_side_is_current ON boards.journal")
    for name in NAMES:
        op.execute(f"DROP FUNCTION boards.oparl_{name}")
    for table in reversed((*RESOURCES, *TABLES)):
        op.drop_table(table, schema="boards")
