"""What every service's schema has, as statements for its migrations.

These functions are part of the migration history: new behaviour is a new function, so that an
old migration goes on meaning what it meant.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

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


def ask_once(schema: str, table: str) -> Iterator[str]:
    """For tables that a million rows go into at once: the municipality of the transaction is looked
    up once in a statement, not for every row, which was a tenth of the time of an import."""
    asked = f"municipality_id = (SELECT {_TENANT})"
    yield f"ALTER POLICY tenant ON {schema}.{table} USING ({asked}) WITH CHECK ({asked})"


def ask_each_time(schema: str, table: str) -> Iterator[str]:
    """The way back from `ask_once`."""
    asked = f"municipality_id = {_TENANT}"
    yield f"ALTER POLICY tenant ON {schema}.{table} USING ({asked}) WITH CHECK ({asked})"


def resource(schema: str, table: str) -> Iterator[str]:
    """A resource's table: tenant wall and a past that is kept."""
    yield from tenant_wall(schema, table)
    yield f"""CREATE TRIGGER remember AFTER INSERT OR UPDATE ON {schema}.{table}
              FOR EACH ROW EXECUTE FUNCTION {schema}.remember()"""
    yield f"REVOKE DELETE, TRUNCATE ON {schema}.{table} FROM planraum_{schema}"


def job_queue(service: str) -> Iterator[str]:
    """The tables of pgqueuer 1.6 in a schema beside the service's, as its worker expects them.

    They hold no row of a municipality: a number, a name and the key of what is to be done. So
    they are no part of what is divided by municipalities, and have a schema of their own.
    """
    schema, role = f"{service}_jobs", f"planraum_{service}"
    yield f"CREATE SCHEMA {schema}"
    yield f"""
        CREATE TYPE {schema}.job_status AS ENUM
        ('queued', 'picked', 'successful', 'exception', 'canceled', 'deleted', 'failed')"""
    yield f"""
        CREATE TABLE {schema}.job (
            id bigserial NOT NULL PRIMARY KEY,
            priority integer NOT NULL,
            queue_manager_id uuid,
            created timestamptz NOT NULL DEFAULT now(),
            updated timestamptz NOT NULL DEFAULT now(),
            heartbeat timestamptz NOT NULL DEFAULT now(),
            execute_after timestamptz NOT NULL DEFAULT now(),
            status {schema}.job_status NOT NULL,
            entrypoint text NOT NULL,
            dedupe_key text,
            payload bytea,
            headers jsonb,
            attempts integer NOT NULL DEFAULT 0,
            slot bigint)"""
    yield f"""
        CREATE TABLE {schema}.job_log (
            id bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL PRIMARY KEY,
            created timestamptz NOT NULL DEFAULT now(),
            job_id bigint NOT NULL,
            status {schema}.job_status NOT NULL,
            priority integer NOT NULL,
            entrypoint text NOT NULL,
            traceback jsonb,
            aggregated boolean DEFAULT false)"""
    yield f"""
        CREATE TABLE {schema}.job_schedules (
            id bigserial NOT NULL PRIMARY KEY,
            expression text NOT NULL,
            entrypoint text NOT NULL,
            heartbeat timestamptz NOT NULL DEFAULT now(),
            created timestamptz NOT NULL DEFAULT now(),
            updated timestamptz NOT NULL DEFAULT now(),
            next_run timestamptz NOT NULL DEFAULT now(),
            last_run timestamptz,
            status {schema}.job_status DEFAULT 'queued',
            UNIQUE (expression, entrypoint))"""
    yield f"""
        CREATE TABLE {schema}.job_statistics (
            id bigserial NOT NULL PRIMARY KEY,
            created timestamptz NOT NULL DEFAULT date_trunc('sec', now()),
            count bigint NOT NULL,
            priority integer NOT NULL,
            status {schema}.job_status NOT NULL,
            entrypoint text NOT NULL)"""
    for name, kind, table, columns in (
        ("job_ep_ea_idx", "", "job", "(entrypoint, execute_after) WHERE status = 'queued'"),
        (
            "job_ep_prio_id_idx",
            "",
            "job",
            "(entrypoint, priority DESC, id) WHERE status = 'queued'",
        ),
        ("job_log_created", "", "job_log", "(created)"),
        ("job_log_job_id_status", "", "job_log", "(job_id, created DESC)"),
        ("job_log_not_aggregated", "", "job_log", "((1)) WHERE NOT aggregated"),
        ("job_log_status", "", "job_log", "(status)"),
        ("job_picked_heartbeat_idx", "", "job", "(heartbeat) WHERE status = 'picked'"),
        (
            "job_picked_slot_idx",
            "UNIQUE",
            "job",
            "(entrypoint, slot) WHERE status = 'picked' AND slot IS NOT NULL",
        ),
        (
            "job_priority_id_id1_idx",
            "",
            "job",
            "(priority, id DESC) INCLUDE (id) WHERE status = 'queued'",
        ),
        (
            "job_queue_manager_id_idx",
            "",
            "job",
            "(queue_manager_id) WHERE queue_manager_id IS NOT NULL",
        ),
        (
            "job_statistics_unique_count",
            "UNIQUE",
            "job_statistics",
            "(priority, date_trunc('sec', timezone('UTC', created)), status, entrypoint)",
        ),
        (
            "job_unique_dedupe_key",
            "UNIQUE",
            "job",
            "(dedupe_key) WHERE status IN ('queued', 'picked') AND dedupe_key IS NOT NULL",
        ),
        (
            "job_updated_id_id1_idx",
            "",
            "job",
            "(updated, id DESC) INCLUDE (id) WHERE status = 'picked'",
        ),
    ):
        yield f"CREATE {kind} INDEX {name} ON {schema}.{table} {columns}"
    yield f"""
        CREATE FUNCTION {schema}.ring() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('{schema}', json_build_object(
                'channel', '{schema}', 'type', 'table_changed_event', 'table', TG_TABLE_NAME,
                'operation', lower(TG_OP), 'sent_at', now())::text);
            RETURN NULL;
        END $$"""
    yield f"""
        CREATE TRIGGER ring AFTER INSERT ON {schema}.job
        FOR EACH STATEMENT EXECUTE FUNCTION {schema}.ring()"""
    yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}"


def drop_job_queue(service: str) -> Iterator[str]:
    """The way back from `job_queue`."""
    yield f"DROP SCHEMA {service}_jobs CASCADE"


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


Linked = tuple[str, str, str, str, str, str]
"""A link that rows of a table say: type and key of the cause, type and key of the consequence, kind
and what else is read. Keys and kind are SQL over the row `n`, and a null key is no link."""


def thread_links(schema: str, tables: Mapping[str, tuple[str, Sequence[Linked]]]) -> Iterator[str]:
    """The links of the red thread, kept by triggers in the transaction of the rows that say them.

    `tables` are the tables that say some, each with what tells its rows apart (SQL over the row
    `n`). Rows that are there already say theirs now.
    """
    yield f"""
        CREATE TABLE {schema}.thread_link (
            municipality_id bigint NOT NULL,
            from_type varchar NOT NULL,
            from_key varchar NOT NULL,
            to_type varchar NOT NULL,
            to_key varchar NOT NULL,
            kind varchar NOT NULL,
            said_by varchar NOT NULL,
            CONSTRAINT pk_thread_link PRIMARY KEY
                (municipality_id, from_type, from_key, to_type, to_key, kind, said_by))"""
    yield f"""
        CREATE INDEX ix_thread_link_municipality_id_to_type_to_key
            ON {schema}.thread_link (municipality_id, to_type, to_key)"""
    yield f"""
        CREATE INDEX ix_thread_link_municipality_id_said_by
            ON {schema}.thread_link (municipality_id, said_by)"""
    for table, (name, links) in tables.items():
        yield from more_thread_links(schema, table, name, links)
    yield from tenant_wall(schema, "thread_link")


def more_thread_links(
    schema: str, table: str, name: str, links: Sequence[Linked], periods: Sequence[str] = ()
) -> Iterator[str]:
    """Another table that says links."""
    yield _link_function(schema, table, name, links, periods)
    yield f"""
        CREATE TRIGGER link AFTER INSERT OR UPDATE OR DELETE ON {schema}."{table}"
        FOR EACH ROW EXECUTE FUNCTION {schema}.link_{table}()"""
    yield _said(schema, table, name, links, f'{schema}."{table}"', periods)


def dated_thread_links(
    schema: str, tables: Mapping[str, tuple[str, Sequence[Linked], Sequence[str]]]
) -> Iterator[str]:
    """Links know the period of the figure that they name: `at`, empty where none is named.

    `tables` are those that name figures of a period: what `thread_links` takes, and for each of the
    links the SQL of its period.
    """
    yield f"ALTER TABLE {schema}.thread_link ADD COLUMN at varchar NOT NULL DEFAULT ''"
    yield f"ALTER TABLE {schema}.thread_link DROP CONSTRAINT pk_thread_link"
    yield f"""
        ALTER TABLE {schema}.thread_link ADD CONSTRAINT pk_thread_link PRIMARY KEY
            (municipality_id, from_type, from_key, to_type, to_key, kind, at, said_by)"""
    for table, (name, links, periods) in tables.items():
        yield f"DELETE FROM {schema}.thread_link WHERE said_by LIKE '{table}/%'"
        yield _link_function(schema, table, name, links, periods)
        yield _said(schema, table, name, links, f'{schema}."{table}"', periods)


def undated_thread_links(
    schema: str, tables: Mapping[str, tuple[str, Sequence[Linked], Sequence[str]]]
) -> Iterator[str]:
    """The way back from `dated_thread_links`."""
    for table, (name, links, _) in tables.items():
        yield f"DELETE FROM {schema}.thread_link WHERE said_by LIKE '{table}/%'"
        yield _link_function(schema, table, name, links)
    yield f"ALTER TABLE {schema}.thread_link DROP COLUMN at CASCADE"
    yield f"""
        ALTER TABLE {schema}.thread_link ADD CONSTRAINT pk_thread_link PRIMARY KEY
            (municipality_id, from_type, from_key, to_type, to_key, kind, said_by)"""
    for table, (name, links, _) in tables.items():
        yield _said(schema, table, name, links, f'{schema}."{table}"')


def drop_thread_links(schema: str, tables: Iterable[str]) -> Iterator[str]:
    """The way back from `thread_links`."""
    for table in tables:
        yield f'DROP TRIGGER link ON {schema}."{table}"'
        yield f"DROP FUNCTION {schema}.link_{table}()"
    yield f"DROP TABLE {schema}.thread_link"


def _link_function(
    schema: str, table: str, name: str, links: Sequence[Linked], periods: Sequence[str] = ()
) -> str:
    """The function that takes back what a row said and writes what it says."""
    return f"""
        CREATE OR REPLACE FUNCTION {schema}.link_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM {schema}.thread_link AS l USING (SELECT OLD.*) AS n
                WHERE l.municipality_id = n.municipality_id
                  AND l.said_by = '{table}/' || ({name});
            END IF;
            IF TG_OP <> 'DELETE' THEN
                {_said(schema, table, name, links, "(SELECT NEW.*)", periods)};
            END IF;
            RETURN NULL;
        END $$"""


_OF_A_LINK = "municipality_id, from_type, from_key, to_type, to_key, kind, said_by"


def _said(
    schema: str,
    table: str,
    name: str,
    links: Sequence[Linked],
    rows: str,
    periods: Sequence[str] = (),
) -> str:
    """INSERT what these rows say."""
    dated = [f", coalesce({period}, '')" for period in periods] or [""] * len(links)
    each = " UNION ".join(
        f"""SELECT n.municipality_id, '{cause}', {cause_key}, '{consequence}', {consequence_key},
                   {kind}, '{table}/' || ({name}){at}
            FROM {rows} AS n {more}
            WHERE {cause_key} IS NOT NULL AND {consequence_key} IS NOT NULL"""
        for (cause, cause_key, consequence, consequence_key, kind, more), at in zip(
            links, dated, strict=True
        )
    )
    columns = f"{_OF_A_LINK}, at" if periods else _OF_A_LINK
    return f"INSERT INTO {schema}.thread_link ({columns}) {each} ON CONFLICT DO NOTHING"


def search(service: str) -> Iterator[str]:
    """What the search of a service finds. No wall stands around what everybody may see: behind one
    PostgreSQL does not use the index of words, whose operators may tell of rows in their errors.
    """
    for table in ("search_document", "search_inside"):
        yield f"""
            CREATE TABLE {service}.{table} (
                municipality_id bigint NOT NULL,
                collection varchar NOT NULL,
                key varchar NOT NULL,
                title jsonb NOT NULL,
                body jsonb NOT NULL,
                dated_on date,
                names varchar[] NOT NULL,
                vector tsvector NOT NULL,
                CONSTRAINT pk_{table} PRIMARY KEY (municipality_id, collection, key))"""
    yield f"""
        CREATE INDEX ix_search_document_municipality_id_vector ON {service}.search_document
        USING gin (municipality_id, vector) WITH (fastupdate = off)"""
    yield f"""
        CREATE TABLE {service}.search_word (
            municipality_id bigint NOT NULL,
            word varchar NOT NULL,
            CONSTRAINT pk_search_word PRIMARY KEY (municipality_id, word))"""
    yield f"""
        CREATE INDEX ix_search_word_municipality_id_word ON {service}.search_word
        USING gin (municipality_id, word gin_trgm_ops) WITH (fastupdate = off)"""
    yield f"""
        CREATE TABLE {service}.search_name (
            municipality_id bigint NOT NULL,
            collection varchar NOT NULL,
            key varchar NOT NULL,
            place integer NOT NULL,
            start varchar COLLATE "C" NOT NULL,
            CONSTRAINT pk_search_name
                PRIMARY KEY (municipality_id, collection, key, place, start))"""
    yield f"""
        CREATE INDEX ix_search_name_municipality_id_place_start
        ON {service}.search_name (municipality_id, place, start)"""
    yield f"""
        CREATE TABLE {service}.search_stand (
            municipality_id bigint NOT NULL,
            version varchar NOT NULL,
            CONSTRAINT pk_search_stand PRIMARY KEY (municipality_id))"""
    for table in ("search_inside", "search_stand"):
        yield from tenant_wall(service, table)


def drop_search(service: str) -> Iterator[str]:
    """The way back from `search`."""
    for table in ("search_document", "search_inside", "search_name", "search_word", "search_stand"):
        yield f"DROP TABLE {service}.{table}"


def search_words_inside(service: str) -> Iterator[str]:
    """Words that documents inside have, and where a document is read when that does not follow
    from its collection and key. The documents are made anew with them."""
    for table in ("search_document", "search_inside"):
        yield f"ALTER TABLE {service}.{table} ADD COLUMN address varchar"
    yield f"""
        CREATE TABLE {service}.search_inside_word (
            municipality_id bigint NOT NULL,
            word varchar NOT NULL,
            CONSTRAINT pk_search_inside_word PRIMARY KEY (municipality_id, word))"""
    yield from tenant_wall(service, "search_inside_word")


def drop_search_words_inside(service: str) -> Iterator[str]:
    """The way back from `search_words_inside`."""
    yield f"DROP TABLE {service}.search_inside_word"
    for table in ("search_document", "search_inside"):
        yield f"ALTER TABLE {service}.{table} DROP COLUMN address"
