/* The same of what not everybody may see. $4 collections, $5 `collection/key` of those that the
   reader may see, or null for all */
SELECT d.collection, d.key, d.address, d.title::text AS title, place, substr(name, at) AS start
FROM search_inside d
CROSS JOIN LATERAL unnest(d.names) AS name
CROSS JOIN LATERAL (
    SELECT CASE WHEN starts_with(name, $2::text) THEN 1
                ELSE nullif(position(' ' || $2::text IN name), 0) + 1 END AS at
) AS begun
CROSS JOIN LATERAL (SELECT CASE WHEN at = 1 THEN 0 ELSE 1 END AS place) AS placed
WHERE d.municipality_id = $1 AND d.collection = ANY($4::text[])
  AND position($2::text IN array_to_string(d.names, chr(10))) > 0 AND at IS NOT NULL
  AND ($5::text[] IS NULL OR d.collection || '/' || d.key = ANY($5))
ORDER BY place, start LIMIT $3
