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
           'result', i.result ->> 'de') AS content,
       NULL::json AS internal,
       NULL::json AS apart,
       json_build_object('meeting', oparl_url('meetings', m.id)) AS back,
       '{}'::uuid[] AS lists,
       NULL::date AS due,
       ARRAY[i.id, m.id, b.id] AS sources
FROM agenda_item i
JOIN meeting m ON m.municipality_id = i.municipality_id AND m.key = i.meeting
JOIN body b ON b.municipality_id = m.municipality_id AND b.key = m.body
WHERE i.municipality_id = $1 AND i.id :those
