/* Take documents out of the search; the words that everybody could find them by.
   $1 municipality, $2 collections, $3 keys, pair by pair */
WITH those AS (
    SELECT * FROM unnest($2::text[], $3::text[]) AS t (collection, key)
),
shown AS (
    DELETE FROM search_document d USING those t
    WHERE d.municipality_id = $1 AND d.collection = t.collection AND d.key = t.key
    RETURNING d.vector
),
named AS (
    DELETE FROM search_name n USING those t
    WHERE n.municipality_id = $1 AND n.collection = t.collection AND n.key = t.key
),
inside AS (
    DELETE FROM search_inside d USING those t
    WHERE d.municipality_id = $1 AND d.collection = t.collection AND d.key = t.key
)
SELECT DISTINCT substr(lexeme, 2) AS word FROM shown, unnest(vector) WHERE lexeme LIKE '=%'
