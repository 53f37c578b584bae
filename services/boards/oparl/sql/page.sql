-- A page of an external list, with what its frame says of the pages around it.
-- $1 municipality, $2 type, $3 to $6 created and modified since and until, $7 of an organization,
-- $8 after this object, $9 objects of a page, $10 today
WITH matching AS MATERIALIZED (
    SELECT o.id FROM oparl_object o
    WHERE o.municipality_id = $1 AND o.type = $2 AND :filters
), counted AS (
    SELECT count(*) AS total, count(*) FILTER (WHERE id <= $8) AS before FROM matching
), shown AS MATERIALIZED (
    SELECT o.id, :form AS data FROM oparl_object o
    WHERE o.municipality_id = $1 AND o.type = $2 AND :filters
      AND o.id > coalesce($8::uuid, '00000000-0000-0000-0000-000000000000')
    ORDER BY o.id LIMIT $9
)
SELECT c.total, c.before,
       (SELECT string_agg(data, ',' ORDER BY id) FROM shown) AS data,
       (SELECT id FROM shown ORDER BY id DESC LIMIT 1) AS ends_at,
       (SELECT id FROM matching WHERE id <= $8 ORDER BY id DESC LIMIT 1 OFFSET $9) AS before_previous,
       (SELECT id FROM matching ORDER BY id DESC LIMIT 1
        OFFSET CASE WHEN c.total = 0 THEN 0 ELSE (c.total - 1) % $9 + 1 END) AS before_last,
       EXISTS (SELECT FROM oparl_object WHERE municipality_id = $1 AND due <= $10)
           OR NOT EXISTS (SELECT FROM oparl_object WHERE municipality_id = $1) AS overdue
FROM counted c
WHERE $7::uuid IS NULL OR EXISTS (
    SELECT FROM oparl_object WHERE municipality_id = $1 AND type = 'Organization' AND id = $7)
