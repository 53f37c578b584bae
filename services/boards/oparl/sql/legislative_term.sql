-- A legislative term (Wahlperiode).
SELECT t.id,
       t.visibility = 'public' AS public,
       json_build_object(
           'name', t.name ->> 'de',
           'startDate', t.starts_on,
           'endDate', t.ends_on) AS content,
       NULL::json AS internal,
       NULL::json AS apart,
       json_build_object('body', oparl_url('bodies', oparl_uuid('body'))) AS back,
       '{}'::uuid[] AS lists,
       NULL::date AS due,
       ARRAY[t.id] AS sources
FROM legislative_term t
WHERE t.municipality_id = $1 AND t.id :those
