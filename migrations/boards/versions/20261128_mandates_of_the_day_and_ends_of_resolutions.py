"""Mandates of the day, powers of legitimation, ends of resolutions, votes on amendments"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "b0281128c001"
down_revision = "4c7be0a91d35"
branch_labels = None
depends_on = None

MANDATES_ON = """
    CREATE FUNCTION boards.mandates_on(b boards.body, day date) RETURNS jsonb
    LANGUAGE sql STABLE AS $$
        SELECT coalesce(
            (SELECT earlier -> 'mandates' FROM jsonb_array_elements(b.earlier_mandates) earlier
             WHERE (earlier ->> 'until')::date >= day ORDER BY earlier ->> 'until' LIMIT 1),
            b.mandates)
    $$"""
DECIDED_BY_MANDATE = """
    CREATE OR REPLACE FUNCTION boards.resolution_by_mandate() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM boards.body b
            WHERE b.municipality_id = NEW.municipality_id AND b.key = NEW.body
            AND {mandates} @> '["decides"]' AND (NEW.kind <> 'legitimation' OR b.kind = 'council'))
        OR EXISTS (
            SELECT FROM boards.consultation c
            WHERE c.municipality_id = NEW.municipality_id AND c.key = NEW.consultation
            AND c.role <> 'decides'){power}
        THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = 'boards',
                TABLE = 'resolution', CONSTRAINT = 'ck_resolution_by_mandate',
                MESSAGE = 'the body does not decide this';
        END IF;
        RETURN NEW;
    END $$"""
HAS_THE_POWER = """
        OR (NEW.kind = 'legitimation' AND NOT EXISTS (
            SELECT FROM boards.power p
            WHERE p.municipality_id = NEW.municipality_id AND p.key = NEW.power
            AND p.body = NEW.body AND p.kind = 'legitimises_strategy'
            AND NEW.decided_on >= coalesce(p.starts_on, NEW.decided_on)
            AND NEW.decided_on <= coalesce(p.ends_on, NEW.decided_on)))"""
DONE_BY_POWER = """
    CREATE OR REPLACE FUNCTION boards.act_by_power() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM boards.power p
            JOIN boards.body b ON b.municipality_id = p.municipality_id AND b.key = p.body
            WHERE p.municipality_id = NEW.municipality_id AND p.key = NEW.power
            AND p.body = NEW.body AND p.kind = NEW.kind
            AND NEW.decided_on >= coalesce(p.starts_on, NEW.decided_on)
            AND NEW.decided_on <= coalesce(p.ends_on, NEW.decided_on)
            AND ({mandates} @> '["decides"]' OR {mandates} @> '["steers"]'))
        THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', SCHEMA = 'boards',
                TABLE = 'act', CONSTRAINT = 'ck_act_by_power',
                MESSAGE = 'the body does not have this power';
        END IF;
        RETURN NEW;
    END $$"""
OF_THE_DAY = "boards.mandates_on(b, NEW.decided_on)"


def _by_mandate(columns: str) -> None:
    op.execute("DROP TRIGGER by_mandate ON boards.resolution")
    op.execute(f"""
        CREATE TRIGGER by_mandate BEFORE INSERT OR UPDATE OF {columns} ON boards.resolution
        FOR EACH ROW EXECUTE FUNCTION boards.resolution_by_mandate()""")


def upgrade() -> None:
    op.add_column(
        "body",
        sa.Column(
            "earlier_mandates",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
            server_default=sa.text("'[]'::jsonb"),
        ),
        schema="boards",
    )
    op.alter_column("body", "earlier_mandates", server_default=None, schema="boards")
    op.add_column("resolution", sa.Column("power", sa.String(), nullable=True), schema="boards")
    op.create_foreign_key(
        "fk_resolution_power",
        "resolution",
        "power",
        ["municipality_id", "power", "body"],
        ["municipality_id", "key", "body"],
        source_schema="boards",
        referent_schema="boards",
    )
    op.create_table(
        "resolution_ending",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("ended", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ends_from", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('repeals', 'replaces')", name=op.f("ck_resolution_ending_kind")
        ),
        sa.CheckConstraint("ended <> resolution", name=op.f("ck_resolution_ending_not_itself")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "ended"],
            ["boards.resolution.municipality_id", "boards.resolution.key"],
            name=op.f("fk_resolution_ending_ended"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "resolution"],
            ["boards.resolution.municipality_id", "boards.resolution.key"],
            name=op.f("fk_resolution_ending_resolution"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "resolution", "ended", name=op.f("pk_resolution_ending")
        ),
        schema="boards",
    )
    op.create_index(
        op.f("ix_resolution_ending_municipality_id_ended"),
        "resolution_ending",
        ["municipality_id", "ended"],
        unique=False,
        schema="boards",
    )
    for statement in ddl.tenant_wall("boards", "resolution_ending"):
        op.execute(statement)
    op.add_column("amendment", sa.Column("vote", sa.String(), nullable=True), schema="boards")
    op.create_foreign_key(
        op.f("fk_amendment_vote"),
        "amendment",
        "vote",
        ["municipality_id", "vote"],
        ["municipality_id", "key"],
        source_schema="boards",
        referent_schema="boards",
    )
    op.create_check_constraint(
        op.f("ck_amendment_vote"), "amendment", "vote IS NULL OR state = 'adopted'", schema="boards"
    )
    op.execute(MANDATES_ON)
    op.execute(DECIDED_BY_MANDATE.format(mandates=OF_THE_DAY, power=HAS_THE_POWER))
    op.execute(DONE_BY_POWER.format(mandates=OF_THE_DAY))
    _by_mandate("body, kind, consultation, power, decided_on")


def downgrade() -> None:
    _by_mandate("body, kind, consultation")
    op.execute(DONE_BY_POWER.format(mandates="b.mandates"))
    op.execute(DECIDED_BY_MANDATE.format(mandates="b.mandates", power=""))
    op.execute("DROP FUNCTION boards.mandates_on(boards.body, date)")
    op.drop_constraint(op.f("ck_amendment_vote"), "amendment", schema="boards", type_="check")
    op.drop_constraint(op.f("fk_amendment_vote"), "amendment", schema="boards", type_="foreignkey")
    op.drop_column("amendment", "vote", schema="boards")
    op.drop_table("resolution_ending", schema="boards")
    op.drop_constraint("fk_resolution_power", "resolution", schema="boards", type_="foreignkey")
    op.drop_column("resolution", "power", schema="boards")
    op.drop_column("body", "earlier_mandates", schema="boards")
