-- The files of `subject`: of each role the newest that everybody may have, and the others of these.
SELECT array_agg(f.id) AS all_of_them,
       (array_agg(f.part) FILTER (WHERE f.role = 'main' AND f.newest))[1] AS main,
       (array_agg(f.part) FILTER (WHERE f.role = 'invitation' AND f.newest))[1] AS invitation,
       (array_agg(f.part) FILTER (WHERE f.role = 'results_protocol' AND f.newest))[1] AS results,
       (array_agg(f.part) FILTER (WHERE f.role = 'verbatim_protocol' AND f.newest))[1] AS verbatim,
       (array_agg(f.part) FILTER (WHERE f.role = 'resolution' AND f.newest))[1] AS resolution,
       (array_agg(f.part) FILTER (WHERE f.role = 'image' AND f.newest))[1] AS image,
       json_agg(f.part ORDER BY f.created_at, f.id) FILTER (
           WHERE f.part IS NOT NULL AND NOT (f.newest AND f.role = ANY(subject.roles))) AS others
FROM (
    SELECT file.id, coalesce(file.role, '') AS role, file.created_at, shown.part,
           shown.part IS NOT NULL AND file.id = last_value(file.id) OVER (
               PARTITION BY file.role, shown.part IS NOT NULL ORDER BY file.created_at, file.id
               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS newest
    FROM file
    LEFT JOIN LATERAL (
        SELECT oparl_part(o) AS part FROM oparl_object o
        WHERE o.municipality_id = $1 AND o.type = 'File' AND o.id = file.id AND NOT o.deleted
        LIMIT 1) shown ON true
    WHERE file.municipality_id = $1 AND file.subject_kind = subject.kind
      AND file.subject = subject.key) f
