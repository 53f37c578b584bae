"""Journal, history, idempotency keys and follower offsets."""

from collections.abc import Iterator

from services.kit.ddl.walls import TENANT, tenant_wall


def common_tables(schema: str) -> Iterator[str]:
    """Journal, history, idempotency keys and follower offsets of one service."""
    yield f"""
        CREATE TABLE {schema}.journal_head (
            municipality_id bigint PRIMARY KEY,
            municipality text NOT NULL,
            seq bigint NOT NULL,
            hash text NOT NULL)"""
    yield f"""
        CREATE TABLE {schema}.journal (
            municipality_id bigint NOT NULL,
            seq bigint NOT NULL,
            type text NOT NULL,
            subject text NOT NULL,
            actor text NOT NULL,
            at timestamptz NOT NULL,
            data jsonb NOT NULL,
            previous text NOT NULL,
            hash text NOT NULL,
            PRIMARY KEY (municipality_id, seq))"""
    yield f"""
        CREATE TABLE {schema}.history (
            municipality_id bigint NOT NULL,
            resource text NOT NULL,
            id uuid NOT NULL,
            revision integer NOT NULL,
            changed_at timestamptz NOT NULL,
            actor text NOT NULL,
            "row" jsonb NOT NULL,
            PRIMARY KEY (municipality_id, resource, id, revision))"""
    yield f"""
        CREATE TABLE {schema}.idempotency (
            municipality_id bigint NOT NULL,
            actor text NOT NULL,
            key text NOT NULL,
            fingerprint bytea NOT NULL,
            status integer,
            headers jsonb,
            body bytea,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (municipality_id, actor, key))"""
    yield f"CREATE INDEX ix_idempotency_age ON {schema}.idempotency (municipality_id, created_at)"
    yield f"""
        CREATE TABLE {schema}.follower (
            municipality_id bigint NOT NULL,
            name text NOT NULL,
            seq bigint NOT NULL,
            PRIMARY KEY (municipality_id, name))"""
    yield f"""
        CREATE FUNCTION {schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END $$"""
    yield f"""
        CREATE FUNCTION {schema}.ring() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('planraum_journal', '{schema} ' || NEW.municipality_id);
            RETURN NULL;
        END $$"""
    yield f"""
        CREATE FUNCTION {schema}.remember() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND NEW.revision <= OLD.revision THEN
                RAISE EXCEPTION 'a change of % must raise its revision', TG_TABLE_NAME;
            END IF;
            INSERT INTO {schema}.history
                (municipality_id, resource, id, revision, changed_at, actor, "row")
            VALUES (NEW.municipality_id, TG_TABLE_NAME, NEW.id, NEW.revision, now(),
                    coalesce(nullif(current_setting('app.actor', true), ''), session_user),
                    to_jsonb(NEW) - 'municipality_id');
            RETURN NULL;
        END $$"""
    yield f"""
        CREATE TRIGGER ring AFTER INSERT ON {schema}.journal
        FOR EACH ROW EXECUTE FUNCTION {schema}.ring()"""
    for table in ("journal", "history"):
        yield f"""
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.{table}
            FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse()"""
        yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {schema}.{table} FROM planraum_{schema}"
        yield from tenant_wall(schema, table)
    for table in ("idempotency", "follower"):
        yield from tenant_wall(schema, table)
    yield f"ALTER TABLE {schema}.journal_head ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {schema}.journal_head FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY heads_are_no_secret ON {schema}.journal_head FOR SELECT USING (true)"
    yield f"""CREATE POLICY tenant ON {schema}.journal_head FOR ALL
              USING (municipality_id = {TENANT}) WITH CHECK (municipality_id = {TENANT})"""


def drop_common_tables(schema: str) -> Iterator[str]:
    """The way back from `common_tables`."""
    for table in ("journal", "journal_head", "history", "idempotency", "follower"):
        yield f"DROP TABLE {schema}.{table}"
    for function in ("ring", "refuse", "remember"):
        yield f"DROP FUNCTION {schema}.{function}()"


def entries_by_type_and_subject(schema: str) -> Iterator[str]:
    """Entries of a journal found by their type and by the resource that they are about.

    A column and not an expression: behind a tenant wall only what cannot leak is looked up.
    """
    yield f"""
        ALTER TABLE {schema}.journal ADD COLUMN about uuid GENERATED ALWAYS AS (
            CASE WHEN data ->> 'id' ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$'
            THEN (data ->> 'id')::uuid END) STORED"""
    yield f"""CREATE INDEX ix_journal_type ON {schema}.journal (municipality_id, type, seq)"""
    yield f"""CREATE INDEX ix_journal_about
              ON {schema}.journal (municipality_id, about, seq) INCLUDE (type)"""


def drop_entries_by_type_and_subject(schema: str) -> Iterator[str]:
    """The way back from `entries_by_type_and_subject`."""
    yield f"DROP INDEX {schema}.ix_journal_type"
    yield f"ALTER TABLE {schema}.journal DROP COLUMN about"


def offsets_are_no_secret(schema: str) -> str:
    """Followers look once how far they have come everywhere."""
    return f"CREATE POLICY offsets_are_no_secret ON {schema}.follower FOR SELECT USING (true)"
