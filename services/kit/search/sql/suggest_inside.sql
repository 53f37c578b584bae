/* The same of what not everybody may see, whoever may. */
SELECT d.collection, d.key, d.title::text AS title, CASE WHEN starts_with(name, $2::text) THEN 0 ELSE 1 END AS place,
       substr(name, greatest(1, position(' ' || $2::text IN name) + 1)) AS start
FROM search_inside d, unnest(d.names) AS name
WHERE d.municipality_id = $1 AND (starts_with(name, $2::text) OR position(' ' || $2::text IN name) > 0)
ORDER BY place, start LIMIT $3
