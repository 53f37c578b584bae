-- The entrance (System): one of each municipality, with one body.
SELECT it.id,
       true AS public,
       json_build_object(
           'oparlVersion', 'https://schema.oparl.org/1.1/',
           'license', p.license,
           'body', chr(1) || '/bodies',
           'name', coalesce(p.name ->> 'de', initcap(replace($6::jsonb ->> 'municipality', '-', ' '))),
           'contactEmail', p.contact_email,
           'contactName', p.contact_name,
           'website', p.website) AS content,
       NULL::json AS internal,
       NULL::json AS apart,
       NULL::json AS back,
       '{}'::uuid[] AS lists,
       NULL::date AS due,
       ARRAY[p.id] AS sources
FROM (VALUES (oparl_uuid('system'))) AS it (id)
LEFT JOIN oparl_profile p ON p.municipality_id = $1
WHERE it.id :those
