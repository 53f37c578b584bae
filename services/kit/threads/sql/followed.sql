-- Those of the asked nodes that lead on. That a resolution ends another, or that a report tells of
-- something, carries nothing out.
SELECT a.type, a.key
FROM unnest(cast(:types AS text[]), cast(:keys AS text[])) AS a (type, key)
WHERE EXISTS (
    SELECT FROM thread_link AS l
    WHERE l.municipality_id = :municipality AND l.from_type = a.type AND l.from_key = a.key
      AND NOT (l.from_type = 'resolution' AND l.to_type = 'resolution')
      AND l.to_type <> 'chapter')
