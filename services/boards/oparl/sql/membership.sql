-- A membership (Mitgliedschaft) of somebody whom everybody may see, in a body that they may see.
SELECT m.id,
       'public' = ALL(ARRAY[m.visibility, p.visibility, b.visibility]) AND p.erased_at IS NULL
           AS public,
       json_build_object(
           'organization', oparl_url('organizations', b.id),
           'role', CASE m.role
               WHEN 'chair' THEN 'Vorsitz'
               WHEN 'deputy_chair' THEN 'Stellvertretender Vorsitz'
               WHEN 'member' THEN 'Mitglied'
               WHEN 'substitute' THEN 'Stellvertretung'
               WHEN 'guest' THEN 'Gast'
               WHEN 'clerk' THEN 'Schriftführung' END,
           'votingRight', m.voting,
           'startDate', m.starts_on,
           'endDate', m.ends_on,
           'onBehalfOf', CASE WHEN o.visibility = 'public' THEN oparl_url('organizations', o.id) END,
           'Planraum:substituteFor', CASE WHEN shown.other
               THEN oparl_url('memberships', other.id) END,
           'Planraum:rank', m.rank,
           'Planraum:seat', CASE WHEN s.visibility = 'public' AND m.seat IS NOT NULL
               THEN s.name ->> 'de' END) AS content,
       NULL::json AS internal,
       NULL::json AS apart,
       json_build_object('person', oparl_url('persons', p.id)) AS back,
       '{}'::uuid[] AS lists,
       NULL::date AS due,
       ARRAY[m.id, p.id, b.id, o.id, s.id, other.id, op.id] AS sources
FROM membership m
JOIN person p ON p.municipality_id = m.municipality_id AND p.key = m.person
JOIN body b ON b.municipality_id = m.municipality_id AND b.key = m.body
LEFT JOIN membership other ON other.municipality_id = m.municipality_id
    AND other.key = m.substitute_for
LEFT JOIN person op ON op.municipality_id = m.municipality_id AND op.key = other.person
LEFT JOIN seat s ON s.municipality_id = m.municipality_id AND s.key = coalesce(m.seat, other.seat)
CROSS JOIN LATERAL (
    SELECT 'public' = ALL(ARRAY[other.visibility, op.visibility]) AND op.erased_at IS NULL
        AS other) shown
-- Who sends is what was said, else what follows from the member for whom one steps in, else from
-- the seat: as far as everybody may see where it follows from.
LEFT JOIN organisation o ON o.municipality_id = m.municipality_id AND o.key = CASE
    WHEN m.on_behalf_of IS NOT NULL THEN m.on_behalf_of
    WHEN other.on_behalf_of IS NOT NULL THEN CASE WHEN shown.other THEN other.on_behalf_of END
    WHEN s.visibility = 'public' AND (m.seat IS NOT NULL OR shown.other)
        THEN s.rule ->> 'organisation' END
WHERE m.municipality_id = $1 AND m.id :those
