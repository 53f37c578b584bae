-- A consultation (Beratung) of a paper, in a body and at an item that everybody may see.
SELECT c.id,
       c.state <> 'cancelled' AND 'public' = ALL(array_remove(ARRAY[
           c.visibility, paper.visibility, b.visibility, m.visibility, mb.visibility, i.visibility],
           NULL)) AS public,
       json_build_object(
           'organization', (
               SELECT json_agg(oparl_url('organizations', one.id) ORDER BY one.place)
               FROM (SELECT b.id, 0 AS place
                     UNION ALL
                     SELECT other.id, joint.place
                     FROM jsonb_array_elements_text(c.joint_with) WITH ORDINALITY joint (key, place)
                     JOIN body other ON other.municipality_id = $1 AND other.key = joint.key
                     WHERE other.visibility = 'public') one),
           'authoritative', c.role = 'decides',
           'role', coalesce(c.role_label, CASE c.role
               WHEN 'hears' THEN 'Anhörung'
               WHEN 'notes' THEN 'Kenntnisnahme'
               WHEN 'advises' THEN 'Vorberatung'
               WHEN 'decides' THEN 'Entscheidung' END)) AS content,
       NULL::json AS internal,
       json_build_object(
           'agendaItem', CASE WHEN i.id IS NOT NULL THEN oparl_url('agenda-items', i.id) END,
           'meeting', CASE WHEN m.id IS NOT NULL THEN oparl_url('meetings', m.id) END) AS apart,
       json_build_object('paper', oparl_url('papers', paper.id)) AS back,
       b.id || ARRAY(
           SELECT other.id FROM body other
           WHERE other.municipality_id = $1 AND other.visibility = 'public'
             AND other.key IN (SELECT jsonb_array_elements_text(c.joint_with))
           ORDER BY other.id) AS lists,
       NULL::date AS due,
       ARRAY[c.id, paper.id, b.id, m.id, mb.id, i.id] || ARRAY(
           SELECT other.id FROM body other
           WHERE other.municipality_id = $1
             AND other.key IN (SELECT jsonb_array_elements_text(c.joint_with))) AS sources
FROM consultation c
JOIN paper ON paper.municipality_id = c.municipality_id AND paper.key = c.paper
JOIN body b ON b.municipality_id = c.municipality_id AND b.key = c.body
LEFT JOIN meeting m ON m.municipality_id = c.municipality_id AND m.key = c.meeting
LEFT JOIN body mb ON mb.municipality_id = c.municipality_id AND mb.key = m.body
LEFT JOIN agenda_item i ON i.municipality_id = c.municipality_id AND i.key = c.agenda_item
WHERE c.municipality_id = $1 AND c.id :those
