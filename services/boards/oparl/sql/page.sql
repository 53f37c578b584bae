-- A page of an external list, with what its frame says of the pages around it.
-- $1 municipality, $2 type, $3 to $6 created and modified since and until, $7 of an organization,
-- $8 after this object, $9 objects of a page, $10 today
WITH matching AS MATERIALIZED (
    SELECT id FROM oparl_object
    WHERE municipality_id = $1 AND type = $2
      AND ($3::timestamptz IS NULL OR created >= $3)
      AND ($4::timestamptz IS NULL OR created <= $4)
      AND ($5::timestamptz IS NULL OR modified >= $5)
      AND ($6::timestamptz IS NULL OR modified <= $6)
      AND ($5::timestamptz IS NOT NULL OR NOT deleted)
      AND ($7::uuid IS NULL OR $7 = ANY(lists))
), counted AS (
    SELECT count(*) AS total, count(*) FILTER (WHERE id <= $8) AS before FROM matching
), shown AS MATERIALIZED (
    SELECT id FROM matching WHERE $8::uuid IS NULL OR id > $8 ORDER BY id LIMIT $9
)
SELECT c.total, c.before,
       (SELECT string_agg(:form, ',' ORDER BY o.id)
        FROM shown JOIN oparl_object o ON o.municipality_id = $1 AND o.type = $2 AND o.id = shown.id)
           AS data,
       (SELECT id FROM shown ORDER BY id DESC LIMIT 1) AS ends_at,
       (SELECT id FROM matching WHERE id <= $8 ORDER BY id DESC LIMIT 1 OFFSET $9) AS before_previous,
       (SELECT id FROM matching ORDER BY id DESC LIMIT 1
        OFFSET CASE WHEN c.total = 0 THEN 0 ELSE (c.total - 1) % $9 + 1 END) AS before_last,
       EXISTS (SELECT FROM oparl_object WHERE municipality_id = $1 AND due <= $10)
           OR NOT EXISTS (SELECT FROM oparl_object WHERE municipality_id = $1) AS overdue
FROM counted c
WHERE $7::uuid IS NULL OR EXISTS (
    SELECT FROM oparl_object WHERE municipality_id = $1 AND type = 'Organization' AND id = $7)
