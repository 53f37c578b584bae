-- A group (Gruppierung): a body (Gremium), or an organisation that sends members or runs offers.
SELECT b.id,
       b.visibility = 'public' AS public,
       json_build_object(
           'body', oparl_url('bodies', oparl_uuid('body')),
           'name', b.name ->> 'de',
           'organizationType', 'Gremium',
           'classification', CASE b.kind
               WHEN 'council' THEN 'Parlament'
               WHEN 'committee' THEN 'Ausschuss'
               WHEN 'advisory_board' THEN 'Beirat'
               WHEN 'steering_group' THEN 'Lenkungsgruppe'
               WHEN 'network' THEN 'Netzwerk'
               WHEN 'planning_conference' THEN 'Fachplanungskonferenz'
               WHEN 'working_group' THEN 'Arbeitsgruppe'
               WHEN 'team' THEN 'Team'
               ELSE 'Sonstiges' END,
           'post', seats.posts,
           'subOrganizationOf', CASE WHEN above.visibility = 'public'
               THEN oparl_url('organizations', above.id) END,
           'membership', held.urls,
           'meeting', oparl_url('organizations', b.id) || '/meetings',
           'consultation', oparl_url('organizations', b.id) || '/consultations',
           'startDate', b.starts_on,
           'endDate', b.ends_on,
           'website', b.website,
           'keyword', (SELECT json_agg(s ->> 'de') FROM jsonb_array_elements(b.subjects) s)
       ) AS content,
       NULL::json AS internal,
       NULL::json AS apart,
       NULL::json AS back,
       '{}'::uuid[] AS lists,
       NULL::date AS due,
       ARRAY[b.id, above.id] || held.all_of_them || seats.all_of_them AS sources
FROM body b
LEFT JOIN body above ON above.municipality_id = b.municipality_id AND above.key = b.parent
CROSS JOIN LATERAL (
    SELECT array_agg(m.id) AS all_of_them,
           json_agg(oparl_url('memberships', m.id) ORDER BY m.id) FILTER (WHERE NOT o.deleted) AS urls
    FROM membership m
    LEFT JOIN oparl_object o ON o.municipality_id = m.municipality_id AND o.type = 'Membership'
        AND o.id = m.id
    WHERE m.municipality_id = b.municipality_id AND m.body = b.key) held
CROSS JOIN LATERAL (
    SELECT array_agg(s.id) AS all_of_them,
           json_agg(s.name ->> 'de' ORDER BY s.chair DESC, s.key)
               FILTER (WHERE s.visibility = 'public') AS posts
    FROM seat s
    WHERE s.municipality_id = b.municipality_id AND s.body = b.key) seats
WHERE b.municipality_id = $1 AND b.id :those
UNION ALL
SELECT o.id,
       o.visibility = 'public',
       json_build_object(
           'body', oparl_url('bodies', oparl_uuid('body')),
           'name', o.name ->> 'de',
           'organizationType', CASE
               WHEN o.kind = 'administration' THEN 'Verwaltungsbereich'
               WHEN o.kind = 'council_group' THEN 'Fraktion'
               WHEN o.kind IN ('network', 'other') THEN 'Sonstiges'
               ELSE 'Institution' END,
           'classification', CASE o.kind
               WHEN 'administration' THEN 'Verwaltung'
               WHEN 'council_group' THEN 'Fraktion'
               WHEN 'welfare_association' THEN 'Wohlfahrtsverband'
               WHEN 'association' THEN 'Verein'
               WHEN 'science' THEN 'Wissenschaft'
               WHEN 'business' THEN 'Wirtschaft'
               WHEN 'jobcentre' THEN 'Jobcenter'
               WHEN 'employment_agency' THEN 'Agentur für Arbeit'
               WHEN 'religious_community' THEN 'Religionsgemeinschaft'
               WHEN 'municipal_enterprise' THEN 'Kommunales Unternehmen'
               WHEN 'network' THEN 'Netzwerk'
               WHEN 'funder' THEN 'Zuwendungsgeber'
               ELSE 'Sonstiges' END,
           'subOrganizationOf', CASE WHEN above.visibility = 'public'
               THEN oparl_url('organizations', above.id) END,
           'website', o.website),
       NULL,
       NULL,
       NULL,
       '{}',
       NULL,
       ARRAY[o.id, above.id]
FROM organisation o
LEFT JOIN organisation above ON above.municipality_id = o.municipality_id AND above.key = o.parent
WHERE o.municipality_id = $1 AND o.id :those
