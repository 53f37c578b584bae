/* Put documents into the search: what everybody may see apart from the rest.
   $1 municipality, $2 documents as JSON */
WITH given AS (
    SELECT d.*,
           d.vector::tsvector
           || setweight(to_tsvector('pg_catalog.german', coalesce(titles->>'de', '')), 'A')
           || setweight(to_tsvector('pg_catalog.english', coalesce(titles->>'en', '')), 'A')
           || setweight(to_tsvector('pg_catalog.italian', coalesce(titles->>'it', '')), 'A')
           || setweight(to_tsvector('pg_catalog.german', coalesce(bodies->>'de', '')), 'D')
           || setweight(to_tsvector('pg_catalog.english', coalesce(bodies->>'en', '')), 'D')
           || setweight(to_tsvector('pg_catalog.italian', coalesce(bodies->>'it', '')), 'D')
               AS made
    FROM jsonb_to_recordset($2::jsonb) AS d
        (shown boolean, collection text, key text, address text, title jsonb, body jsonb, dated_on date,
         names text[], titles jsonb, bodies jsonb, starts jsonb, vector text)
),
shown AS (
    INSERT INTO search_document
        (municipality_id, collection, key, address, title, body, dated_on, names, vector)
    SELECT $1, collection, key, address, title, body, dated_on, names, made FROM given WHERE shown
    RETURNING vector
),
named AS (
    INSERT INTO search_name (municipality_id, collection, key, place, start)
    SELECT $1, collection, key, place, start
    FROM given, jsonb_to_recordset(starts) AS s (place integer, start text) WHERE shown
),
inside AS (
    INSERT INTO search_inside
        (municipality_id, collection, key, address, title, body, dated_on, names, vector)
    SELECT $1, collection, key, address, title, body, dated_on, names, made FROM given WHERE NOT shown
    RETURNING vector
),
-- Words inside may outlive their documents: whoever asks for one is told of documents that have it.
known AS (
    INSERT INTO search_inside_word (municipality_id, word)
    SELECT DISTINCT $1::bigint, substr(lexeme, 2) FROM inside, unnest(vector)
    WHERE lexeme LIKE '=%' AND length(lexeme) > 3 AND lexeme ~ '^=[^0-9]+$'
    ON CONFLICT DO NOTHING
)
INSERT INTO search_word (municipality_id, word)
SELECT DISTINCT $1::bigint, substr(lexeme, 2) FROM shown, unnest(vector)
WHERE lexeme LIKE '=%' AND length(lexeme) > 3 AND lexeme ~ '^=[^0-9]+$'
ON CONFLICT DO NOTHING
