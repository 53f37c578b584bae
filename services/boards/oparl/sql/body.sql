-- The municipality itself (Körperschaft), by its profile or, while it has none, by its key.
SELECT oparl_uuid('body') AS id,
       true AS public,
       json_build_object(
           'system', chr(1),
           'shortName', p.short_name,
           'name', coalesce(p.name ->> 'de', initcap(replace($6::jsonb ->> 'municipality', '-', ' '))),
           'website', p.website,
           'license', p.license,
           'licenseValidSince', oparl_moment(p.license_valid_since),
           'oparlSince', oparl_moment(p.oparl_since),
           'ags', substr(ars, 1, 5) || substr(ars, 10, 3),
           'rgs', ars,
           'equivalent', nullif(p.equivalent, '[]'),
           'contactEmail', p.contact_email,
           'contactName', p.contact_name,
           'organization', chr(1) || '/organizations',
           'person', chr(1) || '/persons',
           'meeting', chr(1) || '/meetings',
           'paper', chr(1) || '/papers',
           'agendaItem', chr(1) || '/agenda-items',
           'consultation', chr(1) || '/consultations',
           'file', chr(1) || '/files',
           'locationList', chr(1) || '/locations',
           'legislativeTermList', chr(1) || '/legislative-terms',
           'membership', chr(1) || '/memberships',
           'classification', p.classification,
           'mainOrganization', (
               SELECT oparl_url('organizations', b.id) FROM body b
               WHERE b.municipality_id = $1 AND b.kind = 'council' AND b.visibility = 'public'
               ORDER BY b.ends_on DESC NULLS FIRST, b.key LIMIT 1)) AS content,
       json_build_object('legislativeTerm', coalesce(terms.objects, '[]')) AS internal,
       NULL::json AS apart,
       NULL::json AS back,
       '{}'::uuid[] AS lists,
       NULL::date AS due,
       ARRAY[p.id] || terms.all_of_them
           || ARRAY(SELECT b.id FROM body b WHERE b.municipality_id = $1 AND b.kind = 'council')
           AS sources
FROM (SELECT lpad($1::bigint::text, 12, '0') AS ars) AS numbered
LEFT JOIN oparl_profile p ON p.municipality_id = $1
CROSS JOIN LATERAL (
    SELECT array_agg(t.id) AS all_of_them,
           json_agg(shown.part ORDER BY t.starts_on NULLS FIRST, t.key)
               FILTER (WHERE shown.part IS NOT NULL) AS objects
    FROM legislative_term t
    LEFT JOIN LATERAL (
        SELECT oparl_part(o) AS part FROM oparl_object o
        WHERE o.municipality_id = $1 AND o.type = 'LegislativeTerm' AND o.id = t.id AND NOT o.deleted
        LIMIT 1) shown ON true
    WHERE t.municipality_id = $1) terms
WHERE oparl_uuid('body') :those
