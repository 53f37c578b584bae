-- None is kept yet.
SELECT NULL::uuid AS id, false AS public, NULL::json AS content, NULL::json AS internal,
       NULL::json AS apart, NULL::json AS back, '{}'::uuid[] AS lists, NULL::date AS due,
       '{}'::uuid[] AS sources
WHERE false
