"""Walls between municipalities, and the past of what stands in a table."""

from collections.abc import Iterator

TENANT = "nullif(current_setting('app.municipality', true), '')::bigint"
"""The municipality of the transaction, in SQL."""


def tenant_wall(schema: str, table: str) -> Iterator[str]:
    """Rows of the transaction's municipality only, for everybody, the owner included."""
    yield f"ALTER TABLE {schema}.{table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {schema}.{table} FORCE ROW LEVEL SECURITY"
    yield f"""CREATE POLICY tenant ON {schema}.{table}
              USING (municipality_id = {TENANT}) WITH CHECK (municipality_id = {TENANT})"""


def ask_once(schema: str, table: str) -> Iterator[str]:
    """For tables that a million rows go into at once: the municipality of the transaction is looked
    up once in a statement, not for every row, which was a tenth of the time of an import."""
    asked = f"municipality_id = (SELECT {TENANT})"
    yield f"ALTER POLICY tenant ON {schema}.{table} USING ({asked}) WITH CHECK ({asked})"


def ask_each_time(schema: str, table: str) -> Iterator[str]:
    """The way back from `ask_once`."""
    asked = f"municipality_id = {TENANT}"
    yield f"ALTER POLICY tenant ON {schema}.{table} USING ({asked}) WITH CHECK ({asked})"


def in_every_town(schema: str, statements: str) -> str:
    """Statements about rows of all municipalities, as a migration runs them.

    The wall stands before the owner as well, who without a municipality touches no row. Each of the
    statements says `= town`, for a superuser stands before no wall. Triggers write what they always
    write; the actor in the history is `migration`.
    """
    return f"""
        DO $towns$
        DECLARE town bigint;
        BEGIN
            PERFORM set_config('app.actor', 'migration', true);
            FOR town IN SELECT municipality_id FROM {schema}.journal_head LOOP
                PERFORM set_config('app.municipality', town::text, true);
                {statements.strip().removesuffix(";")};
            END LOOP;
            PERFORM set_config('app.municipality', '', true);
            PERFORM set_config('app.actor', '', true);
        END $towns$"""


def resource(schema: str, table: str) -> Iterator[str]:
    """A resource's table: tenant wall and a past that is kept."""
    yield from tenant_wall(schema, table)
    yield f"""CREATE TRIGGER remember AFTER INSERT OR UPDATE ON {schema}.{table}
              FOR EACH ROW EXECUTE FUNCTION {schema}.remember()"""
    yield f"REVOKE DELETE, TRUNCATE ON {schema}.{table} FROM planraum_{schema}"
