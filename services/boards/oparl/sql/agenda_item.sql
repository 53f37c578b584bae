-- An item of the open part of a meeting (Tagesordnungspunkt); counted among these alone.
SELECT i.id,
       'public' = ALL(ARRAY[i.visibility, m.visibility, b.visibility]) AS public,
       json_build_object(
           'number', i.number,
           'order', (SELECT count(*) FROM agenda_item before
                     WHERE before.municipality_id = i.municipality_id AND before.meeting = i.meeting
                       AND before.visibility = 'public' AND before.position < i.position),
           'name', i.title ->> 'de',
           'public', true,
           'consultation', CASE WHEN c.id IS NOT NULL THEN oparl_url('consultations', c.id) END,
           'result', coalesce(CASE
               WHEN i.withdrawn THEN 'abgesetzt'
               WHEN votes.outcome = 'adopted' THEN 'angenommen'
               WHEN votes.outcome = 'rejected' THEN 'abgelehnt'
               WHEN votes.outcome = 'not_quorate' THEN 'nicht beschlussfähig'
               WHEN votes.outcome = 'void' THEN 'nichtig' END, i.result ->> 'de'),
           'resolutionText', decided.resolution,
           'resolutionFile', files.resolution,
           'Planraum:recommendation', decided.recommendation,
           'Planraum:recommendationOf', decided.answers,
           'Planraum:endedBy', decided.ended_by,
           'Planraum:ends', decided.ends,
           'Planraum:basedOnIndicator', decided.figures,
           'Planraum:implementationState', decided.carried_out,
           'Planraum:votes', votes.objects,
           'Planraum:quorumReached', votes.quorate) AS content,
       json_build_object('auxiliaryFile', files.others) AS internal,
       NULL::json AS apart,
       json_build_object('meeting', oparl_url('meetings', m.id)) AS back,
       '{}'::uuid[] AS lists,
       NULL::date AS due,
       ARRAY[i.id, m.id, b.id] || way.all_of_them || files.all_of_them || votes.all_of_them
           || decided.all_of_them AS sources
FROM agenda_item i
JOIN meeting m ON m.municipality_id = i.municipality_id AND m.key = i.meeting
JOIN body b ON b.municipality_id = m.municipality_id AND b.key = m.body
CROSS JOIN LATERAL (
    SELECT array_agg(c.id) AS all_of_them FROM consultation c
    WHERE c.municipality_id = $1 AND c.agenda_item = i.key) way
LEFT JOIN LATERAL (
    SELECT o.id FROM oparl_object o
    WHERE o.municipality_id = $1 AND o.type = 'Consultation' AND o.id = way.all_of_them[1]
      AND NOT o.deleted
    LIMIT 1) c ON true
CROSS JOIN LATERAL (SELECT 'agenda_item' AS kind, i.key, ARRAY['resolution'] AS roles) subject
CROSS JOIN LATERAL (:files) files
CROSS JOIN LATERAL (SELECT i.meeting, i.key AS item) held
CROSS JOIN LATERAL (:votes) votes
CROSS JOIN LATERAL (:decisions) decided
WHERE i.municipality_id = $1 AND i.id :those
