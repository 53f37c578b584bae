"""erasure: redaction of the past, jobs of the boards"""

from alembic import op

from services.kit import ddl

revision = "36a0c1d5e702"
down_revision = "880c6723608b"
branch_labels = None
depends_on = None

APPEND_ONLY = """
    CREATE TRIGGER append_only BEFORE {what} ON boards.history
    FOR EACH STATEMENT EXECUTE FUNCTION boards.refuse()"""
ONLY_REDACTED = """
    CREATE FUNCTION boards.only_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        erased boolean;
    BEGIN
        EXECUTE format('SELECT (to_jsonb(t) ->> ''erased_at'') IS NOT NULL FROM boards.%I AS t
                        WHERE municipality_id = $1 AND id = $2', OLD.resource)
            INTO erased USING OLD.municipality_id, OLD.id;
        IF erased IS NOT TRUE
            OR (NEW.municipality_id, NEW.resource, NEW.id, NEW.revision, NEW.changed_at, NEW.actor)
               IS DISTINCT FROM
               (OLD.municipality_id, OLD.resource, OLD.id, OLD.revision, OLD.changed_at, OLD.actor)
            OR (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(NEW."row") k)
               IS DISTINCT FROM
               (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(OLD."row") k)
            OR EXISTS (SELECT FROM jsonb_each(NEW."row") AS now
                       WHERE now.value <> 'null' AND now.value <> OLD."row" -> now.key)
        THEN
            RAISE EXCEPTION 'history is append-only; of what was erased, values become null'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END $$"""
REDACT = """
    CREATE FUNCTION boards.redact(what text, which uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
        town bigint := nullif(current_setting('app.municipality', true), '')::bigint;
        present jsonb;
        changed integer;
    BEGIN
        EXECUTE format('SELECT to_jsonb(t) FROM boards.%I AS t
                        WHERE municipality_id = $1 AND id = $2
                        AND (to_jsonb(t) ->> ''erased_at'') IS NOT NULL', what)
            INTO present USING town, which;
        IF present IS NULL THEN
            RAISE EXCEPTION 'what was not erased keeps its past'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        UPDATE boards.history AS h
        SET "row" = (
            SELECT jsonb_object_agg(each.key, CASE
                WHEN coalesce(present -> each.key, 'null') IN ('null', '[]', '{}') THEN 'null'
                ELSE each.value END)
            FROM jsonb_each(h."row") AS each)
        WHERE h.municipality_id = town AND h.resource = what AND h.id = which
          AND EXISTS (SELECT FROM jsonb_each(h."row") AS each
                      WHERE coalesce(present -> each.key, 'null') IN ('null', '[]', '{}')
                        AND each.value NOT IN ('null', '[]', '{}'));
        GET DIAGNOSTICS changed = ROW_COUNT;
        RETURN changed;
    END $$"""


def upgrade() -> None:
    op.execute("DROP TRIGGER append_only ON boards.history")
    op.execute(APPEND_ONLY.format(what="DELETE OR TRUNCATE"))
    op.execute(ONLY_REDACTED)
    op.execute("""
        CREATE TRIGGER only_redacted BEFORE UPDATE ON boards.history
        FOR EACH ROW EXECUTE FUNCTION boards.only_redacted()""")
    op.execute(REDACT)
    op.execute("REVOKE ALL ON FUNCTION boards.redact(text, uuid) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION boards.redact(text, uuid) TO planraum_boards")
    for statement in ddl.job_queue("boards"):
        op.execute(statement)


def downgrade() -> None:
    for statement in ddl.drop_job_queue("boards"):
        op.execute(statement)
    op.execute("DROP FUNCTION boards.redact(text, uuid)")
    op.execute("DROP TRIGGER only_redacted ON boards.history")
    op.execute("DROP FUNCTION boards.only_redacted()")
    op.execute("DROP TRIGGER append_only ON boards.history")
    op.execute(APPEND_ONLY.format(what="UPDATE OR DELETE OR TRUNCATE"))
