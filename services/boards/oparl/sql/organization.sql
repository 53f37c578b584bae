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
           'memberCount', ($6::jsonb #>> ARRAY['sizes', b.id::text, '0'])::integer,
           'votingMemberCount', ($6::jsonb #>> ARRAY['sizes', b.id::text, '1'])::integer,
           'keyword', (SELECT json_agg(s ->> 'de') FROM jsonb_array_elements(b.subjects) s)
       ) AS content,
       NULL::json AS internal,
       NULL::json AS apart,
       NULL::json AS back,
       '{}'::uuid[] AS lists,
       least(held.due, seats.due) AS due,
       ARRAY[b.id, above.id] || held.all_of_them || seats.all_of_them || senders.all_of_them
           AS sources
FROM body b
LEFT JOIN body above ON above.municipality_id = b.municipality_id AND above.key = b.parent
CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Berlin')::date AS day) today
CROSS JOIN LATERAL (
    SELECT array_agg(m.id) AS all_of_them,
           json_agg(oparl_url('memberships', m.id) ORDER BY m.id) FILTER (WHERE shown.there)
               AS urls,
           least(min(m.starts_on) FILTER (WHERE m.starts_on > today.day),
                 min(m.ends_on + 1) FILTER (WHERE m.ends_on >= today.day)) AS due
    FROM membership m
    LEFT JOIN LATERAL (
        SELECT true AS there FROM oparl_object o
        WHERE o.municipality_id = $1 AND o.type = 'Membership' AND o.id = m.id AND NOT o.deleted
        LIMIT 1) shown ON true
    WHERE m.municipality_id = b.municipality_id AND m.body = b.key) held
CROSS JOIN LATERAL (
    SELECT array_agg(s.id) AS all_of_them,
           json_agg(s.name ->> 'de' ORDER BY s.chair DESC, s.key)
               FILTER (WHERE s.visibility = 'public') AS posts,
           least(min(s.starts_on) FILTER (WHERE s.starts_on > today.day),
                 min(s.ends_on + 1) FILTER (WHERE s.ends_on >= today.day)) AS due
    FROM seat s
    WHERE s.municipality_id = b.municipality_id AND s.body = b.key) seats
CROSS JOIN LATERAL (
    -- A seat for each organisation of a kind: how many there are depends on how many of these.
    SELECT array_agg(o.id) AS all_of_them
    FROM seat s JOIN organisation o ON o.municipality_id = $1
        AND o.kind = s.rule ->> 'organisation_kind'
    WHERE s.municipality_id = $1 AND s.body = b.key) senders
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
           'startDate', o.starts_on,
           'endDate', o.ends_on,
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
