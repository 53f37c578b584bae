-- A place (Ort): where public meetings are held, or where a person agreed to be reached.
SELECT oparl_uuid(m.location ->> 'de') AS id,
       bool_or(m.visibility = 'public' AND b.visibility = 'public') AS public,
       json_build_object('description', m.location ->> 'de') AS content,
       NULL::json AS internal,
       NULL::json AS apart,
       json_build_object(
           'meetings', json_agg(oparl_url('meetings', m.id) ORDER BY m.id)
               FILTER (WHERE m.visibility = 'public' AND b.visibility = 'public')) AS back,
       '{}'::uuid[] AS lists,
       NULL::date AS due,
       array_agg(m.id) || array_agg(DISTINCT b.id) AS sources
FROM meeting m
JOIN body b ON b.municipality_id = m.municipality_id AND b.key = m.body
WHERE m.municipality_id = $1 AND oparl_uuid(m.location ->> 'de') :those
GROUP BY m.location ->> 'de'
UNION ALL
SELECT oparl_uuid('person/' || p.id),
       p.visibility = 'public' AND p.erased_at IS NULL AND p.address IS NOT NULL
           AND 'address' = ANY(c.agreed),
       json_build_object('description', p.address),
       NULL,
       NULL,
       json_build_object('persons', json_build_array(oparl_url('persons', p.id))),
       '{}',
       c.due,
       ARRAY[p.id]
FROM person p CROSS JOIN LATERAL (:consents) c
WHERE p.municipality_id = $1 AND oparl_uuid('person/' || p.id) :those
