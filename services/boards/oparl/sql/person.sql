-- A person (Person) as far as they agree that everybody sees them.
SELECT p.id,
       p.visibility = 'public' AND p.erased_at IS NULL AS public,
       json_build_object(
           'name', CASE WHEN named.yes THEN
               concat_ws(' ', p.title, p.given_name, p.family_name, p.affix) END,
           'familyName', CASE WHEN named.yes THEN p.family_name END,
           'givenName', CASE WHEN named.yes THEN p.given_name END,
           'formOfAddress', CASE WHEN named.yes THEN p.form_of_address END,
           'affix', CASE WHEN named.yes THEN p.affix END,
           'title', CASE WHEN named.yes AND p.title IS NOT NULL
               THEN json_build_array(p.title) END,
           'gender', CASE WHEN 'gender' = ANY(c.agreed) THEN p.gender END,
           'phone', CASE WHEN 'phone' = ANY(c.agreed) THEN nullif(p.phone, '[]') END,
           'email', CASE WHEN 'email' = ANY(c.agreed) THEN nullif(p.email, '[]') END,
           'life', CASE WHEN 'life' = ANY(c.agreed) THEN p.life ->> 'de' END,
           'location', CASE WHEN place.id IS NOT NULL THEN oparl_url('locations', place.id) END,
           'locationObject', CASE WHEN place.id IS NOT NULL THEN oparl_part(place) END) AS content,
       json_build_object('membership', held.objects) AS internal,
       NULL::json AS apart,
       json_build_object('body', oparl_url('bodies', oparl_uuid('body'))) AS back,
       '{}'::uuid[] AS lists,
       c.due,
       ARRAY[p.id, oparl_uuid('person/' || p.id)] || held.all_of_them AS sources
FROM person p
CROSS JOIN LATERAL (:consents) c
CROSS JOIN LATERAL (SELECT 'name' = ANY(c.agreed) AS yes) named
CROSS JOIN LATERAL (
    SELECT array_agg(m.id) AS all_of_them,
           json_agg(oparl_part(o) ORDER BY m.starts_on, m.id) FILTER (WHERE NOT o.deleted) AS objects
    FROM membership m
    LEFT JOIN oparl_object o ON o.municipality_id = m.municipality_id AND o.type = 'Membership'
        AND o.id = m.id
    WHERE m.municipality_id = p.municipality_id AND m.person = p.key) held
LEFT JOIN oparl_object place ON place.municipality_id = p.municipality_id
    AND place.type = 'Location' AND place.id = oparl_uuid('person/' || p.id) AND NOT place.deleted
WHERE p.municipality_id = $1 AND p.id :those
