"""the territory in its states"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.kit import ddl

revision = "c58a3b077693"
down_revision = "7b03dc96590b"
branch_labels = None
depends_on = None

START = "valid_from = excluded.valid_from"
SHOW_AREA_VERSION = """
    CREATE OR REPLACE FUNCTION indicators.show_area_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO indicators.shown_area
            (municipality_id, id, area, visibility, level, parent, valid_from, {columns}name)
        SELECT NEW.municipality_id, NEW.id, NEW.area, visibility, level,
               NEW.parent, NEW.valid_from, {values}NEW.name
        FROM indicators.area WHERE municipality_id = NEW.municipality_id AND key = NEW.area
        ON CONFLICT (municipality_id, id) DO UPDATE
        SET parent = excluded.parent, {changes} = excluded.name;
        PERFORM indicators.count_change(NEW.municipality_id);
        RETURN NULL;
    END $$"""
SHOWING = (
    SHOW_AREA_VERSION.format(
        columns="valid_to, ",
        values="NEW.valid_to, ",
        changes=f"{START}, valid_to = excluded.valid_to, name",
    ),
    # Figures of two areas together are their sum: counts, also those computed by adding counts.
    r"""
    CREATE FUNCTION indicators.adds_up(kind text, formula text) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS $$
        SELECT kind = 'count' AND coalesce(
            regexp_replace(formula, '\{[^}]*\}', '', 'g') ~ '^(sum|[-+(), ])*$', true)
    $$""",
    # After show_indicator, whose row it completes: triggers run in the order of their names.
    """
    CREATE FUNCTION indicators.show_parts() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE indicators.shown_indicator
        SET numerator = NEW.numerator, denominator = NEW.denominator, factor = NEW.factor,
            additive = indicators.adds_up(NEW.kind, NEW.formula)
        WHERE municipality_id = NEW.municipality_id AND key = NEW.key;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER show_parts AFTER INSERT OR UPDATE ON indicators.indicator
       FOR EACH ROW EXECUTE FUNCTION indicators.show_parts()""",
    # Those of all municipalities: the walls stand aside for two statements.
    "ALTER TABLE indicators.area_version NO FORCE ROW LEVEL SECURITY",
    """UPDATE indicators.shown_area AS s SET valid_to = v.valid_to FROM indicators.area_version AS v
       WHERE v.municipality_id = s.municipality_id AND v.id = s.id""",
    "ALTER TABLE indicators.area_version FORCE ROW LEVEL SECURITY",
    "ALTER TABLE indicators.indicator NO FORCE ROW LEVEL SECURITY",
    """UPDATE indicators.shown_indicator AS s
       SET numerator = i.numerator, denominator = i.denominator, factor = i.factor,
           additive = indicators.adds_up(i.kind, i.formula)
       FROM indicators.indicator AS i
       WHERE i.municipality_id = s.municipality_id AND i.key = s.key""",
    "ALTER TABLE indicators.indicator FORCE ROW LEVEL SECURITY",
)
NOT_SHOWING = (
    "DROP TRIGGER show_parts ON indicators.indicator",
    "DROP FUNCTION indicators.show_parts()",
    "DROP FUNCTION indicators.adds_up(text, text)",
    SHOW_AREA_VERSION.format(columns="", values="", changes=f"{START}, name"),
)
# Topics were lines of text: each becomes a topic with that name and a key made of it. Town by town,
# so that row-level security, history and journal hold as always.
WITH_TOPICS = ("indicator", "index_recipe", "needs_rule", "finding")
LINES = " UNION ".join(
    f"SELECT topic FROM indicators.{table} WHERE municipality_id = town AND topic IS NOT NULL"
    for table in WITH_TOPICS
)
IN_EVERY_TOWN = """
    DO $$
    DECLARE town bigint;
    BEGIN
        PERFORM set_config('app.actor', 'migration', true);
        FOR town IN SELECT municipality_id FROM indicators.edition LOOP
            PERFORM set_config('app.municipality', town::text, true);
            {statements}
        END LOOP;
        PERFORM set_config('app.municipality', '', true);
        PERFORM set_config('app.actor', '', true);
    END $$"""
KEYED = f"""
    SELECT topic, rtrim(left(CASE WHEN length(key) < 2 THEN 'topic-' || md5(topic) ELSE key END,
                             80), '-') AS key
    FROM (SELECT topic, trim(BOTH '-' FROM regexp_replace(replace(replace(replace(replace(
              lower(topic), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'),
              '[^a-z0-9]+', '-', 'g')) AS key
          FROM ({LINES}) AS line) AS made"""
TOPICS = IN_EVERY_TOWN.format(
    statements=f"""
    CREATE TEMPORARY TABLE keyed ON COMMIT DROP AS {KEYED};
    INSERT INTO indicators.topic (municipality_id, id, key, visibility, revision, name, kind,
                                  position)
    SELECT DISTINCT ON (key) town, gen_random_uuid(), key, 'public', 1,
           jsonb_build_object('de', topic), 'topic', 0
    FROM keyed ORDER BY key, topic;
    """
    + "".join(
        f"""
    UPDATE indicators.{table} AS i SET topic = k.key, revision = revision + 1, changed_at = now()
    FROM keyed AS k WHERE i.municipality_id = town AND i.topic = k.topic;
    """
        for table in WITH_TOPICS
    )
    + "DROP TABLE keyed;"
)
LINES_AGAIN = IN_EVERY_TOWN.format(
    statements="".join(
        f"""
    UPDATE indicators.{table} AS i
    SET topic = coalesce((SELECT t.name ->> 'de' FROM indicators.topic AS t
                          WHERE t.municipality_id = town AND t.key = i.topic), '-'),
        revision = revision + 1, changed_at = now()
    WHERE i.municipality_id = town;
    """
        for table in WITH_TOPICS
    )
)


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "catalogue_version",
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
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("frozen_by", sa.String(), nullable=False),
        sa.Column(
            "topics", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "indicators", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "approval", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_catalogue_version")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_catalogue_version_key")),
        sa.UniqueConstraint("municipality_id", "number", name=op.f("uq_catalogue_version_number")),
        schema="indicators",
    )
    op.create_table(
        "crosswalk",
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
        sa.Column(
            "title", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column(
            "weighting", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "moves", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "crossings", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "without_origin",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_crosswalk")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_crosswalk_key")),
        schema="indicators",
    )
    op.create_index(
        op.f("ix_crosswalk_municipality_id_valid_from"),
        "crosswalk",
        ["municipality_id", "valid_from"],
        unique=False,
        schema="indicators",
    )
    op.create_table(
        "shown_crossing",
        sa.Column("municipality_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("from_area", sa.String(), nullable=False),
        sa.Column("to_area", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("share", sa.Numeric(), nullable=True),
        sa.Column("back", sa.Numeric(), nullable=True),
        sa.Column("crosswalk", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "municipality_id", "day", "from_area", "to_area", "kind", name=op.f("pk_shown_crossing")
        ),
        schema="indicators",
    )
    op.create_table(
        "topic",
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
        sa.Column(
            "name", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "description", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.CheckConstraint("parent <> key", name=op.f("ck_topic_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "parent"],
            ["indicators.topic.municipality_id", "indicators.topic.key"],
            name=op.f("fk_topic_parent"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_topic")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_topic_key")),
        schema="indicators",
    )
    op.alter_column(
        "index_recipe", "topic", existing_type=sa.VARCHAR(), nullable=True, schema="indicators"
    )
    op.alter_column(
        "indicator", "topic", existing_type=sa.VARCHAR(), nullable=True, schema="indicators"
    )
    op.add_column(
        "shown_area", sa.Column("valid_to", sa.Date(), nullable=True), schema="indicators"
    )
    op.add_column(
        "shown_indicator", sa.Column("numerator", sa.String(), nullable=True), schema="indicators"
    )
    op.add_column(
        "shown_indicator", sa.Column("denominator", sa.String(), nullable=True), schema="indicators"
    )
    op.add_column(
        "shown_indicator", sa.Column("factor", sa.Numeric(), nullable=True), schema="indicators"
    )
    op.add_column(
        "shown_indicator",
        sa.Column("additive", sa.Boolean(), server_default="false", nullable=False),
        schema="indicators",
    )
    # ### end Alembic commands ###
    for table in ("crosswalk", "topic", "catalogue_version"):
        for statement in ddl.resource("indicators", table):
            op.execute(statement)
    for statement in SHOWING:
        op.execute(statement)
    op.execute(TOPICS)
    op.create_foreign_key(
        op.f("fk_index_recipe_topic"),
        "index_recipe",
        "topic",
        ["municipality_id", "topic"],
        ["municipality_id", "key"],
        source_schema="indicators",
        referent_schema="indicators",
    )
    op.create_foreign_key(
        op.f("fk_indicator_topic"),
        "indicator",
        "topic",
        ["municipality_id", "topic"],
        ["municipality_id", "key"],
        source_schema="indicators",
        referent_schema="indicators",
    )
    op.create_foreign_key(
        op.f("fk_needs_rule_topic"),
        "needs_rule",
        "topic",
        ["municipality_id", "topic"],
        ["municipality_id", "key"],
        source_schema="indicators",
        referent_schema="indicators",
    )


def downgrade() -> None:
    op.drop_constraint(
        op.f("fk_needs_rule_topic"), "needs_rule", schema="indicators", type_="foreignkey"
    )
    op.drop_constraint(
        op.f("fk_indicator_topic"), "indicator", schema="indicators", type_="foreignkey"
    )
    op.drop_constraint(
        op.f("fk_index_recipe_topic"), "index_recipe", schema="indicators", type_="foreignkey"
    )
    op.execute(LINES_AGAIN)
    for statement in NOT_SHOWING:
        op.execute(statement)
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_column("shown_indicator", "additive", schema="indicators")
    op.drop_column("shown_indicator", "factor", schema="indicators")
    op.drop_column("shown_indicator", "denominator", schema="indicators")
    op.drop_column("shown_indicator", "numerator", schema="indicators")
    op.drop_column("shown_area", "valid_to", schema="indicators")
    op.alter_column(
        "indicator", "topic", existing_type=sa.VARCHAR(), nullable=False, schema="indicators"
    )
    op.alter_column(
        "index_recipe", "topic", existing_type=sa.VARCHAR(), nullable=False, schema="indicators"
    )
    op.drop_table("topic", schema="indicators")
    op.drop_table("shown_crossing", schema="indicators")
    op.drop_index(
        op.f("ix_crosswalk_municipality_id_valid_from"), table_name="crosswalk", schema="indicators"
    )
    op.drop_table("crosswalk", schema="indicators")
    op.drop_table("catalogue_version", schema="indicators")
    # ### end Alembic commands ###
