/* Names that go on like this, of what everybody may see: those that begin so before those that
   have it further on, each in their order. $1 municipality, $2 as it was begun, $3 how many */
SELECT n.collection, n.key, d.address, d.title::text AS title, n.place, n.start
FROM (
    (SELECT * FROM search_name
     WHERE municipality_id = $1 AND place = 0 AND start >= $2::text AND start < $2::text || chr(1114111)
     ORDER BY start LIMIT $3)
    UNION ALL
    (SELECT * FROM search_name
     WHERE municipality_id = $1 AND place = 1 AND start >= $2::text AND start < $2::text || chr(1114111)
     ORDER BY start LIMIT $3)
) AS n
JOIN search_document d ON d.municipality_id = $1 AND d.collection = n.collection AND d.key = n.key
