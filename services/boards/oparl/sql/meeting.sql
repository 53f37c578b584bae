-- A public meeting (Sitzung) with what everybody may see of its agenda.
SELECT m.id,
       m.visibility = 'public' AND b.visibility = 'public' AS public,
       json_build_object(
           'name', m.name ->> 'de',
           'meetingState', CASE m.state
               WHEN 'planned' THEN 'terminiert'
               WHEN 'invited' THEN 'eingeladen'
               WHEN 'running' THEN 'eingeladen'
               -- The standard recommends to wait for the minutes, but how far these have come is
               -- nobody's business before they are approved.
               WHEN 'held' THEN 'durchgeführt' END,
           'cancelled', CASE WHEN m.state IN ('cancelled', 'postponed') THEN true END,
           'start', oparl_moment(m.starts_at),
           'end', oparl_moment(m.ends_at),
           'location', place.part,
           'organization', json_build_array(oparl_url('organizations', b.id)),
           'participant', there.urls,
           'invitation', files.invitation,
           'resultsProtocol', files.results,
           'verbatimProtocol', files.verbatim,
           'Planraum:votes', votes.objects) AS content,
       json_build_object('auxiliaryFile', files.others, 'agendaItem', agenda.objects) AS internal,
       NULL::json AS apart,
       NULL::json AS back,
       ARRAY[b.id] AS lists,
       NULL::date AS due,
       ARRAY[m.id, b.id, oparl_uuid(m.location ->> 'de')] || agenda.all_of_them || files.all_of_them
           || votes.all_of_them || there.all_of_them AS sources
FROM meeting m
JOIN body b ON b.municipality_id = m.municipality_id AND b.key = m.body
LEFT JOIN LATERAL (
    SELECT oparl_part(o) AS part FROM oparl_object o
    WHERE o.municipality_id = $1 AND o.type = 'Location' AND NOT o.deleted
      AND o.id = oparl_uuid(m.location ->> 'de')
    LIMIT 1) place ON true
CROSS JOIN LATERAL (
    SELECT array_agg(i.id) AS all_of_them,
           json_agg(shown.part ORDER BY i.position) FILTER (WHERE shown.part IS NOT NULL)
               AS objects
    FROM agenda_item i
    LEFT JOIN LATERAL (
        SELECT oparl_part(o) AS part FROM oparl_object o
        WHERE o.municipality_id = $1 AND o.type = 'AgendaItem' AND o.id = i.id AND NOT o.deleted
        LIMIT 1) shown ON true
    WHERE i.municipality_id = m.municipality_id AND i.meeting = m.key) agenda
CROSS JOIN LATERAL (
    SELECT array_agg(a.id) || array_agg(held.id) || array_agg(p.id) AS all_of_them,
           json_agg(DISTINCT oparl_url('persons', p.id)) FILTER (
               WHERE a.present AND p.erased_at IS NULL AND 'public' = ALL(ARRAY[
                   a.visibility, held.visibility, p.visibility])) AS urls
    FROM attendance a
    JOIN membership held ON held.municipality_id = $1 AND held.key = a.membership
    JOIN person p ON p.municipality_id = $1 AND p.key = held.person
    WHERE a.municipality_id = $1 AND a.meeting = m.key) there
CROSS JOIN LATERAL (
    SELECT 'meeting' AS kind, m.key,
           ARRAY['invitation', 'results_protocol', 'verbatim_protocol'] AS roles) subject
CROSS JOIN LATERAL (:files) files
CROSS JOIN LATERAL (SELECT m.key AS meeting, NULL AS item) held
CROSS JOIN LATERAL (:votes) votes
WHERE m.municipality_id = $1 AND m.id :those
