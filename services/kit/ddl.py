"""What every service's schema has, as statements for its migrations.

These functions are part of the migration history: new behaviour is a new function, so that an
old migration goes on meaning what it meant.
"""

from collections.abc import Iterator

_TENANT = "nullif(current_setting('app.municipality', true), '')::bigint"


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
              USING (municipality_id = {_TENANT}) WITH CHECK (municipality_id = {_TENANT})"""


def drop_common_tables(schema: str) -> Iterator[str]:
    """The way back from `common_tables`."""
    for table in ("journal", "journal_head", "history", "idempotency", "follower"):
        yield f"DROP TABLE {schema}.{table}"
    for function in ("ring", "refuse", "remember"):
        yield f"DROP FUNCTION {schema}.{function}()"


def tenant_wall(schema: str, table: str) -> Iterator[str]:
    """Rows of the transaction's municipality only, for everybody, the owner included."""
    yield f"ALTER TABLE {schema}.{table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {schema}.{table} FORCE ROW LEVEL SECURITY"
    yield f"""CREATE POLICY tenant ON {schema}.{table}
              USING (municipality_id = {_TENANT}) WITH CHECK (municipality_id = {_TENANT})"""


def resource(schema: str, table: str) -> Iterator[str]:
    """A resource's table: tenant wall and a past that is kept."""
    yield from tenant_wall(schema, table)
    yield f"""CREATE TRIGGER remember AFTER INSERT OR UPDATE ON {schema}.{table}
              FOR EACH ROW EXECUTE FUNCTION {schema}.remember()"""
    yield f"REVOKE DELETE, TRUNCATE ON {schema}.{table} FROM planraum_{schema}"
