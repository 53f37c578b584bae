"""Links of the red thread, kept by triggers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from services.kit.ddl.walls import in_every_town, tenant_wall

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
    yield _said_before(schema, table, name, links, periods)


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
        yield _unsaid(schema, table)
        yield _link_function(schema, table, name, links, periods)
        yield _said_before(schema, table, name, links, periods)


def undated_thread_links(
    schema: str, tables: Mapping[str, tuple[str, Sequence[Linked], Sequence[str]]]
) -> Iterator[str]:
    """The way back from `dated_thread_links`."""
    for table, (name, links, _) in tables.items():
        yield _unsaid(schema, table)
        yield _link_function(schema, table, name, links)
    yield f"ALTER TABLE {schema}.thread_link DROP COLUMN at CASCADE"
    yield f"""
        ALTER TABLE {schema}.thread_link ADD CONSTRAINT pk_thread_link PRIMARY KEY
            (municipality_id, from_type, from_key, to_type, to_key, kind, said_by)"""
    for table, (name, links, _) in tables.items():
        yield _said_before(schema, table, name, links)


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


def _said_before(
    schema: str, table: str, name: str, links: Sequence[Linked], periods: Sequence[str] = ()
) -> str:
    """Rows that are there already say theirs."""
    rows = f'(SELECT * FROM {schema}."{table}" WHERE municipality_id = town)'
    return in_every_town(schema, _said(schema, table, name, links, rows, periods))


def _unsaid(schema: str, table: str) -> str:
    """What the rows of a table said is taken back."""
    return in_every_town(
        schema,
        f"""DELETE FROM {schema}.thread_link
            WHERE municipality_id = town AND said_by LIKE '{table}/%'""",
    )


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
