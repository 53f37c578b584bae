"""Where the bytes of files are kept (`services.kit.contents`)."""

from collections.abc import Iterator

from services.kit.ddl.walls import tenant_wall


def contents(schema: str) -> Iterator[str]:
    """Contents, kept once however many files have them, and their parts."""
    yield f"""
        CREATE TABLE {schema}.file_content (
            municipality_id bigint NOT NULL,
            sha512 varchar NOT NULL,
            size bigint NOT NULL,
            CONSTRAINT pk_file_content PRIMARY KEY (municipality_id, sha512))"""
    yield f"""
        CREATE TABLE {schema}.file_part (
            municipality_id bigint NOT NULL,
            sha512 varchar NOT NULL,
            number integer NOT NULL,
            body bytea NOT NULL,
            CONSTRAINT pk_file_part PRIMARY KEY (municipality_id, sha512, number),
            CONSTRAINT fk_file_part_municipality_id FOREIGN KEY (municipality_id, sha512)
                REFERENCES {schema}.file_content (municipality_id, sha512) ON DELETE CASCADE)"""
    # Documents and pictures are packed already: to compress them again would gain nothing.
    yield f"ALTER TABLE {schema}.file_part ALTER COLUMN body SET STORAGE EXTERNAL"
    for table in ("file_content", "file_part"):
        yield from tenant_wall(schema, table)


def drop_contents(schema: str) -> Iterator[str]:
    """The way back from `contents`."""
    for table in ("file_part", "file_content"):
        yield f"DROP TABLE {schema}.{table}"
