"""PostgreSQL is told when a municipality has become large; decisions are found by their item"""

from alembic import op

revision = "b_large_towns"
down_revision = "b_refusals"
branch_labels = None
depends_on = None

KNOW_SIZE = """
    CREATE FUNCTION boards.know_size(names text[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
        town bigint := nullif(current_setting('app.municipality', true), '')::bigint;
        one text;
        plan json;
        believed bigint;
        there bigint;
        looked integer := 0;
    BEGIN
        FOREACH one IN ARRAY names LOOP
            EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM boards.%I WHERE municipality_id = %L',
                           one, town) INTO plan;
            believed := plan -> 0 -> 'Plan' ->> 'Plan Rows';
            EXECUTE format('SELECT count(*) FROM (
                                SELECT FROM boards.%I WHERE municipality_id = %L LIMIT %s) AS seen',
                           one, town, 2 * believed + 201) INTO there;
            IF there > 2 * believed + 200 THEN
                EXECUTE format('ANALYZE (SKIP_LOCKED) boards.%I', one);
                looked := looked + 1;
            END IF;
        END LOOP;
        RETURN looked;
    END $$"""


def upgrade() -> None:
    op.execute(KNOW_SIZE)
    op.execute("REVOKE ALL ON FUNCTION boards.know_size(text[]) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION boards.know_size(text[]) TO planraum_boards")
    for table in ("resolution", "recommendation"):
        name = op.f(f"ix_{table}_municipality_id_agenda_item")
        op.create_index(name, table, ["municipality_id", "agenda_item"], schema="boards")


def downgrade() -> None:
    for table in ("recommendation", "resolution"):
        name = op.f(f"ix_{table}_municipality_id_agenda_item")
        op.drop_index(name, table, schema="boards")
    op.execute("DROP FUNCTION boards.know_size(text[])")
