/* The texts of documents inside. $1 municipality, $2 collections, $3 keys, pair by pair */
SELECT d.collection, d.key, d.title::text AS title, d.body::text AS body
FROM unnest($2::text[], $3::text[]) AS t (collection, key)
JOIN search_inside d ON d.municipality_id = $1 AND d.collection = t.collection AND d.key = t.key
