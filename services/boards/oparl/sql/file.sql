-- A file (Datei) that everybody may have: itself, and what it belongs to.
SELECT f.id,
       f.visibility = 'public' AND f.withdrawn_at IS NULL AND CASE
           WHEN f.subject_kind IS NULL THEN true
           WHEN f.subject_kind = 'person' THEN p.visibility = 'public' AND p.erased_at IS NULL
               AND 'photo' = ANY(c.agreed)
           ELSE 'public' = ALL(array_remove(ARRAY[
                    i.visibility, m.visibility, b.visibility, paper.visibility,
                    publication.visibility, task.visibility, resolution.visibility], NULL))
               AND coalesce(i.id, m.id, b.id, paper.id, publication.id) IS NOT NULL
               AND publication.withdrawn_at IS NULL
       END AS public,
       json_build_object(
           'name', f.name,
           'fileName', f.file_name,
           'mimeType', f.mime_type,
           'date', f.dated_on,
           'size', f.size,
           'sha512Checksum', f.sha512,
           'accessUrl', chr(2) || '/files/' || f.id || '/content',
           'downloadUrl', chr(2) || '/files/' || f.id || '/download') AS content,
       NULL::json AS internal,
       json_build_object('text', nullif(content.text, '')) AS apart,
       json_build_object(
           'meeting', CASE WHEN f.subject_kind = 'meeting'
               THEN json_build_array(oparl_url('meetings', m.id)) END,
           'agendaItem', CASE WHEN f.subject_kind = 'agenda_item'
               THEN json_build_array(oparl_url('agenda-items', i.id)) END,
           'person', CASE WHEN p.id IS NOT NULL THEN oparl_url('persons', p.id) END,
           'paper', CASE WHEN paper.id IS NOT NULL
               THEN json_build_array(oparl_url('papers', paper.id)) END) AS back,
       '{}'::uuid[] AS lists,
       c.due,
       ARRAY[f.id, i.id, m.id, b.id, p.id, paper.id, publication.id, task.id, resolution.id]
           AS sources
FROM file f
LEFT JOIN file_content content ON content.municipality_id = f.municipality_id
    AND content.sha512 = f.sha512
LEFT JOIN implementation task ON task.municipality_id = f.municipality_id
    AND f.subject_kind = 'implementation' AND task.key = f.subject
LEFT JOIN resolution ON resolution.municipality_id = f.municipality_id
    AND resolution.key = task.resolution
LEFT JOIN agenda_item i ON i.municipality_id = f.municipality_id
    AND i.key = CASE f.subject_kind WHEN 'agenda_item' THEN f.subject
                     ELSE resolution.agenda_item END
LEFT JOIN meeting m ON m.municipality_id = f.municipality_id
    AND m.key = CASE f.subject_kind WHEN 'meeting' THEN f.subject ELSE i.meeting END
LEFT JOIN body b ON b.municipality_id = f.municipality_id
    AND b.key = CASE f.subject_kind WHEN 'body' THEN f.subject ELSE m.body END
LEFT JOIN paper ON paper.municipality_id = f.municipality_id
    AND f.subject_kind = 'paper' AND paper.key = f.subject
LEFT JOIN publication ON publication.municipality_id = f.municipality_id
    AND f.subject_kind = 'publication' AND publication.key = f.subject
LEFT JOIN person p ON p.municipality_id = f.municipality_id
    AND f.subject_kind = 'person' AND p.key = f.subject
CROSS JOIN LATERAL (:consents) c
WHERE f.municipality_id = $1 AND f.id :those
