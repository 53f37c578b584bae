"""What the search of a service finds."""

from collections.abc import Iterator

from services.kit.ddl.walls import tenant_wall


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
