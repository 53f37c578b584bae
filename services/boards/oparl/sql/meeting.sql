-- A public meeting (Sitzung) with what everybody may see of its agenda.
SELECT m.id,
       m.visibility = 'public' AND b.visibility = 'public' AS public,
       json_build_object(
           'name', m.name ->> 'de',
           'meetingState', CASE m.state
               WHEN 'planned' THEN 'terminiert'
               WHEN 'invited' THEN 'eingeladen'
               WHEN 'running' THEN 'eingeladen'
               WHEN 'held' THEN 'durchgeführt' END,
           'cancelled', CASE WHEN m.state = 'cancelled' THEN true END,
           'start', oparl_moment(m.starts_at),
           'end', oparl_moment(m.ends_at),
           'location', CASE WHEN place.id IS NOT NULL THEN oparl_part(place) END,
           'organization', json_build_array(oparl_url('organizations', b.id))) AS content,
       json_build_object('agendaItem', agenda.objects) AS internal,
       NULL::json AS apart,
       NULL::json AS back,
       ARRAY[b.id] AS lists,
       NULL::date AS due,
       ARRAY[m.id, b.id, place.id] || agenda.all_of_them AS sources
FROM meeting m
JOIN body b ON b.municipality_id = m.municipality_id AND b.key = m.body
LEFT JOIN oparl_object place ON place.municipality_id = m.municipality_id
    AND place.type = 'Location' AND place.id = oparl_uuid(m.location ->> 'de') AND NOT place.deleted
CROSS JOIN LATERAL (
    SELECT array_agg(i.id) AS all_of_them,
           json_agg(oparl_part(o) ORDER BY i.position) FILTER (WHERE NOT o.deleted) AS objects
    FROM agenda_item i
    LEFT JOIN oparl_object o ON o.municipality_id = i.municipality_id AND o.type = 'AgendaItem'
        AND o.id = i.id
    WHERE i.municipality_id = m.municipality_id AND i.meeting = m.key) agenda
WHERE m.municipality_id = $1 AND m.id :those
