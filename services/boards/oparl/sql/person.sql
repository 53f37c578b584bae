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
           'image', files.image,
           'location', CASE WHEN place.part IS NOT NULL
               THEN oparl_url('locations', oparl_uuid('person/' || p.id)) END,
           'locationObject', place.part) AS content,
       json_build_object('membership', held.objects) AS internal,
       NULL::json AS apart,
       json_build_object('body', oparl_url('bodies', oparl_uuid('body'))) AS back,
       '{}'::uuid[] AS lists,
       c.due,
       ARRAY[p.id, oparl_uuid('person/' || p.id)] || held.all_of_them
           || files.all_of_them AS sources
FROM person p
CROSS JOIN LATERAL (:consents) c
CROSS JOIN LATERAL (SELECT 'name' = ANY(c.agreed) AS yes) named
CROSS JOIN LATERAL (
    SELECT array_agg(m.id) AS all_of_them,
           json_agg(shown.part ORDER BY m.starts_on, m.id) FILTER (WHERE shown.part IS NOT NULL)
               AS objects
    FROM membership m
    LEFT JOIN LATERAL (
        SELECT oparl_part(o) AS part FROM oparl_object o
        WHERE o.municipality_id = $1 AND o.type = 'Membership' AND o.id = m.id AND NOT o.deleted
        LIMIT 1) shown ON true
    WHERE m.municipality_id = p.municipality_id AND m.person = p.key) held
LEFT JOIN LATERAL (
    SELECT oparl_part(o) AS part FROM oparl_object o
    WHERE o.municipality_id = $1 AND o.type = 'Location' AND NOT o.deleted
      AND o.id = oparl_uuid('person/' || p.id)
    LIMIT 1) place ON true
CROSS JOIN LATERAL (SELECT 'person' AS kind, p.key, ARRAY['image'] AS roles) subject
CROSS JOIN LATERAL (:files) files
WHERE p.municipality_id = $1 AND p.id :those
